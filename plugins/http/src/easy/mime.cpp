#include "mime.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>

namespace tripwire::plugins::curl {

namespace {

constexpr std::size_t encoded_line = 76;

// A header list of the user's; null stands for none.
const char *find_in(const curl_slist *list, std::string_view name) {
  for (; list != nullptr; list = list->next) {
    const std::string_view line = list->data;
    if (line.size() > name.size() && same_name(line.substr(0, name.size()), name) && line[name.size()] == ':') {
      const char *value = list->data + name.size() + 1;
      while (*value == ' ')
        ++value;
      return value;
    }
  }
  return nullptr;
}

std::optional<std::string> type_by_name(const std::string &file_name) {
  constexpr std::pair<std::string_view, const char *> known[] = {
      {".gif", "image/gif"},       {".jpg", "image/jpeg"},     {".jpeg", "image/jpeg"}, {".png", "image/png"},
      {".svg", "image/svg+xml"},   {".txt", "text/plain"},     {".htm", "text/html"},   {".html", "text/html"},
      {".pdf", "application/pdf"}, {".xml", "application/xml"}};
  for (const auto &[ending, type] : known)
    if (file_name.size() >= ending.size() &&
        same_name(std::string_view(file_name).substr(file_name.size() - ending.size()), ending))
      return type;
  return std::nullopt;
}

bool is_type(std::string_view type, std::string_view wanted) {
  return type.size() >= wanted.size() && same_name(type.substr(0, wanted.size()), wanted) &&
         (type.size() == wanted.size() || std::strchr("\t\r\n ;", type[wanted.size()]) != nullptr);
}

std::string escaped(const std::string &text, bool as_mail) {
  std::string result;
  for (const char letter : text) {
    if (as_mail && (letter == '\\' || letter == '"'))
      result += std::string("\\") + letter;
    else if (!as_mail && letter == '"')
      result += "%22";
    else if (!as_mail && letter == '\r')
      result += "%0D";
    else if (!as_mail && letter == '\n')
      result += "%0A";
    else
      result += letter;
  }
  return result;
}

std::string base64(const std::string &bytes) {
  constexpr const char *alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  std::size_t column = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    if (column > encoded_line - 4) {
      result += "\r\n";
      column = 0;
    }
    const std::size_t left = bytes.size() - at;
    const auto byte = [&](std::size_t index) {
      return index < left ? static_cast<unsigned int>(static_cast<unsigned char>(bytes[at + index])) : 0U;
    };
    const unsigned int group = byte(0) << 16U | byte(1) << 8U | byte(2);
    result += alphabet[group >> 18U & 63U];
    result += alphabet[group >> 12U & 63U];
    result += left > 1 ? alphabet[group >> 6U & 63U] : '=';
    result += left > 2 ? alphabet[group & 63U] : '=';
    column += 4;
  }
  return result;
}

bool ends_line(const std::string &bytes, std::size_t at) {
  return at >= bytes.size() || (at + 1 < bytes.size() && bytes[at] == '\r' && bytes[at + 1] == '\n');
}

std::string quoted_printable(const std::string &bytes) {
  constexpr const char *digits = "0123456789ABCDEF";
  std::string result;
  std::size_t column = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const char letter = bytes[at];
    std::string piece(1, letter);
    std::size_t consumed = 1;
    const bool blank = letter == ' ' || letter == '\t';
    const bool plain = letter > ' ' && letter <= '~' && letter != '=';
    if (letter == '\r' && ends_line(bytes, at)) {
      piece = "\r\n";
      consumed = 2;
    } else if (!plain && !(blank && !ends_line(bytes, at + 1))) {
      const auto byte = static_cast<unsigned char>(letter);
      piece = {'=', digits[byte >> 4U], digits[byte & 15U]};
    }
    if (piece.back() != '\n') {
      const std::size_t end = column + piece.size();
      if (end > encoded_line || (end == encoded_line && !ends_line(bytes, at + consumed))) {
        result += "=\r\n";
        column = 0;
        continue;
      }
    }
    result += piece;
    column = piece.back() == '\n' ? 0 : column + piece.size();
    at += consumed;
  }
  return result;
}

// The lines libcurl writes above a part, and for the whole form into the request's head.
HeaderList own_headers(const MimePart &part, const char *type_of_form, const char *disposition, bool as_mail) {
  HeaderList headers;
  const auto *subparts = std::get_if<std::shared_ptr<Multipart>>(&part.content);
  const auto *file = std::get_if<MimeFile>(&part.content);
  std::optional<std::string> type = part.type;
  if (!type)
    if (const char *own = find_in(part.headers, "Content-Type"))
      type = own;
  const bool custom_type = type.has_value();
  if (!type && type_of_form != nullptr)
    type = type_of_form;
  if (!type) {
    if (subparts != nullptr) {
      type = "multipart/mixed";
    } else {
      if (part.file_name)
        type = type_by_name(*part.file_name);
      if (!type && file != nullptr)
        type = type_by_name(file->path);
      if (!type && file != nullptr && part.file_name)
        type = "application/octet-stream";
    }
  }
  if (subparts == nullptr && type && !custom_type && is_type(*type, "text/plain") && !part.file_name)
    type.reset();

  if (find_in(part.headers, "Content-Disposition") == nullptr) {
    std::string shown = disposition == nullptr ? "" : disposition;
    if (shown.empty() && (part.file_name || part.name || (type && !same_name(type->substr(0, 10), "multipart/"))))
      shown = "attachment";
    if (shown == "attachment" && !part.name && !part.file_name)
      shown.clear();
    if (!shown.empty()) {
      if (part.name)
        shown += "; name=\"" + escaped(*part.name, as_mail) + "\"";
      if (part.file_name)
        shown += "; filename=\"" + escaped(*part.file_name, as_mail) + "\"";
      headers.emplace_back("Content-Disposition", shown);
    }
  }
  if (type)
    headers.emplace_back("Content-Type", subparts == nullptr ? *type : *type + "; boundary=" + normalised_boundary);
  if (!part.encoder.empty() && find_in(part.headers, "Content-Transfer-Encoding") == nullptr)
    headers.emplace_back("Content-Transfer-Encoding", lower_case(part.encoder));
  return headers;
}

// Walks a form once, either to read it or only to know its size.
class Walk {
public:
  Walk(SerialisedMime &result, const MimeContext &context, bool reads)
      : result_(result), context_(context), reads_(reads) {}

  bool multipart(const Multipart &form, const char *disposition) {
    const std::string delimiter = std::string("--") + normalised_boundary;
    bool first = true;
    for (const std::shared_ptr<MimePart> &part : form.parts) {
      put((first ? "" : "\r\n") + delimiter + "\r\n");
      first = false;
      if (!this->part(*part, disposition))
        return false;
    }
    // libcurl spares the line break before the first boundary, also when there is no part.
    put((first ? "" : "\r\n") + delimiter + "--\r\n");
    return true;
  }

  /// What is left of the body behind the last reader.
  void end() {
    for (std::size_t left = result_.body.size() - fill_start_; left > 0;) {
      const std::size_t fill = std::min(left, context_.buffer_size);
      result_.fills.push_back(fill);
      left -= fill;
    }
  }

private:
  void put(const std::string &text) {
    if (result_.size >= 0)
      result_.size += static_cast<curl_off_t>(text.size());
    if (reads_)
      result_.body += text;
  }

  bool part(const MimePart &part, const char *disposition) {
    for (const auto &[name, value] : own_headers(part, nullptr, disposition, context_.escape_as_mail))
      put(name + ": " + value + "\r\n");
    for (const curl_slist *line = part.headers; line != nullptr; line = line->next)
      if (!same_name(split_header(line->data).first, "Content-Type"))
        put(std::string(line->data) + "\r\n");
    put("\r\n");
    return content(part);
  }

  bool content(const MimePart &part) {
    if (const auto *subparts = std::get_if<std::shared_ptr<Multipart>>(&part.content)) {
      const char *type = part.type ? part.type->c_str() : find_in(part.headers, "Content-Type");
      return multipart(**subparts, type != nullptr && is_type(type, "multipart/form-data") ? "form-data" : nullptr);
    }
    std::string bytes;
    curl_off_t size = 0;
    if (const auto *data = std::get_if<MimeData>(&part.content)) {
      bytes = data->bytes;
      size = static_cast<curl_off_t>(bytes.size());
    } else if (const auto *file = std::get_if<MimeFile>(&part.content)) {
      struct stat facts = {};
      size = stat(file->path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) ? facts.st_size : -1;
      if (reads_ && !read_file(file->path, bytes))
        return false;
    } else if (const auto *callback = std::get_if<MimeCallback>(&part.content)) {
      size = callback->size;
      if (reads_ && !read_callback(*callback, bytes))
        return false;
    }
    return put_content(part, bytes, size);
  }

  bool put_content(const MimePart &part, const std::string &bytes, curl_off_t size) {
    if (same_name(part.encoder, "base64")) {
      const curl_off_t groups = size > 0 ? 4 * (1 + (size - 1) / 3) : size;
      const auto line = static_cast<curl_off_t>(encoded_line);
      count(groups > 0 ? groups + 2 * ((groups - 1) / line) : groups);
      append(base64(bytes));
    } else if (same_name(part.encoder, "quoted-printable")) {
      count(size == 0 ? 0 : -1);
      append(quoted_printable(bytes));
    } else if (same_name(part.encoder, "7bit")) {
      count(size);
      const auto too_wide = std::find_if(bytes.begin(), bytes.end(), [](char byte) { return (byte & 0x80) != 0; });
      append(std::string(bytes.begin(), too_wide));
      if (reads_ && too_wide != bytes.end())
        return fail(CURLE_READ_ERROR, "read function returned funny value");
    } else {
      count(size);
      append(bytes);
    }
    return true;
  }

  void count(curl_off_t size) {
    if (size < 0)
      result_.size = -1;
    else if (result_.size >= 0)
      result_.size += size;
  }

  void append(const std::string &bytes) {
    if (reads_)
      result_.body += bytes;
  }

  bool read_file(const std::string &path, std::string &bytes) {
    std::FILE *file = std::fopen(path.c_str(), "rb");
    if (file == nullptr)
      return fail(CURLE_READ_ERROR, "read function returned funny value");
    std::string piece;
    for (;;) {
      piece.resize(room_for_read(bytes.size()));
      const std::size_t count = std::fread(piece.data(), 1, piece.size(), file);
      if (count == 0)
        break;
      bytes.append(piece, 0, count);
      if (std::feof(file) != 0 || std::ferror(file) != 0)
        break;
    }
    std::fclose(file);
    return true;
  }

  bool read_callback(const MimeCallback &callback, std::string &bytes) {
    callback.was_read = true;
    std::string piece;
    for (;;) {
      if (callback.size >= 0 && static_cast<curl_off_t>(bytes.size()) >= callback.size)
        return true;
      piece.resize(room_for_read(bytes.size()));
      const std::size_t count = callback.read(piece.data(), 1, piece.size(), callback.argument);
      if (count == CURL_READFUNC_ABORT)
        return fail(CURLE_ABORTED_BY_CALLBACK, "operation aborted by callback");
      if (count == CURL_READFUNC_PAUSE)
        return fail(CURLE_READ_ERROR, "Read callback asked for PAUSE when not supported");
      if (count > piece.size())
        return fail(CURLE_READ_ERROR, "read function returned funny value");
      if (count == 0 && callback.size >= 0) {
        result_.not_honoured = "the read callback of a form's part ended after " + std::to_string(bytes.size()) +
                               " of the " + std::to_string(callback.size) +
                               " announced bytes; a real server would wait for the rest";
        return fail(CURLE_OPERATION_TIMEDOUT, "");
      }
      if (count == 0)
        return true;
      bytes.append(piece, 0, count);
    }
  }

  // libcurl calls one reader per buffer: a further one has to wait for the next. \p read is what the part has already
  // brought and is not in the body yet.
  std::size_t room_for_read(std::size_t read) {
    const std::size_t at = result_.body.size() + read;
    if (has_read_ || at >= fill_start_ + context_.buffer_size) {
      if (at > fill_start_)
        result_.fills.push_back(at - fill_start_);
      fill_start_ = at;
    }
    has_read_ = true;
    return fill_start_ + context_.buffer_size - at;
  }

  bool fail(CURLcode code, const char *error) {
    result_.code = code;
    result_.error = error;
    return false;
  }

  SerialisedMime &result_;
  const MimeContext &context_;
  bool reads_;
  bool has_read_ = false;
  std::size_t fill_start_ = 0;
};

SerialisedMime walk(const Multipart &form, const MimeContext &context, bool reads) {
  SerialisedMime result;
  // The form as a whole is a part whose headers are the request's.
  MimePart whole;
  whole.content = std::make_shared<Multipart>(form);
  const char *type = "multipart/form-data";
  std::string custom;
  for (const std::string &line : context.request_headers)
    if (same_name(split_header(line).first, "Content-Type") && line.find(':') != std::string::npos) {
      custom = split_header(line).second;
      type = custom.c_str();
      break;
    }
  for (auto &[name, value] : own_headers(whole, type, nullptr, context.escape_as_mail))
    result.headers.emplace_back(name, value);
  Walk walk(result, context, reads);
  walk.multipart(form, is_type(type, "multipart/form-data") ? "form-data" : nullptr);
  walk.end();
  return result;
}

} // namespace

SerialisedMime plan(const Multipart &form, const MimeContext &context) { return walk(form, context, false); }

SerialisedMime serialise(const Multipart &form, const MimeContext &context) { return walk(form, context, true); }

bool rewind(const Multipart &form) {
  bool went_back = true;
  for (const std::shared_ptr<MimePart> &part : form.parts) {
    if (const auto *subparts = std::get_if<std::shared_ptr<Multipart>>(&part->content))
      went_back = rewind(**subparts) && went_back;
    const auto *callback = std::get_if<MimeCallback>(&part->content);
    if (callback == nullptr || !callback->was_read)
      continue;
    callback->was_read =
        callback->seek == nullptr || callback->seek(callback->argument, 0, SEEK_SET) != CURL_SEEKFUNC_OK;
    went_back = !callback->was_read && went_back;
  }
  return went_back;
}

std::shared_ptr<Multipart> copy_of(const Multipart &form) {
  auto copy = std::make_shared<Multipart>();
  for (const std::shared_ptr<MimePart> &part : form.parts) {
    auto twin = std::make_shared<MimePart>(*part);
    if (const auto *subparts = std::get_if<std::shared_ptr<Multipart>>(&part->content))
      twin->content = copy_of(**subparts);
    copy->parts.push_back(std::move(twin));
  }
  return copy;
}

} // namespace tripwire::plugins::curl
