// curl_* calls of a client --(followed)--> the real calls, what is known of the handles, and played transfers
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_FOLLOWED_CURL_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_FOLLOWED_CURL_HPP

#include "easy/handles.hpp"
#include "local_server.hpp"

#include <curl/curl.h>

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace tripwire::plugins::test::followed {

/// One request as a mock saw it.
struct Seen {
  std::string method;
  std::string url;
  curl::HeaderList headers;
  std::string body;
  CURLcode error = CURLE_OK;
};

/// What the played transfers answer, by path, and what they saw.
struct Stage {
  std::function<curl::Answer(const curl::RequestHead &, const curl::Url &)> answer;
  std::vector<Seen> seen;
  std::string not_honoured;
};
Stage &stage();

CURL *init();
CURLcode perform(CURL *handle);
void reset_handle(CURL *handle);
CURL *duphandle(CURL *handle);
void cleanup(CURL *handle);
CURLcode set(CURL *handle, CURLoption option, const curl::OptionArgument &argument);
CURLcode get(CURL *handle, CURLINFO info, void *place);
CURLHcode header(CURL *handle, const char *name, std::size_t index, unsigned int origin, int request,
                 curl_header **out);
curl_header *nextheader(CURL *handle, unsigned int origin, int request, curl_header *previous);
curl_mime *mime_init(CURL *handle);
void mime_free(curl_mime *mime);
curl_mimepart *mime_addpart(curl_mime *mime);
CURLcode mime_name(curl_mimepart *part, const char *name);
CURLcode mime_filename(curl_mimepart *part, const char *name);
CURLcode mime_type(curl_mimepart *part, const char *type);
CURLcode mime_encoder(curl_mimepart *part, const char *encoder);
CURLcode mime_data(curl_mimepart *part, const char *bytes, std::size_t size);
CURLcode mime_filedata(curl_mimepart *part, const char *path);
CURLcode mime_data_cb(curl_mimepart *part, curl_off_t size, curl_read_callback read, curl_seek_callback seek,
                      curl_free_callback free, void *argument);
CURLcode mime_subparts(curl_mimepart *part, curl_mime *mime);
CURLcode mime_headers(curl_mimepart *part, curl_slist *headers, int take);

template <class T> CURLcode setopt(CURL *handle, CURLoption option, T argument) {
  if constexpr (std::is_pointer_v<T>) {
    if constexpr (std::is_function_v<std::remove_pointer_t<T>>)
      return set(handle, option, reinterpret_cast<curl::Function>(argument));
    else
      return set(handle, option, static_cast<const void *>(argument));
  } else {
    return set(handle, option, static_cast<curl_off_t>(argument));
  }
}

template <class T> CURLcode getinfo(CURL *handle, CURLINFO info, T *place) { return get(handle, info, place); }

} // namespace tripwire::plugins::test::followed

#endif
