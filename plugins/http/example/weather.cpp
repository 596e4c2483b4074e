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

// One question to the service.
class Question {
public:
  explicit Question(std::string city) : city_(std::move(city)) {
    const std::unique_ptr<char, decltype(&curl_free)> escaped(
        curl_easy_escape(handle(), city_.data(), static_cast<int>(city_.size())), &curl_free);
    const std::string url = "https://api.weather.test/now?city=" + std::string(escaped.get());
    curl_easy_setopt(handle(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle(), CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(handle(), CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(handle(), CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(handle(), CURLOPT_WRITEDATA, &answer_);
  }

  CURL *handle() const { return handle_.get(); }

  std::string answer(CURLcode code) const {
    if (code != CURLE_OK)
      throw Unknown(curl_easy_strerror(code));
    const std::string key = "\"celsius\":";
    const std::size_t at = answer_.find(key);
    if (at == std::string::npos)
      throw Unknown("the answer has no temperature");
    return std::to_string(std::stoi(answer_.substr(at + key.size()))) + " degrees in " + city_;
  }

private:
  std::string city_;
  std::string answer_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_{curl_easy_init(), &curl_easy_cleanup};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_{
      curl_slist_append(nullptr, "Accept: application/json"), &curl_slist_free_all};
};

} // namespace

std::string now(const std::string &city) {
  const Question question(city);
  return question.answer(curl_easy_perform(question.handle()));
}

std::vector<std::string> now_in(const std::vector<std::string> &cities) {
  const std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi(curl_multi_init(), &curl_multi_cleanup);
  std::vector<std::unique_ptr<Question>> questions;
  for (const std::string &city : cities) {
    questions.push_back(std::make_unique<Question>(city));
    curl_multi_add_handle(multi.get(), questions.back()->handle());
  }
  int running = 0;
  curl_multi_perform(multi.get(), &running);
  for (int second = 0; second < 2 && running > 0; ++second) {
    curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
    curl_multi_perform(multi.get(), &running);
  }
  std::vector<std::string> told;
  int left = 0;
  while (const CURLMsg *message = curl_multi_info_read(multi.get(), &left))
    for (const auto &question : questions)
      if (question->handle() == message->easy_handle && message->data.result == CURLE_OK)
        told.push_back(question->answer(CURLE_OK));
  for (const auto &question : questions)
    curl_multi_remove_handle(multi.get(), question->handle());
  return told;
}

} // namespace weather
