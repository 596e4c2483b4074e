// curl_httppost chain (curl_formadd) --(from_form)--> parts, as lib/formdata.c reads it
#include "mime.hpp"

#include <cstdio>
#include <cstring>

namespace tripwire::plugins::curl {

namespace {

std::optional<std::string> name_of(const curl_httppost &field) {
  if (field.name == nullptr)
    return std::nullopt;
  if (field.namelength > 0)
    return std::string(field.name, static_cast<std::size_t>(field.namelength));
  return std::string(field.name);
}

std::string base_name(const char *path) {
  const char *slash = std::strrchr(path, '/');
  return slash == nullptr ? path : slash + 1;
}

std::size_t read_stdin(char *buffer, std::size_t size, std::size_t count, void *stream) {
  return std::fread(buffer, size, count, static_cast<std::FILE *>(stream));
}

// How the content travels is said by the field; a further file of the same field only brings its own text.
void fill(MimePart &part, const curl_httppost &field, const curl_httppost &file, curl_read_callback read) {
  const curl_off_t length = (field.flags & CURL_HTTPPOST_LARGE) != 0 ? field.contentlen : field.contentslength;
  if ((field.flags & (CURL_HTTPPOST_FILENAME | CURL_HTTPPOST_READFILE)) != 0) {
    if (std::strcmp(file.contents, "-") == 0) {
      part.content = MimeCallback{-1, &read_stdin, nullptr, stdin};
    } else {
      part.content = MimeFile{file.contents};
      part.file_name = base_name(file.contents);
    }
    if ((field.flags & CURL_HTTPPOST_READFILE) != 0)
      part.file_name.reset();
  } else if ((field.flags & CURL_HTTPPOST_BUFFER) != 0) {
    part.content =
        MimeData{field.bufferlength != 0 ? std::string(field.buffer, static_cast<std::size_t>(field.bufferlength))
                                         : std::string(field.buffer)};
  } else if ((field.flags & CURL_HTTPPOST_CALLBACK) != 0) {
    part.content = MimeCallback{length == 0 ? -1 : length, read, nullptr, field.userp};
  } else if (field.contents != nullptr) {
    part.content = MimeData{length == 0 ? std::string(field.contents)
                                        : std::string(field.contents, static_cast<std::size_t>(length))};
  }
}

} // namespace

std::shared_ptr<Multipart> from_form(const curl_httppost *form, curl_read_callback read) {
  auto result = std::make_shared<Multipart>();
  for (const curl_httppost *field = form; field != nullptr; field = field->next) {
    std::shared_ptr<Multipart> home = result;
    if (field->more != nullptr) {
      auto group = std::make_shared<MimePart>();
      group->name = name_of(*field);
      home = std::make_shared<Multipart>();
      group->content = home;
      result->parts.push_back(std::move(group));
    }
    for (const curl_httppost *file = field; file != nullptr; file = file->more) {
      auto part = std::make_shared<MimePart>();
      part->headers = file->contentheader;
      if (file->contenttype != nullptr)
        part->type = file->contenttype;
      if (field->more == nullptr)
        part->name = name_of(*field);
      fill(*part, *field, *file, read);
      constexpr long shows_name = CURL_HTTPPOST_FILENAME | CURL_HTTPPOST_BUFFER | CURL_HTTPPOST_CALLBACK;
      if (field->showfilename != nullptr && (field->more != nullptr || (field->flags & shows_name) != 0))
        part->file_name = field->showfilename;
      home->parts.push_back(std::move(part));
    }
  }
  return result;
}

} // namespace tripwire::plugins::curl
