// one answer --(Delivery)--> status line, headers and body in the user's callbacks, and the facts libcurl takes from
// them
#ifndef TRIPWIRE_PLUGINS_HTTP_DELIVERY_HPP
#define TRIPWIRE_PLUGINS_HTTP_DELIVERY_HPP

#include "answer.hpp"
#include "callbacks.hpp"
#include "info.hpp"

#include <functional>
#include <optional>
#include <string>

namespace tripwire::plugins::curl {

/// How a delivery ended.
struct Delivered {
  Step step;
  std::optional<std::string> location; ///< of a redirect
  bool closes = false;                 ///< the connection cannot be used again
};

class Delivery {
public:
  /// \p request counts the requests of the transfer from zero; \p on_cookie gets the value of each Set-Cookie header.
  Delivery(const Options &options, const Callbacks &callbacks, Info &info, int request,
           std::function<void(const std::string &)> on_cookie)
      : options_(options), callbacks_(callbacks), info_(info), request_(request), on_cookie_(std::move(on_cookie)) {}

  Delivered deliver(const Answer &answer, bool no_body, const Follow &follow, curl_off_t upload_total);

private:
  Step header_line(const std::string &line);
  Step headers(const Answer &answer, bool no_body);
  void learn(const std::string &name, const std::string &value, const Answer &answer);
  Step judge(const Answer &answer, const Follow &follow, bool no_body);
  Step body(const Answer &answer, curl_off_t upload_total);
  bool meets_time_condition();

  const Options &options_;
  const Callbacks &callbacks_;
  Info &info_;
  int request_;
  std::function<void(const std::string &)> on_cookie_;
  Delivered result_;
  curl_off_t size_ = -1;
  bool bodyless_ = false;
  bool chunked_ = false;
  bool content_range_ = false;
  bool basic_refused_ = false;
  std::time_t modified_ = 0;
  std::string not_honoured_;
};

} // namespace tripwire::plugins::curl

#endif
