#include "delivery.hpp"

#include <cstdlib>
#include <ctime>

namespace tripwire::plugins::curl {

namespace {

std::optional<curl_off_t> as_number(const std::string &text) {
  if (text.empty() || text[0] < '0' || text[0] > '9')
    return std::nullopt;
  return static_cast<curl_off_t>(std::strtoll(text.c_str(), nullptr, 10));
}

// The schemes of one header, which may offer several: `Basic realm="r", Bearer`.
unsigned long auth_schemes(const std::string &value) {
  struct Scheme {
    std::string_view name;
    unsigned long bit;
  };
  constexpr Scheme known[] = {{"Negotiate", CURLAUTH_NEGOTIATE},
                              {"NTLM", CURLAUTH_NTLM},
                              {"Digest", CURLAUTH_DIGEST},
                              {"Basic", CURLAUTH_BASIC},
                              {"Bearer", CURLAUTH_BEARER}};
  unsigned long schemes = 0;
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t,"));
    for (const Scheme &each : known)
      if (same_name(word, each.name))
        schemes |= each.bit;
    const std::size_t comma = rest.find(',');
    rest = comma == std::string_view::npos ? std::string_view() : trimmed(rest.substr(comma + 1));
  }
  return schemes;
}

} // namespace

Delivered Delivery::deliver(const Answer &answer, bool no_body, const Follow &follow, curl_off_t upload_total,
                            bool upload_is_endless) {
  info_.response_code = answer.status;
  upload_is_endless_ = upload_is_endless;
  is_get_ = !follow.upload && follow.verb == Verb::get;
  resume_ = resume_from(options_);
  ignores_body_ = resume_ != 0 && is_get_ && answer.status == 416;
  bodyless_ = (answer.status >= 100 && answer.status < 200) || answer.status == 204 || answer.status == 304;
  if (answer.status == 204 || answer.status == 304)
    size_ = 0;
  if (result_.step = headers(answer, no_body); !result_.step.ok())
    return result_;
  if (result_.step = judge(answer, no_body); !result_.step.ok())
    return result_;
  if (!no_body && !bodyless_ && size_ != 0)
    result_.step = body(answer, upload_total);
  if (result_.step.ok()) {
    Step step = callbacks_.progress(size_ < 0 ? 0 : size_, info_.downloaded, upload_total, info_.uploaded);
    step.not_honoured = result_.step.not_honoured;
    result_.step = std::move(step);
  }
  if (!result_.step.ok())
    result_.location.reset();
  return result_;
}

Step Delivery::header_line(const std::string &line) {
  callbacks_.debug(CURLINFO_HEADER_IN, line);
  const Step step = callbacks_.header(line);
  if (step.ok())
    info_.header_size += static_cast<long>(line.size());
  return step;
}

Step Delivery::headers(const Answer &answer, bool no_body) {
  const char *reason = reason_phrase(answer.status);
  if (Step step = header_line("HTTP/1.1 " + std::to_string(answer.status) + " " + reason + "\r\n"); !step.ok())
    return step;
  HeaderList sent = answer.headers;
  // Framing is the far end's business: without a word from the mock, the body travels with its length.
  const bool framed =
      find_header(sent, "Content-Length") != nullptr || find_header(sent, "Transfer-Encoding") != nullptr;
  if (answer.adds_length && !framed && !bodyless_ && (!no_body || !answer.body.empty()))
    sent.emplace_back("Content-Length", std::to_string(answer.body.size()));
  for (const auto &[name, value] : sent) {
    if (Step step = learn(name, value, answer); !step.ok())
      return step;
    info_.headers.push_back({name, std::string(trimmed(value)), request_, CURLH_HEADER});
    if (Step step = header_line(name + ": " + value + "\r\n"); !step.ok())
      return step;
  }
  if (chunked_ || ignores_length_)
    size_ = -1;
  // Without a length the end of the connection is the end of the body.
  if (size_ < 0 && !chunked_ && !bodyless_ && !no_body)
    result_.closes = true;
  if (size_ != -1) {
    const curl_off_t most = options_.number(CURLOPT_MAXFILESIZE_LARGE, options_.number(CURLOPT_MAXFILESIZE));
    if (most > 0 && size_ > most)
      return {CURLE_FILESIZE_EXCEEDED, "Maximum file size exceeded", ""};
    info_.download_length = size_;
  }
  const Step step = callbacks_.header("\r\n");
  if (step.ok())
    info_.header_size += 2;
  callbacks_.debug(CURLINFO_HEADER_IN, "\r\n");
  return step;
}

// What libcurl itself reads from a header: Curl_http_header.
Step Delivery::learn(const std::string &name, const std::string &value, const Answer &answer) {
  if (same_name(name, "Content-Length")) {
    if (!bodyless_ && !options_.flag(CURLOPT_IGNORE_CONTENT_LENGTH))
      return learn_length(value);
  } else if (same_name(name, "Content-Type")) {
    if (!value.empty())
      info_.content_type = value;
  } else if (same_name(name, "Connection")) {
    result_.closes = result_.closes || contains_ignoring_case(value, "close");
  } else if (same_name(name, "Transfer-Encoding")) {
    if (!bodyless_) {
      chunked_ = chunked_ || contains_ignoring_case(value, "chunked");
      if (!chunked_)
        result_.closes = ignores_length_ = true;
      if (!same_name(value, "chunked") && !same_name(value, "identity"))
        encoding_ = name + " '" + value + "'";
    }
  } else if (same_name(name, "Content-Encoding")) {
    if (!bodyless_ && options_.text(CURLOPT_ACCEPT_ENCODING) != nullptr && !same_name(value, "identity") &&
        options_.number(CURLOPT_HTTP_CONTENT_DECODING, 1) != 0)
      encoding_ = name + " '" + value + "'";
  } else if (same_name(name, "Set-Cookie")) {
    on_cookie_(value);
  } else if (same_name(name, "Retry-After")) {
    curl_off_t seconds = as_number(value).value_or(0);
    if (seconds == 0)
      if (const std::time_t date = curl_getdate(value.c_str(), nullptr); date != -1)
        seconds = date - std::time(nullptr);
    info_.retry_after = seconds;
  } else if (same_name(name, "Content-Range")) {
    if (!bodyless_)
      learn_range(value);
  } else if (same_name(name, "Last-Modified")) {
    if (!bodyless_ && (options_.number(CURLOPT_TIMECONDITION) != 0 || options_.flag(CURLOPT_FILETIME))) {
      modified_ = curl_getdate(value.c_str(), nullptr);
      if (options_.flag(CURLOPT_FILETIME))
        info_.file_time = modified_;
    }
  } else if (same_name(name, "WWW-Authenticate") && answer.status == 401) {
    info_.http_auth_avail |= auth_schemes(value);
  } else if (same_name(name, "Location") && answer.status >= 300 && answer.status < 400 && !value.empty() &&
             !result_.location) {
    result_.location = value;
    result_.closes = result_.closes || (follows() && upload_is_endless_);
  }
  return {};
}

Step Delivery::learn_length(const std::string &value) {
  const std::optional<curl_off_t> length = as_number(value);
  if (!length)
    return {CURLE_WEIRD_SERVER_REPLY, "Invalid Content-Length: value", ""};
  size_ = *length;
  return {};
}

void Delivery::learn_range(const std::string &value) {
  const std::size_t digit = value.find_first_of("0123456789*");
  if (digit == std::string::npos || value[digit] == '*')
    resume_ = 0; // the far end has no such part: everything will do
  else if (as_number(value.substr(digit)) == resume_)
    content_range_ = true;
}

// What libcurl decides between the last header and the first byte of the body.
Step Delivery::judge(const Answer &answer, bool no_body) {
  const bool resumes = resume_ != 0 && is_get_;
  if (options_.flag(CURLOPT_FAILONERROR) && answer.status >= 400 && !(resumes && answer.status == 416))
    return {CURLE_HTTP_RETURNED_ERROR, "The requested URL returned error: " + std::to_string(answer.status), ""};
  const bool has_body = !no_body && !bodyless_ && !answer.body.empty();
  if (has_body && resumes && !content_range_ && !follows() && !ignores_body_ && size_ != resume_)
    return {CURLE_RANGE_ERROR, "HTTP server doesn't seem to support byte ranges. Cannot resume.", ""};
  if (has_body && options_.number(CURLOPT_TIMECONDITION) != 0 && options_.text(CURLOPT_RANGE) == nullptr &&
      resume_from(options_) == 0 && !meets_time_condition()) {
    info_.response_code = 304;
    info_.condition_unmet = 1;
    bodyless_ = true;
    result_.closes = true;
  }
  return {};
}

bool Delivery::meets_time_condition() {
  const std::time_t wanted = options_.number(CURLOPT_TIMEVALUE_LARGE, options_.number(CURLOPT_TIMEVALUE));
  if (modified_ == 0 || wanted == 0)
    return true;
  if (options_.number(CURLOPT_TIMECONDITION) == CURL_TIMECOND_IFUNMODSINCE)
    return modified_ < wanted;
  return modified_ > wanted;
}

Step Delivery::body(const Answer &answer, curl_off_t upload_total) {
  const bool follows_on = follows();
  if (follows_on && result_.closes)
    return {}; // nobody reads to the end of a connection that is not used again
  const bool ignored = follows_on || ignores_body_;
  if (!ignored && resume_ != 0 && is_get_ && !content_range_ && !answer.body.empty()) {
    result_.closes = true;
    return {}; // judge() has found that the whole is there already
  }
  std::string_view rest = answer.body;
  if (size_ >= 0)
    rest = rest.substr(0, static_cast<std::size_t>(size_));
  const std::size_t piece_size = callbacks_.piece_size();
  while (!rest.empty()) {
    const std::string_view piece = rest.substr(0, piece_size);
    rest.remove_prefix(piece.size());
    callbacks_.debug(CURLINFO_DATA_IN, piece);
    info_.downloaded += static_cast<curl_off_t>(piece.size());
    if (!ignored)
      if (Step step = callbacks_.body(piece); !step.ok())
        return step;
    if (Step step = callbacks_.progress(size_ < 0 ? 0 : size_, info_.downloaded, upload_total, info_.uploaded);
        !step.ok())
      return step;
  }
  if (size_ >= 0 && info_.downloaded < size_ && !follows_on)
    return {CURLE_PARTIAL_FILE,
            "transfer closed with " + std::to_string(size_ - info_.downloaded) + " bytes remaining to read", ""};
  if (!ignored && !encoding_.empty() && !answer.body.empty())
    return {CURLE_OK, "",
            "the mocked body carries " + encoding_ +
                " and is delivered as it is; give it decoded, without that header"};
  return {};
}

} // namespace tripwire::plugins::curl
