// what a mocked transfer did --(Info)--> what curl_easy_getinfo, curl_easy_header and curl_easy_nextheader answer
#ifndef TRIPWIRE_PLUGINS_HTTP_INFO_HPP
#define TRIPWIRE_PLUGINS_HTTP_INFO_HPP

#include <curl/curl.h>

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::plugins::curl {

/// One header that a mocked answer delivered.
struct StoredHeader {
  std::string name;
  std::string value;
  int request = 0;         ///< which request of the transfer: redirects count
  unsigned int origin = 0; ///< CURLH_HEADER and its kin
};

/// The facts of the last mocked transfer of a handle. Strings stay valid until the next transfer, reset or cleanup, as
/// libcurl promises. Times are in microseconds since the start of the transfer.
struct Info {
  std::string effective_url;
  std::string effective_method;
  std::optional<std::string> content_type;
  std::optional<std::string> redirect_url;
  std::optional<std::string> referer;
  std::string primary_ip;
  std::string local_ip;
  std::string scheme; ///< upper case, as libcurl before version 8.1 prints it
  long response_code = 0;
  long http_version = CURL_HTTP_VERSION_NONE;
  long header_size = 0;
  long request_size = 0;
  long redirect_count = 0;
  long num_connects = 0;
  long primary_port = 0;
  long local_port = 0;
  long protocol = 0;
  long condition_unmet = 0;
  unsigned long http_auth_avail = 0;
  curl_off_t file_time = -1;
  curl_off_t uploaded = 0;
  curl_off_t downloaded = 0;
  curl_off_t download_length = -1; ///< what Content-Length announced; -1 when nothing did
  curl_off_t upload_length = -1;
  curl_off_t retry_after = 0;
  curl_off_t name_lookup_time = 0;
  curl_off_t connect_time = 0;
  curl_off_t app_connect_time = 0;
  curl_off_t pre_transfer_time = 0;
  curl_off_t start_transfer_time = 0;
  curl_off_t redirect_time = 0;
  curl_off_t total_time = 0;

  int requests = 0; ///< how many requests followed the first one
  std::vector<StoredHeader> headers;
  curl_certinfo certificates = {};

  /// What curl_easy_header and curl_easy_nextheader hand out; as stable as the headers themselves.
  struct HeaderView {
    curl_header view = {};
    std::size_t index = 0;
  };
  std::deque<HeaderView> views;
};

/// Answers \p info into \p place, which has the type that CURLINFO_TYPEMASK says. False when the real handle knows
/// better: then nothing is written.
bool answer(const Info &facts, CURLINFO info, void *place);

/// curl_easy_header over the stored headers.
CURLHcode header(Info &facts, const char *name, std::size_t index, unsigned int origins, int request,
                 curl_header **result);

/// curl_easy_nextheader over the stored headers.
curl_header *next_header(Info &facts, unsigned int origins, int request, const curl_header *previous);

} // namespace tripwire::plugins::curl

#endif
