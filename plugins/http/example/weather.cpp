// A client of a weather service: production code, without a word of tripwire.
#include "weather.hpp"

#include <curl/curl.h>

#include <memory>

namespace weather {

namespace {

std::size_t append(char *bytes, std::size_t size, std::size_t count, void *answer) {
  static_cast<std::string *>(answer)->append(bytes, size * count);
  return size * count;
}

} // namespace

std::string now(const std::string &city) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), &curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Accept: application/json"), &curl_slist_free_all);
  const std::unique_ptr<char, decltype(&curl_free)> escaped(
      curl_easy_escape(handle.get(), city.data(), static_cast<int>(city.size())), &curl_free);
  const std::string url = "https://api.weather.test/now?city=" + std::string(escaped.get());
  std::string answer;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &answer);
  if (const CURLcode code = curl_easy_perform(handle.get()); code != CURLE_OK)
    throw Unknown(curl_easy_strerror(code));
  const std::string key = "\"celsius\":";
  const std::size_t at = answer.find(key);
  if (at == std::string::npos)
    throw Unknown("the answer has no temperature");
  return std::to_string(std::stoi(answer.substr(at + key.size()))) + " degrees in " + city;
}

} // namespace weather
