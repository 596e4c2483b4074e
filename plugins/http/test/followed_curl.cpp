#include "followed_curl.hpp"

#include "easy/transfer.hpp"

#include <cstring>

namespace tripwire::plugins::test::followed {

using curl::Handles;

Stage &stage() {
  static Stage one;
  return one;
}

namespace {

class Staged final : public curl::Answers {
public:
  std::optional<curl::Answer> find(const curl::RequestHead &head, const curl::Url &url) override {
    return stage().answer(head, url);
  }
  void sent(const curl::RequestHead &head, const std::string &body) override {
    stage().seen.push_back({head.method, head.url, head.headers, body, CURLE_OK});
  }
  void heard(const curl::Answer &, CURLcode error) override { stage().seen.back().error = error; }
};

std::optional<std::string> optional_text(const char *text) {
  return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

} // namespace

CURL *init() {
  CURL *handle = curl_easy_init();
  Handles::all().made(handle);
  return handle;
}

CURLcode perform(CURL *handle) {
  if (handle == nullptr)
    return curl_easy_perform(handle);
  const auto easy = Handles::all().find(handle);
  const curl::ParsedUrl parsed = curl::parse_url(easy->options);
  if (!parsed.url)
    return curl_easy_perform(handle);
  if (easy->performing)
    return CURLE_FAILED_INIT;
  easy->performing = true;
  Staged staged;
  const curl::Performing performing{handle, easy->options, Handles::all().form_of(*easy), easy->connections};
  auto *buffer = static_cast<char *>(const_cast<void *>(easy->options.pointer(CURLOPT_ERRORBUFFER)));
  if (buffer != nullptr)
    buffer[0] = '\0';
  easy->last_was_mocked = true;
  const curl::Outcome outcome = curl::perform(performing, *parsed.url, staged, easy->info);
  easy->performing = false;
  if (buffer != nullptr && !outcome.error.empty())
    std::strncpy(buffer, outcome.error.c_str(), CURL_ERROR_SIZE - 1);
  stage().not_honoured = outcome.not_honoured;
  return outcome.code;
}

void reset_handle(CURL *handle) {
  curl_easy_reset(handle);
  Handles::all().reset(handle);
}

CURL *duphandle(CURL *handle) {
  CURL *copy = curl_easy_duphandle(handle);
  Handles::all().duplicated(handle, copy);
  return copy;
}

void cleanup(CURL *handle) {
  Handles::all().gone(handle);
  curl_easy_cleanup(handle);
}

CURLcode set(CURL *handle, CURLoption option, const curl::OptionArgument &argument) {
  CURLcode code = CURLE_OK;
  if (const auto *number = std::get_if<curl_off_t>(&argument))
    code = curl_easy_setopt(handle, option, *number);
  else if (const auto *pointer = std::get_if<const void *>(&argument))
    code = curl_easy_setopt(handle, option, *pointer);
  else
    code = curl_easy_setopt(handle, option, std::get<curl::Function>(argument));
  if (code == CURLE_OK)
    Handles::all().find(handle)->options.accept(option, argument);
  return code;
}

CURLcode get(CURL *handle, CURLINFO info, void *place) {
  const auto easy = Handles::all().find(handle);
  if (easy->last_was_mocked && curl::answer(easy->info, info, place))
    return CURLE_OK;
  return curl_easy_getinfo(handle, info, place);
}

CURLHcode header(CURL *handle, const char *name, std::size_t index, unsigned int origin, int request,
                 curl_header **out) {
  return curl::header(Handles::all().find(handle)->info, name, index, origin, request, out);
}

curl_header *nextheader(CURL *handle, unsigned int origin, int request, curl_header *previous) {
  return curl::next_header(Handles::all().find(handle)->info, origin, request, previous);
}

curl_mime *mime_init(CURL *handle) {
  curl_mime *mime = curl_mime_init(handle);
  Handles::all().mime_made(mime);
  return mime;
}

void mime_free(curl_mime *mime) {
  Handles::all().mime_gone(mime);
  curl_mime_free(mime);
}

curl_mimepart *mime_addpart(curl_mime *mime) {
  curl_mimepart *part = curl_mime_addpart(mime);
  Handles::all().part_added(mime, part);
  return part;
}

namespace {

// The part that a successful call has changed; curl_mime_filedata takes an unreadable file, and says so.
std::shared_ptr<curl::MimePart> changed(curl_mimepart *part, CURLcode code) {
  return code == CURLE_OK || code == CURLE_READ_ERROR ? Handles::all().part(part) : std::make_shared<curl::MimePart>();
}

} // namespace

CURLcode mime_name(curl_mimepart *part, const char *name) {
  const CURLcode code = curl_mime_name(part, name);
  changed(part, code)->name = optional_text(name);
  return code;
}

CURLcode mime_filename(curl_mimepart *part, const char *name) {
  const CURLcode code = curl_mime_filename(part, name);
  changed(part, code)->file_name = optional_text(name);
  return code;
}

CURLcode mime_type(curl_mimepart *part, const char *type) {
  const CURLcode code = curl_mime_type(part, type);
  changed(part, code)->type = optional_text(type);
  return code;
}

CURLcode mime_encoder(curl_mimepart *part, const char *encoder) {
  const CURLcode code = curl_mime_encoder(part, encoder);
  changed(part, code)->encoder = optional_text(encoder).value_or("");
  return code;
}

CURLcode mime_data(curl_mimepart *part, const char *bytes, std::size_t size) {
  const CURLcode code = curl_mime_data(part, bytes, size);
  const auto facts = changed(part, code);
  facts->content = std::monostate();
  if (bytes != nullptr)
    facts->content = curl::MimeData{size == CURL_ZERO_TERMINATED ? std::string(bytes) : std::string(bytes, size)};
  return code;
}

CURLcode mime_filedata(curl_mimepart *part, const char *path) {
  const CURLcode code = curl_mime_filedata(part, path);
  const std::string text = path;
  const auto facts = changed(part, code);
  facts->content = curl::MimeFile{text};
  facts->file_name = text.substr(text.rfind('/') + 1);
  return code;
}

CURLcode mime_data_cb(curl_mimepart *part, curl_off_t size, curl_read_callback read, curl_seek_callback seek,
                      curl_free_callback free, void *argument) {
  const CURLcode code = curl_mime_data_cb(part, size, read, seek, free, argument);
  const auto facts = changed(part, code);
  facts->content = std::monostate();
  if (read != nullptr)
    facts->content = curl::MimeCallback{size, read, seek, argument};
  return code;
}

CURLcode mime_subparts(curl_mimepart *part, curl_mime *mime) {
  const CURLcode code = curl_mime_subparts(part, mime);
  Handles::all().part_holds(part, mime);
  return code;
}

CURLcode mime_headers(curl_mimepart *part, curl_slist *headers, int take) {
  Handles::all().part(part)->headers = headers;
  return curl_mime_headers(part, headers, take);
}

} // namespace tripwire::plugins::test::followed
