#include <curl/curl.h>

static size_t drop(char *bytes, size_t size, size_t count, void *nothing) {
  (void)bytes;
  (void)nothing;
  return size * count;
}

CURLcode c_fetch(const char *url, long *status) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 10);
  CURLcode code = curl_easy_perform(handle);
  *status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
  curl_easy_cleanup(handle);
  return code;
}

CURLcode c_fetch_by_multi(const char *url) {
  CURLcode result = CURLE_GOT_NOTHING;
  CURL *handle = curl_easy_init();
  CURLM *multi = curl_multi_init();
  CURLMsg *message;
  int running = 1;
  int left = 0;
  curl_easy_setopt(handle, CURLOPT_URL, url);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
  curl_multi_add_handle(multi, handle);
  while (running) {
    curl_multi_perform(multi, &running);
    curl_multi_wait(multi, NULL, 0, 100, NULL);
  }
  while ((message = curl_multi_info_read(multi, &left)))
    result = message->data.result;
  curl_multi_remove_handle(multi, handle);
  curl_multi_cleanup(multi);
  curl_easy_cleanup(handle);
  return result;
}
