// URL + headers + body --(post)--> status and body of the answer, or why there is none
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace payments {

struct Answer {
  long status = 0;
  std::string body;
};

/// No answer came: the network, the name, the certificate.
struct NoAnswer : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// No answer came in time. Whether the server did the work is unknown.
struct TimedOut : NoAnswer {
  using NoAnswer::NoAnswer;
};

/// Sends \p body and waits for the answer at most \p timeout. Throws NoAnswer or TimedOut.
Answer post(const std::string &url, const std::vector<std::string> &headers, const std::string &body,
            std::chrono::milliseconds timeout);

} // namespace payments
