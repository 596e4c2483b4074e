#include "upload.hpp"

#include <algorithm>
#include <cstring>

namespace tripwire::plugins::curl {

namespace {

constexpr curl_off_t max_initial_post_size = 64 * 1024; // lib/http.h: beyond it, head and body travel apart
constexpr std::size_t chunk_frame = 8 + 2 + 2;          // lib/transfer.c: kept free in the buffer for one chunk

Verb verb_of(const Follow &follow) { return follow.upload ? Verb::put : follow.verb; }

curl_off_t frame_size(std::size_t bytes) {
  char text[24];
  return std::snprintf(text, sizeof text, "%zx", bytes) + 4;
}

} // namespace

Upload::Upload(const Options &options, const Callbacks &callbacks, std::shared_ptr<Multipart> form)
    : options_(options), callbacks_(callbacks), form_(std::move(form)) {
  if (options.verb() == Verb::post_form)
    form_ = from_form(static_cast<const curl_httppost *>(options.pointer(CURLOPT_HTTPPOST)), callbacks.reader());
}

MimeContext Upload::mime_context() const {
  return {options_.list(CURLOPT_HTTPHEADER), (options_.number(CURLOPT_MIME_OPTIONS) & CURLMIMEOPT_FORMESCAPE) != 0,
          buffer_size()};
}

std::size_t Upload::buffer_size() const {
  const auto whole = static_cast<std::size_t>(
      std::clamp<curl_off_t>(options_.number(CURLOPT_UPLOAD_BUFFERSIZE, 64 * 1024), 16 * 1024, 2 * 1024 * 1024));
  return plan_.chunked ? whole - chunk_frame : whole;
}

Step Upload::plan(const Follow &follow, BodyPlan &result) {
  plan_ = BodyPlan();
  const Verb verb = verb_ = verb_of(follow);
  switch (verb) {
  case Verb::get:
  case Verb::head:
    break;
  case Verb::put:
    plan_.size = options_.number(CURLOPT_INFILESIZE_LARGE, options_.number(CURLOPT_INFILESIZE, -1));
    break;
  case Verb::post: {
    plan_.size = options_.number(CURLOPT_POSTFIELDSIZE_LARGE, options_.number(CURLOPT_POSTFIELDSIZE, -1));
    const auto *fields = static_cast<const char *>(options_.pointer(CURLOPT_POSTFIELDS));
    if (options_.copied_post_fields() != nullptr)
      fields = options_.copied_post_fields()->c_str();
    if (fields != nullptr && plan_.size == -1)
      plan_.size = static_cast<curl_off_t>(std::strlen(fields));
    break;
  }
  case Verb::post_form:
  case Verb::post_mime:
    if (form_ == nullptr)
      return {CURLE_BAD_FUNCTION_ARGUMENT, "",
              "the handle sends a form (" + option_name(CURLOPT_MIMEPOST) +
                  ") that was not made by rewritten code, so its parts are unknown"};
    const SerialisedMime form = curl::plan(*form_, mime_context());
    plan_.size = form.size;
    plan_.mime_headers = form.headers;
    break;
  }
  const std::vector<std::string> custom = options_.list(CURLOPT_HTTPHEADER);
  if (const std::string *own = custom_header(custom, "Transfer-Encoding"))
    plan_.chunked = contains_ignoring_case(*own, "chunked");
  else if (plan_.size == -1) {
    if (options_.number(CURLOPT_HTTP_VERSION) == CURL_HTTP_VERSION_1_0)
      return {CURLE_UPLOAD_FAILED, "Chunky upload is not supported by HTTP 1.0", ""};
    plan_.chunked = true;
  }
  // libcurl counts what it resumes an upload from as sent already.
  const curl_off_t resume = resume_from(options_);
  if ((verb == Verb::put || verb == Verb::post) && resume > 0 && plan_.size > 0) {
    plan_.size = std::max<curl_off_t>(plan_.size - resume, 0);
    is_over_ = plan_.size == 0;
  }
  result = plan_;
  return {};
}

Step Upload::rewind(const Follow &follow) {
  const bool is_sent_again = was_read_ && options_.pointer(CURLOPT_POSTFIELDS) == nullptr;
  was_read_ = false;
  switch (verb_of(follow)) {
  case Verb::get:
  case Verb::head:
    return {};
  case Verb::post_form:
  case Verb::post_mime:
    if (is_sent_again && !curl::rewind(*form_))
      return {CURLE_SEND_FAIL_REWIND, "Cannot rewind mime/post data", ""};
    return {};
  case Verb::post:
  case Verb::put:
    return is_sent_again ? callbacks_.rewind() : Step();
  }
  return {};
}

Step Upload::prepare(const Follow &follow) {
  const Verb verb = verb_of(follow);
  if (verb == Verb::post_mime && !curl::rewind(*form_)) // an earlier transfer has read it
    return {CURLE_SEND_FAIL_REWIND, "", ""};
  const curl_off_t resume = resume_from(options_);
  if ((verb == Verb::put || verb == Verb::post) && resume > 0 && !follow.is_follow)
    if (Step step = callbacks_.skip(resume); !step.ok())
      return step;
  if (is_over_)
    return {CURLE_PARTIAL_FILE, "File already completely uploaded", ""};
  return {};
}

curl_off_t Upload::shown_size() const {
  // libcurl says nothing of a stream that it does not even begin to read.
  return verb_ == Verb::post && options_.pointer(CURLOPT_POSTFIELDS) == nullptr && plan_.size == 0 ? -1 : plan_.size;
}

Step Upload::read(const Follow &follow, std::string &body) {
  const Step step = read_whole(follow, body);
  was_read_ = sent_ > 0;
  return step;
}

Step Upload::read_whole(const Follow &follow, std::string &body) {
  sent_ = 0;
  rides_with_head_ = false;
  switch (verb_of(follow)) {
  case Verb::get:
  case Verb::head:
    return {};
  case Verb::post_form:
  case Verb::post_mime: {
    SerialisedMime form = serialise(*form_, mime_context());
    body = std::move(form.body);
    sent_ = static_cast<curl_off_t>(body.size());
    if (plan_.chunked) {
      sent_ += form.code == CURLE_OK ? 5 : 0;
      for (const std::size_t fill : form.fills)
        sent_ += frame_size(fill);
    }
    return {form.code, form.error, form.not_honoured};
  }
  case Verb::post: {
    const auto *fields = static_cast<const char *>(options_.pointer(CURLOPT_POSTFIELDS));
    if (options_.copied_post_fields() != nullptr)
      fields = options_.copied_post_fields()->data();
    if (fields == nullptr)
      return read_stream(body);
    body.assign(fields, static_cast<std::size_t>(plan_.size));
    sent_ = plan_.size + (plan_.chunked ? (plan_.size != 0 ? frame_size(body.size()) : 0) + 5 : 0);
    rides_with_head_ = plan_.size < max_initial_post_size;
    return {};
  }
  case Verb::put:
    return read_stream(body);
  }
  return {};
}

Step Upload::read_stream(std::string &body) {
  std::string buffer(buffer_size(), '\0');
  while (plan_.chunked || static_cast<curl_off_t>(body.size()) < plan_.size) {
    std::size_t count = 0;
    if (Step step = callbacks_.read(buffer.data(), buffer.size(), count); !step.ok())
      return step;
    sent_ += static_cast<curl_off_t>(count) + (plan_.chunked ? frame_size(count) : 0);
    if (count == 0)
      break;
    body.append(buffer, 0, count);
  }
  if (!plan_.chunked && static_cast<curl_off_t>(body.size()) < plan_.size)
    return {CURLE_OPERATION_TIMEDOUT, "",
            "the read callback ended after " + std::to_string(body.size()) + " of the " + std::to_string(plan_.size) +
                " announced bytes; a real server would wait for the rest"};
  return {};
}

} // namespace tripwire::plugins::curl
