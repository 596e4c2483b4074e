// what a test writes behind tripwire::http --> mocks of the current test
#include "mock.hpp"
#include "nowhere.hpp"
#include "plugin.hpp"

namespace tripwire::plugins {

namespace {

using curl::find_header;

// A line break would smuggle a second header, or a body, into the answer.
void check_header(std::string_view name, std::string_view value, const Place &place) {
  const auto broken = [](std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
  };
  if (name.empty() || broken(name) || broken(value) || name.find(':') != std::string_view::npos)
    misused("'" + std::string(name) +
                "' with that value is no header; name and value are one line each, and the "
                "name has no colon",
            place);
}

HttpMock &added(HttpMockKind kind, std::string_view method, HttpUrl &&url, Place place) {
  if (!url.is_matcher())
    note_named(url.text(), kind != HttpMockKind::pass_through);
  return plugin::add(http_plugin(), std::make_unique<HttpMock>(kind, method, std::move(url), place), place);
}

} // namespace

template <class Self> Self &HttpAnswer<Self>::params(std::initializer_list<std::pair<std::string, std::string>> pairs) {
  mock_->params.insert(mock_->params.end(), pairs.begin(), pairs.end());
  return static_cast<Self &>(*this);
}

template <class Self> Self &HttpAnswer<Self>::delay(std::chrono::microseconds time) {
  mock_->answer.delay = time;
  return static_cast<Self &>(*this);
}

template <class Self> Self &HttpAnswer<Self>::times(std::uint64_t count) {
  mock_->set_times(count);
  return static_cast<Self &>(*this);
}

template <class Self> Self &HttpAnswer<Self>::always() {
  mock_->set_always();
  return static_cast<Self &>(*this);
}

template <class Self> Self &HttpAnswer<Self>::required(bool required) {
  mock_->set_required(required);
  return static_cast<Self &>(*this);
}

template <class Self> Self &HttpAnswer<Self>::ignoring(CURLoption option) {
  mock_->ignored.insert(option);
  return static_cast<Self &>(*this);
}

template class HttpAnswer<HttpResponse>;
template class HttpAnswer<HttpFailure>;
template class HttpAnswer<HttpPassThrough>;

HttpResponse &HttpResponse::status(long status) {
  if (status < 200 || status > 999)
    misused("status " + std::to_string(status) + " is no final answer; give one from 200 to 999", mock_->place());
  mock_->answer.status = status;
  return *this;
}

HttpResponse &HttpResponse::json(std::string_view text) {
  if (mock_->has_body)
    misused("json() and body() exclude each other; keep one of them", mock_->place());
  mock_->has_json = true;
  mock_->answer.body = text;
  if (find_header(mock_->answer.headers, "Content-Type") == nullptr)
    mock_->answer.headers.emplace_back("content-type", "application/json");
  return *this;
}

HttpResponse &HttpResponse::body(std::string_view bytes) {
  if (mock_->has_json)
    misused("json() and body() exclude each other; keep one of them", mock_->place());
  mock_->has_body = true;
  mock_->answer.body = bytes;
  return *this;
}

HttpResponse &HttpResponse::header(std::string_view name, std::string_view value) {
  check_header(name, value, mock_->place());
  curl::HeaderList &headers = mock_->answer.headers;
  // What json() put there gives way to the test's own word.
  if (mock_->has_json && curl::same_name(name, "Content-Type"))
    for (auto each = headers.begin(); each != headers.end(); ++each)
      if (each->first == "content-type" && each->second == "application/json") {
        headers.erase(each);
        break;
      }
  headers.emplace_back(name, value);
  return *this;
}

HttpResponse &HttpResponse::headers(std::initializer_list<std::pair<std::string, std::string>> lines) {
  for (const auto &[name, value] : lines)
    header(name, value);
  return *this;
}

HttpResponse &HttpResponse::without_length() {
  mock_->answer.adds_length = false;
  return *this;
}

HttpResponse &HttpResponse::primary_ip(std::string_view address) {
  mock_->answer.primary_ip = address;
  return *this;
}

HttpFailure &HttpFailure::message(std::string_view text) {
  mock_->answer.error_text = text;
  return *this;
}

HttpResponse &Http::mock_response(std::string_view method, HttpUrl url, Place place) const {
  return added(HttpMockKind::response, method, std::move(url), place).response;
}

HttpFailure &Http::mock_error(std::string_view method, HttpUrl url, CURLcode code, Place place) const {
  if (code == CURLE_OK)
    misused("CURLE_OK is no error; use mock_response()", place);
  HttpMock &mock = added(HttpMockKind::failure, method, std::move(url), place);
  mock.answer.error = code;
  return mock.failure;
}

HttpFailure &Http::mock_other_error(std::string_view method, HttpUrl url, AnyValue error, Place place) const {
  HttpMock &mock = added(HttpMockKind::failure, method, std::move(url), place);
  mock.answer.error = CURLE_RECV_ERROR; // what nobody gets: libcurl refuses such a mock
  mock.other_error = std::move(error);
  return mock.failure;
}

HttpPassThrough &Http::pass_through(std::string_view method, HttpUrl url, Place place) const {
  return added(HttpMockKind::pass_through, method, std::move(url), place).pass_through;
}

} // namespace tripwire::plugins
