// curl_mime_* calls, or a curl_httppost chain --(MimeParts)--> the multipart body as libcurl serialises it
//
// libcurl shows nobody what a curl_mime holds, so its parts are kept beside it, from the same calls. The real calls are
// made too: libcurl owns the handles, judges the arguments and calls the users' free callbacks.
#ifndef TRIPWIRE_PLUGINS_HTTP_MIME_HPP
#define TRIPWIRE_PLUGINS_HTTP_MIME_HPP

#include "headers.hpp"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tripwire::plugins::curl {

struct Multipart;

/// Data that the part holds itself.
struct MimeData {
  std::string bytes;
};
/// A file, read when the request is sent.
struct MimeFile {
  std::string path;
};
/// Data that a callback of the user's delivers when the request is sent.
struct MimeCallback {
  curl_off_t size = -1;
  curl_read_callback read = nullptr;
  curl_seek_callback seek = nullptr;
  void *argument = nullptr;
  mutable bool was_read = false; ///< rewind() has to go back
};

struct MimePart {
  using Content = std::variant<std::monostate, MimeData, MimeFile, MimeCallback, std::shared_ptr<Multipart>>;
  Content content;
  std::optional<std::string> name;
  std::optional<std::string> file_name;
  std::optional<std::string> type;
  std::string encoder;                 ///< empty for none
  const curl_slist *headers = nullptr; ///< the user's list, read when the request is sent
  bool owns_headers = false;           ///< the list is libcurl's now
};

struct Multipart {
  std::vector<std::shared_ptr<MimePart>> parts;
};

/// What stands for the random boundary: as long as libcurl's own, and always the same.
inline constexpr const char *normalised_boundary = "------------------------0000000000000000";

/// What serialising needs to know beside the parts.
struct MimeContext {
  std::vector<std::string> request_headers; ///< CURLOPT_HTTPHEADER
  bool escape_as_mail = false;              ///< CURLMIMEOPT_FORMESCAPE
  std::size_t buffer_size = 64 * 1024;      ///< how much libcurl reads at once
};

/// A form, ready to be sent.
struct SerialisedMime {
  std::string body;
  curl_off_t size = 0;            ///< what Content-Length would say; -1 when libcurl could not know it in advance
  std::vector<std::size_t> fills; ///< sizes of the pieces in which libcurl would have read the body
  HeaderList headers;             ///< the request's own: Content-Type with the boundary
  CURLcode code = CURLE_OK;       ///< why reading the parts failed: a callback aborted, a file cannot be read
  std::string error;              ///< libcurl's words for it
  std::string not_honoured;       ///< empty, or what the client asked for in vain
};

/// The size and the headers of the request, before anything is read.
SerialisedMime plan(const Multipart &form, const MimeContext &context);

/// Goes back to the beginning of every part that was read. False where a callback cannot.
bool rewind(const Multipart &form);

/// Reads every part, through the users' callbacks too, and writes the body.
SerialisedMime serialise(const Multipart &form, const MimeContext &context);

/// A legacy form (CURLOPT_HTTPPOST) as parts. \p read is the handle's read callback, for parts made with
/// CURLFORM_STREAM.
std::shared_ptr<Multipart> from_form(const curl_httppost *form, curl_read_callback read);

/// A copy that shares nothing but the users' callbacks: what curl_easy_duphandle makes.
std::shared_ptr<Multipart> copy_of(const Multipart &form);

} // namespace tripwire::plugins::curl

#endif
