#include "client.hpp"

namespace client {

namespace {

std::size_t append(char *bytes, std::size_t size, std::size_t count, void *to) {
  static_cast<std::string *>(to)->append(bytes, size * count);
  return size * count;
}

struct Handle {
  CURL *handle = curl_easy_init();
  char error[CURL_ERROR_SIZE] = "";
  Handle() = default;
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  ~Handle() { curl_easy_cleanup(handle); }
};

} // namespace

Response fetch(const std::string &url, const std::function<void(CURL *)> &more) {
  Response response;
  Handle one;
  CURL *handle = one.handle;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &response.body);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, append);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &response.headers);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, one.error);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  if (more)
    more(handle);
  response.code = curl_easy_perform(handle);
  response.error = one.error;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &response.status);
  const char *effective = nullptr;
  curl_easy_getinfo(handle, CURLINFO_EFFECTIVE_URL, &effective);
  response.effective_url = effective == nullptr ? "" : effective;
  return response;
}

Response post(const std::string &url, const std::string &body, const std::vector<std::string> &headers) {
  curl_slist *list = nullptr;
  for (const std::string &header : headers)
    list = curl_slist_append(list, header.c_str());
  Response response = fetch(url, [&](CURL *handle) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.c_str());
    if (list != nullptr)
      curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
  });
  curl_slist_free_all(list);
  return response;
}

Response send_form(const std::string &url, const std::string &text, const std::string &file) {
  curl_mime *form = nullptr;
  Response response = fetch(url, [&](CURL *handle) {
    form = curl_mime_init(handle);
    curl_mimepart *part = curl_mime_addpart(form);
    curl_mime_name(part, "text");
    curl_mime_data(part, text.data(), text.size());
    part = curl_mime_addpart(form);
    curl_mime_name(part, "file");
    curl_mime_data(part, file.data(), file.size());
    curl_mime_filename(part, "file.txt");
    curl_easy_setopt(handle, CURLOPT_MIMEPOST, form);
  });
  curl_mime_free(form);
  return response;
}

int fetch_both(const std::string &one, const std::string &other) {
  CURLM *multi = curl_multi_init();
  if (multi == nullptr)
    return -1;
  Handle first;
  Handle second;
  curl_easy_setopt(first.handle, CURLOPT_URL, one.c_str());
  curl_easy_setopt(second.handle, CURLOPT_URL, other.c_str());
  curl_multi_add_handle(multi, first.handle);
  curl_multi_add_handle(multi, second.handle);
  int running = 1;
  while (running != 0 && curl_multi_perform(multi, &running) == CURLM_OK)
    curl_multi_poll(multi, nullptr, 0, 100, nullptr);
  curl_multi_cleanup(multi);
  return 2 - running;
}

} // namespace client
