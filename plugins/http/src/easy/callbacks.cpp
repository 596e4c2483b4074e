#include "callbacks.hpp"

#include <algorithm>

namespace tripwire::plugins::curl {

namespace {

std::size_t read_file(char *bytes, std::size_t size, std::size_t count, void *stream) {
  return std::fread(bytes, size, count, static_cast<std::FILE *>(stream));
}

Step paused(const char *which) {
  return {CURLE_WRITE_ERROR, std::string(which) + " callback asked for PAUSE when not supported",
          std::string("the ") + which + " callback paused the transfer; a mocked answer is delivered at once"};
}

} // namespace

std::size_t write_file(char *bytes, std::size_t size, std::size_t count, void *stream) {
  return std::fwrite(bytes, size, count, static_cast<std::FILE *>(stream));
}

std::size_t Callbacks::piece_size() const {
  const curl_off_t buffer = options_.number(CURLOPT_BUFFERSIZE, CURL_MAX_WRITE_SIZE);
  // libcurl's own bounds: lib/setopt.c.
  const curl_off_t least = 1024;
  return static_cast<std::size_t>(
      std::min<curl_off_t>(std::max(buffer < 1 ? CURL_MAX_WRITE_SIZE : buffer, least), CURL_MAX_WRITE_SIZE));
}

Step Callbacks::write(std::string_view bytes, std::size_t piece_size) const {
  auto function = options_.function<WriteFunction>(CURLOPT_WRITEFUNCTION);
  void *argument = options_.user_pointer(CURLOPT_WRITEDATA);
  if (function == nullptr) {
    function = &write_file;
    if (argument == nullptr)
      argument = stdout;
  }
  while (!bytes.empty()) {
    // The callback may change the bytes: it gets a copy.
    std::string piece(bytes.substr(0, piece_size));
    bytes.remove_prefix(piece.size());
    const std::size_t taken = function(piece.data(), 1, piece.size(), argument);
    if (taken == CURL_WRITEFUNC_PAUSE)
      return paused("Write");
    if (taken != piece.size())
      return {CURLE_WRITE_ERROR, "Failure writing output to destination", ""};
  }
  return {};
}

Step Callbacks::header(const std::string &line) const {
  if (options_.flag(CURLOPT_HEADER))
    if (Step step = write(line, CURL_MAX_WRITE_SIZE); !step.ok())
      return step;
  auto function = options_.function<WriteFunction>(CURLOPT_HEADERFUNCTION);
  void *argument = options_.user_pointer(CURLOPT_HEADERDATA);
  if (function == nullptr) {
    if (argument == nullptr)
      return {};
    function = options_.function<WriteFunction>(CURLOPT_WRITEFUNCTION);
    if (function == nullptr)
      function = &write_file;
  }
  std::string copy = line;
  const std::size_t taken = function(copy.data(), 1, copy.size(), argument);
  if (taken == CURL_WRITEFUNC_PAUSE)
    return paused("Header");
  if (taken != line.size())
    return {CURLE_WRITE_ERROR, "Failed writing header", ""};
  return {};
}

Step Callbacks::body(std::string_view bytes) const { return write(bytes, piece_size()); }

Step Callbacks::progress(curl_off_t download_total, curl_off_t download_now, curl_off_t upload_total,
                         curl_off_t upload_now) const {
  if (options_.number(CURLOPT_NOPROGRESS, 1) != 0)
    return {};
  int answer = 0;
  // CURLOPT_PROGRESSDATA and CURLOPT_XFERINFODATA are one option.
  void *argument = options_.user_pointer(CURLOPT_XFERINFODATA);
  if (const auto function = options_.function<curl_xferinfo_callback>(CURLOPT_XFERINFOFUNCTION))
    answer = function(argument, download_total, download_now, upload_total, upload_now);
  else if (const auto older = options_.function<curl_progress_callback>(CURLOPT_PROGRESSFUNCTION))
    answer = older(argument, static_cast<double>(download_total), static_cast<double>(download_now),
                   static_cast<double>(upload_total), static_cast<double>(upload_now));
  if (answer == 0 || answer == CURL_PROGRESSFUNC_CONTINUE)
    return {};
  return {CURLE_ABORTED_BY_CALLBACK, "Callback aborted", ""};
}

curl_read_callback Callbacks::reader() const {
  const auto function = options_.function<curl_read_callback>(CURLOPT_READFUNCTION);
  return function == nullptr ? &read_file : function;
}

Step Callbacks::read(char *buffer, std::size_t size, std::size_t &count) const {
  void *argument = options_.user_pointer(CURLOPT_READDATA);
  const curl_read_callback function = reader();
  if (argument == nullptr && function == &read_file)
    argument = stdin;
  count = 0;
  const std::size_t read = function(buffer, 1, size, argument);
  if (read == CURL_READFUNC_ABORT)
    return {CURLE_ABORTED_BY_CALLBACK, "operation aborted by callback", ""};
  if (read == CURL_READFUNC_PAUSE)
    return {CURLE_READ_ERROR, "Read callback asked for PAUSE when not supported",
            "the read callback paused the transfer; a mocked transfer reads the whole body at once"};
  if (read > size)
    return {CURLE_READ_ERROR, "read function returned funny value", ""};
  count = read;
  return {};
}

Step Callbacks::rewind() const {
  if (const auto seek = options_.function<curl_seek_callback>(CURLOPT_SEEKFUNCTION)) {
    const int answer = seek(options_.user_pointer(CURLOPT_SEEKDATA), 0, SEEK_SET);
    if (answer == CURL_SEEKFUNC_OK)
      return {};
    return {CURLE_SEND_FAIL_REWIND, "seek callback returned error " + std::to_string(answer), ""};
  }
  if (const auto control = options_.function<curl_ioctl_callback>(CURLOPT_IOCTLFUNCTION)) {
    const curlioerr answer = control(handle_, CURLIOCMD_RESTARTREAD, options_.user_pointer(CURLOPT_IOCTLDATA));
    if (answer == CURLIOE_OK)
      return {};
    return {CURLE_SEND_FAIL_REWIND, "ioctl callback returned error " + std::to_string(answer), ""};
  }
  if (options_.function<curl_read_callback>(CURLOPT_READFUNCTION) == nullptr) {
    auto *file = static_cast<std::FILE *>(options_.user_pointer(CURLOPT_READDATA));
    if (std::fseek(file == nullptr ? stdin : file, 0, SEEK_SET) == 0)
      return {};
  }
  return {CURLE_SEND_FAIL_REWIND, "necessary data rewind wasn't possible", ""};
}

// lib/http.c, Curl_http_resume: what cannot be sought is read and dropped.
Step Callbacks::skip(curl_off_t count) const {
  if (const auto seek = options_.function<curl_seek_callback>(CURLOPT_SEEKFUNCTION)) {
    const int answer = seek(options_.user_pointer(CURLOPT_SEEKDATA), count, SEEK_SET);
    if (answer == CURL_SEEKFUNC_OK)
      return {};
    if (answer != CURL_SEEKFUNC_CANTSEEK)
      return {CURLE_READ_ERROR, "Could not seek stream", ""};
  }
  void *argument = options_.user_pointer(CURLOPT_READDATA);
  const curl_read_callback function = reader();
  if (argument == nullptr && function == &read_file)
    argument = stdin;
  std::string dropped;
  for (curl_off_t passed = 0; passed < count;) {
    dropped.resize(static_cast<std::size_t>(std::min<curl_off_t>(count - passed, CURL_MAX_WRITE_SIZE)));
    const std::size_t read = function(dropped.data(), 1, dropped.size(), argument);
    passed += static_cast<curl_off_t>(read);
    if (read == 0 || read > dropped.size())
      return {CURLE_READ_ERROR, "Could only read " + std::to_string(passed) + " bytes from the input", ""};
  }
  return {};
}

void Callbacks::debug(curl_infotype kind, std::string_view bytes) const {
  if (!options_.flag(CURLOPT_VERBOSE))
    return;
  std::string copy(bytes);
  if (const auto function = options_.function<curl_debug_callback>(CURLOPT_DEBUGFUNCTION)) {
    function(handle_, kind, copy.data(), copy.size(), options_.user_pointer(CURLOPT_DEBUGDATA));
    return;
  }
  if (kind != CURLINFO_HEADER_IN && kind != CURLINFO_HEADER_OUT)
    return;
  auto *stream = static_cast<std::FILE *>(options_.user_pointer(CURLOPT_STDERR));
  if (stream == nullptr)
    stream = stderr;
  std::fputs(kind == CURLINFO_HEADER_IN ? "< " : "> ", stream);
  std::fwrite(copy.data(), 1, copy.size(), stream);
}

} // namespace tripwire::plugins::curl
