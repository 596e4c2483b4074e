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

  /// \p upload_is_endless: the request's body had no length; libcurl trusts its connection with no further request.
  Delivered deliver(const Answer &answer, bool no_body, const Follow &follow, curl_off_t upload_total,
                    bool upload_is_endless);

private:
  Step header_line(const std::string &line);
  Step headers(const Answer &answer, bool no_body);
  Step learn(const std::string &name, const std::string &value, const Answer &answer);
  Step learn_length(const std::string &value);
  void learn_range(const std::string &value);
  Step judge(const Answer &answer, bool no_body);
  Step body(const Answer &answer, curl_off_t upload_total);
  bool follows() const { return result_.location && options_.flag(CURLOPT_FOLLOWLOCATION); }
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
  bool ignores_length_ = false;
  bool upload_is_endless_ = false;
  bool is_get_ = false;
  curl_off_t resume_ = 0;
  bool ignores_body_ = false;
  bool content_range_ = false;
  std::time_t modified_ = 0;
  std::string encoding_; ///< that libcurl would decode
};

} // namespace tripwire::plugins::curl

#endif
