#include "capture.hpp"

#include "mime.hpp"
#include "request.hpp"

#include <cstdio>
#include <cstdlib>

namespace tripwire::plugins::curl {

namespace {

HeaderList parse_head(const std::string &head) {
  HeaderList headers;
  std::size_t at = head.find('\n');
  while (at != std::string::npos) {
    const std::size_t end = head.find('\n', at + 1);
    if (end == std::string::npos)
      break;
    const std::string_view line = trimmed(std::string_view(head).substr(at + 1, end - at - 1));
    if (!line.empty())
      headers.push_back(split_header(line));
    at = end;
  }
  return headers;
}

std::string dechunked(const std::string &wire) {
  std::string result;
  for (std::size_t at = 0; at < wire.size();) {
    const std::size_t size = std::strtoul(wire.c_str() + at, nullptr, 16);
    const std::size_t data = wire.find("\r\n", at);
    if (size == 0 || data == std::string::npos)
      break;
    result.append(wire, data + 2, size);
    at = data + 2 + size + 2;
  }
  return result;
}

void replace_all(std::string &text, const std::string &part, const std::string &with) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + with.size()))
    text.replace(at, part.size(), with);
}

} // namespace

bool Capture::owns(CURLoption option) {
  return option == CURLOPT_WRITEFUNCTION || option == CURLOPT_WRITEDATA || option == CURLOPT_HEADERFUNCTION ||
         option == CURLOPT_HEADERDATA || option == CURLOPT_DEBUGFUNCTION || option == CURLOPT_DEBUGDATA ||
         option == CURLOPT_VERBOSE;
}

Capture::Capture(CURL *handle, Easy &easy) : handle_(handle), easy_(easy) {
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &on_debug);
  curl_easy_setopt(handle, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
  easy.capturing = true;
}

Capture::~Capture() {
  easy_.capturing = false;
  give_back(handle_, easy_.options);
}

void Capture::give_back(CURL *handle, const Options &options) {
  // WRITEDATA and its default go together: without a function libcurl writes to a FILE, and NULL there means stdout.
  void *write_data = options.user_pointer(CURLOPT_WRITEDATA);
  const auto write = options.function<WriteFunction>(CURLOPT_WRITEFUNCTION);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, write);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, write == nullptr && write_data == nullptr ? stdout : write_data);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, options.function<WriteFunction>(CURLOPT_HEADERFUNCTION));
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, options.user_pointer(CURLOPT_HEADERDATA));
  curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, options.function<curl_debug_callback>(CURLOPT_DEBUGFUNCTION));
  curl_easy_setopt(handle, CURLOPT_DEBUGDATA, options.user_pointer(CURLOPT_DEBUGDATA));
  curl_easy_setopt(handle, CURLOPT_VERBOSE, static_cast<long>(options.flag(CURLOPT_VERBOSE)));
}

std::size_t Capture::on_body(char *bytes, std::size_t size, std::size_t count, void *self) {
  auto &capture = *static_cast<Capture *>(self);
  const Options &options = capture.easy_.options;
  auto function = options.function<WriteFunction>(CURLOPT_WRITEFUNCTION);
  void *argument = options.user_pointer(CURLOPT_WRITEDATA);
  if (function == nullptr) {
    function = &write_file;
    if (argument == nullptr)
      argument = stdout;
  }
  // Before the callback, which may change the bytes; a piece that is asked for again after a pause counts once.
  const std::string piece(bytes, size * count);
  const std::size_t taken = function(bytes, size, count, argument);
  if (taken != CURL_WRITEFUNC_PAUSE)
    capture.received_ += piece;
  return taken;
}

std::size_t Capture::on_header(char *bytes, std::size_t size, std::size_t count, void *self) {
  auto &capture = *static_cast<Capture *>(self);
  const Options &options = capture.easy_.options;
  const std::string line(bytes, size * count);
  auto function = options.function<WriteFunction>(CURLOPT_HEADERFUNCTION);
  void *argument = options.user_pointer(CURLOPT_HEADERDATA);
  std::size_t taken = line.size();
  if (function == nullptr && argument != nullptr)
    function = options.function<WriteFunction>(CURLOPT_WRITEFUNCTION) != nullptr
                   ? options.function<WriteFunction>(CURLOPT_WRITEFUNCTION)
                   : &write_file;
  if (function != nullptr)
    taken = function(bytes, size, count, argument);
  if (taken == CURL_WRITEFUNC_PAUSE)
    return taken;
  if (line.compare(0, 5, "HTTP/") == 0)
    capture.response_head_.clear();
  capture.response_head_ += line;
  capture.header_bytes_ += line.size();
  return taken;
}

int Capture::on_debug(CURL *handle, curl_infotype kind, char *bytes, std::size_t size, void *self) {
  auto &capture = *static_cast<Capture *>(self);
  if (kind == CURLINFO_HEADER_OUT && ++capture.requests_ == 1)
    capture.request_head_.assign(bytes, size);
  if (kind == CURLINFO_DATA_OUT && capture.requests_ == 1)
    capture.sent_.append(bytes, size);
  capture.show_debug(handle, kind, bytes, size);
  return 0;
}

void Capture::show_debug(CURL *handle, curl_infotype kind, char *bytes, std::size_t size) const {
  const Options &options = easy_.options;
  if (!options.flag(CURLOPT_VERBOSE))
    return;
  if (const auto function = options.function<curl_debug_callback>(CURLOPT_DEBUGFUNCTION)) {
    function(handle, kind, bytes, size, options.user_pointer(CURLOPT_DEBUGDATA));
    return;
  }
  if (kind != CURLINFO_TEXT && kind != CURLINFO_HEADER_IN && kind != CURLINFO_HEADER_OUT)
    return;
  auto *stream = static_cast<std::FILE *>(options.user_pointer(CURLOPT_STDERR));
  if (stream == nullptr)
    stream = stderr;
  std::fputs(kind == CURLINFO_TEXT ? "* " : kind == CURLINFO_HEADER_IN ? "< " : "> ", stream);
  std::fwrite(bytes, 1, size, stream);
}

// The random boundary of a form; empty when the request is none.
std::string Capture::boundary() const {
  const HeaderList headers = parse_head(request_head_);
  const std::string *type = find_header(headers, "Content-Type");
  const std::size_t at = type == nullptr ? std::string::npos : type->find("boundary=------------------------");
  return at == std::string::npos ? "" : type->substr(at + 9, std::string_view(normalised_boundary).size());
}

HeaderList Capture::request_headers() const {
  HeaderList headers = parse_head(request_head_);
  const std::string random = boundary();
  for (auto &[name, value] : headers) {
    value = recorded_value(name, value);
    if (!random.empty())
      replace_all(value, random, normalised_boundary);
  }
  return headers;
}

std::string Capture::request_body() const {
  const HeaderList headers = parse_head(request_head_);
  const std::string *encoding = find_header(headers, "Transfer-Encoding");
  std::string body = encoding != nullptr && contains_ignoring_case(*encoding, "chunked") ? dechunked(sent_) : sent_;
  // Forms in forms have boundaries of their own: each is 24 dashes and 16 digits.
  if (!boundary().empty()) {
    const std::string dashes(24, '-');
    for (std::size_t at = body.find(dashes); at != std::string::npos; at = body.find(dashes, at + 1)) {
      const std::size_t start = body.find_first_not_of('-', at);
      if (start != std::string::npos && start + 16 <= body.size() &&
          body.find_first_not_of("0123456789abcdef", start) >= start + 16)
        body.replace(start, 16, std::string(16, '0'));
    }
  }
  return body;
}

HeaderList Capture::response_headers() const { return parse_head(response_head_); }

std::string Capture::response_body() const {
  // With CURLOPT_HEADER the header lines went through the same callback, ahead of the body.
  return easy_.options.flag(CURLOPT_HEADER) && header_bytes_ <= received_.size() ? received_.substr(header_bytes_)
                                                                                 : received_;
}

} // namespace tripwire::plugins::curl
