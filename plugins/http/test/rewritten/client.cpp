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

struct Multi {
  CURLM *handle = curl_multi_init();
  Multi() = default;
  Multi(const Multi &) = delete;
  Multi &operator=(const Multi &) = delete;
  ~Multi() { curl_multi_cleanup(handle); }
};

template <class Perform>
Response fetched(const std::string &url, const std::function<void(CURL *)> &more, Perform perform) {
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
  response.code = perform(handle);
  response.error = one.error;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &response.status);
  const char *effective = nullptr;
  curl_easy_getinfo(handle, CURLINFO_EFFECTIVE_URL, &effective);
  response.effective_url = effective == nullptr ? "" : effective;
  return response;
}

} // namespace

struct Several::Each {
  Handle easy;
  std::string body;
};

Response fetch(const std::string &url, const std::function<void(CURL *)> &more) {
  return fetched(url, more, [](CURL *handle) { return curl_easy_perform(handle); });
}

Response fetch_by_multi(const std::string &url, const std::function<void(CURL *)> &more) {
  return fetched(url, more, [](CURL *handle) {
    const Multi multi;
    curl_multi_add_handle(multi.handle, handle);
    int running = 0;
    while (curl_multi_perform(multi.handle, &running) == CURLM_OK && running != 0)
      curl_multi_poll(multi.handle, nullptr, 0, 100, nullptr);
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(multi.handle, &left);
    const CURLcode code = message == nullptr ? CURLE_FAILED_INIT : message->data.result;
    curl_multi_remove_handle(multi.handle, handle);
    return code;
  });
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

Several::Several(const std::vector<std::string> &urls) : multi_(curl_multi_init()) {
  for (const std::string &url : urls) {
    each_.push_back(std::make_unique<Each>());
    CURL *handle = each_.back()->easy.handle;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &each_.back()->body);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, each_.back()->easy.error);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_multi_add_handle(multi_, handle);
  }
}

Several::~Several() {
  for (const auto &each : each_)
    curl_multi_remove_handle(multi_, each->easy.handle);
  curl_multi_cleanup(multi_);
}

CURL *Several::handle(std::size_t which) const { return each_[which]->easy.handle; }

int Several::step(int milliseconds) {
  int running = -1;
  curl_multi_perform(multi_, &running);
  if (running > 0)
    curl_multi_poll(multi_, nullptr, 0, milliseconds, nullptr);
  read_messages();
  return running;
}

void Several::read_messages() {
  int left = 0;
  while (const CURLMsg *message = curl_multi_info_read(multi_, &left))
    for (std::size_t which = 0; which < each_.size(); ++which)
      if (each_[which]->easy.handle == message->easy_handle)
        done.push_back({which, message->data.result, each_[which]->body, each_[which]->easy.error});
}

void Several::give_up(std::size_t which) { curl_multi_remove_handle(multi_, each_[which]->easy.handle); }

} // namespace client
