#include "multi/timer.hpp"

namespace tripwire::plugins::curl {

CURLMcode Timer::set_function(curl_multi_timer_callback function) {
  CURLMcode code = curl_multi_setopt(handle_, CURLMOPT_TIMERFUNCTION, function == nullptr ? nullptr : &on_timer);
  if (code == CURLM_OK)
    code = curl_multi_setopt(handle_, CURLMOPT_TIMERDATA, this);
  if (code == CURLM_OK)
    function_ = function;
  return code;
}

int Timer::on_timer(CURLM *handle, long milliseconds, void *self) {
  auto &timer = *static_cast<Timer *>(self);
  if (timer.is_held_ || timer.is_set_by_us_) {
    timer.is_behind_ = true;
    return 0;
  }
  timer.is_behind_ = false;
  return timer.function_(handle, milliseconds, timer.argument_);
}

void Timer::tell(bool some_wait) {
  is_held_ = false;
  if (function_ == nullptr)
    return;
  if (some_wait) {
    is_behind_ = true;
    if (!is_set_by_us_) {
      is_set_by_us_ = true;
      function_(handle_, 0, argument_);
    }
    return;
  }
  is_set_by_us_ = false;
  if (!is_behind_)
    return;
  is_behind_ = false;
  long milliseconds = -1;
  curl_multi_timeout(handle_, &milliseconds);
  function_(handle_, milliseconds, argument_);
}

} // namespace tripwire::plugins::curl
