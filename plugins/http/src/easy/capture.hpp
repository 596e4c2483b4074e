// a real transfer --(Capture)--> what went out and what came back, while the user's callbacks get everything as ever
#ifndef TRIPWIRE_PLUGINS_HTTP_CAPTURE_HPP
#define TRIPWIRE_PLUGINS_HTTP_CAPTURE_HPP

#include "callbacks.hpp"
#include "handles.hpp"
#include "headers.hpp"

#include <string>

namespace tripwire::plugins::curl {

/// Stands between the real handle and the user's callbacks for the time of one transfer. Puts the handle back as it was
/// when it is destroyed.
class Capture {
public:
  Capture(CURL *handle, Easy &easy);
  Capture(const Capture &) = delete;
  Capture &operator=(const Capture &) = delete;
  ~Capture();

  /// Whether the option steers one of the callbacks that a capture stands in for: while one is at work, setting it only
  /// changes what the user's callbacks are.
  static bool owns(CURLoption option);

  /// Sets the callbacks that a capture stands in for as \p options have them.
  static void give_back(CURL *handle, const Options &options);

  HeaderList request_headers() const;
  std::string request_body() const;
  HeaderList response_headers() const;
  std::string response_body() const;

private:
  static std::size_t on_body(char *bytes, std::size_t size, std::size_t count, void *self);
  static std::size_t on_header(char *bytes, std::size_t size, std::size_t count, void *self);
  static int on_debug(CURL *handle, curl_infotype kind, char *bytes, std::size_t size, void *self);
  void show_debug(CURL *handle, curl_infotype kind, char *bytes, std::size_t size) const;
  std::string boundary() const;

  CURL *handle_;
  Easy &easy_;
  std::string request_head_;  ///< of the first request
  std::string sent_;          ///< behind it, as it went over the wire
  std::string response_head_; ///< of the last response
  std::string received_;
  std::size_t header_bytes_ = 0; ///< of all responses
  int requests_ = 0;
};

} // namespace tripwire::plugins::curl

#endif
