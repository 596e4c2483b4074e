// what a mock answers, and who is asked for it
#ifndef TRIPWIRE_PLUGINS_HTTP_ANSWER_HPP
#define TRIPWIRE_PLUGINS_HTTP_ANSWER_HPP

#include "headers.hpp"
#include "request.hpp"
#include "url.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace tripwire::plugins::curl {

/// One response, or the error that comes instead of one.
struct Answer {
  CURLcode error = CURLE_OK;
  std::string error_text; ///< for CURLOPT_ERRORBUFFER; libcurl's own words when empty
  long status = 200;
  HeaderList headers;
  std::string body;
  bool adds_length = true; ///< Content-Length is sent, unless the headers say how the body ends
  std::chrono::microseconds delay{
      0};                 ///< how long the far end takes; counts against the handle's time-outs, costs no time
  std::string primary_ip; ///< empty: made up from the host
};

/// Whom a transfer asks, once per request: redirects make several.
class Answers {
public:
  virtual ~Answers() = default;

  /// The answer to a request whose body has not been read yet. Absent: nobody answers it, and the transfer ends there.
  /// May throw a violation.
  virtual std::optional<Answer> find(const RequestHead &head, const Url &url) = 0;

  /// Told once for each request that find() answered, when its body is known and before the far end is heard.
  virtual void sent(const RequestHead &head, const std::string &body) = 0;

  /// Told once for each request that was sent, unless the transfer is given up before: what the far end answers,
  /// before anything of it is delivered. \p error is set when there is no response.
  virtual void heard(const Answer &answer, CURLcode error) = 0;
};

/// Whether the error happens before a byte of the request is sent.
bool is_before_sending(CURLcode code);

/// `CURLE_COULDNT_CONNECT`; a cast from the number for a code this libcurl's header does not know.
std::string code_name(CURLcode code);

/// `OK` for 200; empty for what has no name.
const char *reason_phrase(long status);

} // namespace tripwire::plugins::curl

#endif
