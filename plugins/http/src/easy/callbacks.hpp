// bytes and progress --(Callbacks)--> the user's own callbacks, as libcurl calls them
#ifndef TRIPWIRE_PLUGINS_HTTP_CALLBACKS_HPP
#define TRIPWIRE_PLUGINS_HTTP_CALLBACKS_HPP

#include "options.hpp"

#include <cstdio>
#include <string>
#include <string_view>

namespace tripwire::plugins::curl {

/// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
using WriteFunction = std::size_t (*)(char *, std::size_t, std::size_t, void *);
/// What libcurl writes with where no function is given: \p stream is a FILE.
std::size_t write_file(char *bytes, std::size_t size, std::size_t count, void *stream);

/// How one step of a transfer ended. A step that a mock cannot play as libcurl would says so in `not_honoured`.
struct Step {
  CURLcode code = CURLE_OK;
  std::string error;        ///< for CURLOPT_ERRORBUFFER
  std::string not_honoured; ///< empty, or what the client asked for in vain

  bool ok() const { return code == CURLE_OK; }
};

/// The callbacks of one handle. Each is called exactly where libcurl's lib/sendf.c, lib/transfer.c and lib/progress.c
/// call it; without a callback the default takes its place (a FILE stream).
class Callbacks {
public:
  Callbacks(CURL *handle, const Options &options) : handle_(handle), options_(options) {}

  /// One header line with its line end: into the body stream too when CURLOPT_HEADER asks for it.
  Step header(const std::string &line) const;

  /// A part of the body, in pieces of at most \p piece_size() bytes.
  Step body(std::string_view bytes) const;

  /// The largest piece a write callback gets.
  std::size_t piece_size() const;

  /// Progress in bytes. An abort ends the transfer.
  Step progress(curl_off_t download_total, curl_off_t download_now, curl_off_t upload_total,
                curl_off_t upload_now) const;

  /// Reads up to \p size bytes of the request's body into \p buffer; \p count is how many came, zero at the end.
  Step read(char *buffer, std::size_t size, std::size_t &count) const;

  /// Goes back to the start of the request's body.
  Step rewind() const;

  /// Leaves out the first \p count bytes of the request's body, to resume an upload.
  Step skip(curl_off_t count) const;

  /// What CURLOPT_VERBOSE shows.
  void debug(curl_infotype kind, std::string_view bytes) const;

  curl_read_callback reader() const;

private:
  Step write(std::string_view bytes, std::size_t piece_size) const;

  CURL *handle_;
  const Options &options_;
};

} // namespace tripwire::plugins::curl

#endif
