// what libcurl and mocked transfers want --(Timer)--> CURLMOPT_TIMERFUNCTION of the program
#ifndef TRIPWIRE_PLUGINS_HTTP_MULTI_TIMER_HPP
#define TRIPWIRE_PLUGINS_HTTP_MULTI_TIMER_HPP

#include <curl/curl.h>

namespace tripwire::plugins::curl {

/// Stands between one real multi handle and the program's timer callback. While mocked transfers wait, the program is
/// told to call again at once, in place of what libcurl says; then libcurl has the word again.
class Timer {
public:
  explicit Timer(CURLM *handle) : handle_(handle) {}

  /// The program sets CURLMOPT_TIMERFUNCTION or CURLMOPT_TIMERDATA.
  CURLMcode set_function(curl_multi_timer_callback function);
  void set_argument(void *argument) { argument_ = argument; }

  /// libcurl's words are kept back until the next tell().
  void hold() { is_held_ = true; }
  /// \p some_wait: mocked transfers want a call.
  void tell(bool some_wait);
  /// The program's timer went off: it has to be set again.
  void fired() { is_set_by_us_ = false; }

private:
  static int on_timer(CURLM *handle, long milliseconds, void *self);

  CURLM *handle_;
  curl_multi_timer_callback function_ = nullptr;
  void *argument_ = nullptr;
  bool is_held_ = false;
  bool is_behind_ = false;    ///< the program does not know what libcurl said last
  bool is_set_by_us_ = false; ///< the program was told to call at once
};

} // namespace tripwire::plugins::curl

#endif
