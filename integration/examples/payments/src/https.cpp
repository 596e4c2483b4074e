#include "https.hpp"

#include <curl/curl.h>

#include <memory>
#include <new>

namespace payments {
namespace {

struct HandleCloser {
  void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};
struct ListCloser {
  void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};

std::size_t append(char *data, std::size_t size, std::size_t count, void *body) {
  static_cast<std::string *>(body)->append(data, size * count);
  return size * count;
}

} // namespace

Answer post(const std::string &url, const std::vector<std::string> &headers, const std::string &body,
            std::chrono::milliseconds timeout) {
  const std::unique_ptr<CURL, HandleCloser> handle(curl_easy_init());
  if (!handle) {
    throw std::bad_alloc();
  }
  std::unique_ptr<curl_slist, ListCloser> list;
  for (const std::string &header : headers) {
    curl_slist *longer = curl_slist_append(list.get(), header.c_str());
    if (longer == nullptr) {
      throw std::bad_alloc();
    }
    static_cast<void>(list.release());
    list.reset(longer);
  }

  Answer answer;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &answer.body);

  const CURLcode result = curl_easy_perform(handle.get());
  if (result == CURLE_OPERATION_TIMEDOUT) {
    throw TimedOut(curl_easy_strerror(result));
  }
  if (result != CURLE_OK) {
    throw NoAnswer(curl_easy_strerror(result));
  }
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

} // namespace payments
