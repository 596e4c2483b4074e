// the seams of libcurl --(handlers)--> what is known of each handle, and the answers of mocks
#include "plugin.hpp"

#include "arguments.hpp"
#include "asked.hpp"
#include "easy/capture.hpp"
#include "easy/handles.hpp"
#include "hints.hpp"
#include "multi/seams.hpp"
#include "nowhere.hpp"
#include "requests.hpp"

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_http;

namespace tripwire::plugins {

namespace {

using curl::Easy;
using curl::Handles;
using plugin::Visit;

// A promoted variadic argument: users pass int where long is asked for, 0 for NULL, bool for a flag.
std::optional<curl::OptionArgument> option_argument(const Visit &visit, std::size_t index) {
  if (visit.count() <= index)
    return std::nullopt;
  const Value argument = visit.argument(index);
  switch (argument.type->kind) {
  case seam::Kind::pointer:
  case seam::Kind::constant_text:
    return curl::OptionArgument(static_cast<const void *>(read<void *>(visit, index)));
  case seam::Kind::boolean:
  case seam::Kind::character:
  case seam::Kind::signed_integer:
  case seam::Kind::unsigned_integer:
  case seam::Kind::enumeration:
    break;
  case seam::Kind::floating:
  case seam::Kind::string:
  case seam::Kind::object:
    return std::nullopt;
  }
  const bool is_signed = argument.type->kind == seam::Kind::signed_integer || argument.type->is_signed;
  switch (argument.type->size) {
  case 1:
    return curl::OptionArgument(static_cast<curl_off_t>(read<unsigned char>(visit, index)));
  case 4:
    return curl::OptionArgument(is_signed ? static_cast<curl_off_t>(read<std::int32_t>(visit, index))
                                          : static_cast<curl_off_t>(read<std::uint32_t>(visit, index)));
  case 8:
    return curl::OptionArgument(static_cast<curl_off_t>(read<std::int64_t>(visit, index)));
  default:
    return std::nullopt;
  }
}

void on_init(Visit &visit) {
  visit.make_real();
  Handles::all().made(visit.result<CURL *>());
}

void on_setopt(Visit &visit) {
  auto *handle = pointer<CURL>(visit, 0);
  const auto option = read<CURLoption>(visit, 1);
  const std::optional<curl::OptionArgument> argument = option_argument(visit, 2);
  if (handle == nullptr || !argument) {
    visit.make_real();
    return;
  }
  const std::shared_ptr<Easy> easy = Handles::all().find(handle);
  if (easy->capturing && curl::Capture::owns(option)) {
    visit.answer<CURLcode>(CURLE_OK);
  } else {
    visit.make_real();
    if (visit.result<CURLcode>() != CURLE_OK)
      return;
  }
  if (option == CURLOPT_MIMEPOST)
    easy->duplicated_form.reset();
  easy->options.accept(option, *argument);
}

void on_reset(Visit &visit) {
  visit.make_real();
  if (auto *handle = pointer<CURL>(visit, 0))
    Handles::all().reset(handle);
}

void on_duphandle(Visit &visit) {
  visit.make_real();
  auto *original = pointer<CURL>(visit, 0);
  auto *copy = visit.result<CURL *>();
  if (copy == nullptr)
    return;
  Handles::all().duplicated(original, copy);
  // The copy of a handle that is being recorded is not.
  if (const std::shared_ptr<Easy> easy = Handles::all().find(original); easy->capturing)
    curl::Capture::give_back(copy, easy->options);
}

// Forgotten first: once libcurl has freed it, another thread may get the same address.
void on_cleanup(Visit &visit) {
  curl::leave_multi(pointer<CURL>(visit, 0));
  Handles::all().gone(pointer<CURL>(visit, 0));
  visit.make_real();
}

void on_getinfo(Visit &visit) {
  auto *handle = pointer<CURL>(visit, 0);
  const bool has_place = visit.count() > 2 && visit.argument(2).type->size == sizeof(void *);
  void *place = has_place ? pointer<void>(visit, 2) : nullptr;
  if (handle != nullptr && place != nullptr) {
    const std::shared_ptr<Easy> easy = Handles::all().find(handle);
    if (easy->last_was_mocked && curl::answer(easy->info, read<CURLINFO>(visit, 1), place)) {
      visit.answer<CURLcode>(CURLE_OK);
      return;
    }
  }
  visit.make_real();
}

void on_header(Visit &visit) {
  auto *handle = pointer<CURL>(visit, 0);
  if (handle != nullptr)
    if (const std::shared_ptr<Easy> easy = Handles::all().find(handle); easy->last_was_mocked) {
      visit.answer<CURLHcode>(curl::header(easy->info, pointer<const char>(visit, 1), read<std::size_t>(visit, 2),
                                           read<unsigned int>(visit, 3), read<int>(visit, 4),
                                           pointer<curl_header *>(visit, 5)));
      return;
    }
  visit.make_real();
}

void on_next_header(Visit &visit) {
  auto *handle = pointer<CURL>(visit, 0);
  if (handle != nullptr)
    if (const std::shared_ptr<Easy> easy = Handles::all().find(handle); easy->last_was_mocked) {
      visit.answer<curl_header *>(curl::next_header(easy->info, read<unsigned int>(visit, 1), read<int>(visit, 2),
                                                    pointer<curl_header>(visit, 3)));
      return;
    }
  visit.make_real();
}

void on_mime_init(Visit &visit) {
  visit.make_real();
  Handles::all().mime_made(visit.result<curl_mime *>());
}

void on_mime_free(Visit &visit) {
  Handles::all().mime_gone(pointer<curl_mime>(visit, 0));
  visit.make_real();
}

void on_mime_addpart(Visit &visit) {
  visit.make_real();
  Handles::all().part_added(pointer<curl_mime>(visit, 0), visit.result<curl_mimepart *>());
}

/// The part that a successful call has changed; null when the call failed or nothing is known of the part.
std::shared_ptr<curl::MimePart> changed_part(Visit &visit) {
  visit.make_real();
  const auto code = visit.result<CURLcode>();
  // curl_mime_filedata takes an unreadable file, and says so.
  if (code != CURLE_OK && code != CURLE_READ_ERROR)
    return nullptr;
  return Handles::all().part(pointer<curl_mimepart>(visit, 0));
}

std::optional<std::string> optional_text(const Visit &visit) {
  const char *text = pointer<const char>(visit, 1);
  return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

void on_mime_name(Visit &visit) {
  if (const auto part = changed_part(visit))
    part->name = optional_text(visit);
}

void on_mime_filename(Visit &visit) {
  if (const auto part = changed_part(visit))
    part->file_name = optional_text(visit);
}

void on_mime_type(Visit &visit) {
  if (const auto part = changed_part(visit))
    part->type = optional_text(visit);
}

void on_mime_encoder(Visit &visit) {
  if (const auto part = changed_part(visit))
    part->encoder = optional_text(visit).value_or("");
}

void on_mime_data(Visit &visit) {
  const char *bytes = pointer<const char>(visit, 1);
  const auto size = read<std::size_t>(visit, 2);
  const auto part = changed_part(visit);
  if (part == nullptr)
    return;
  if (bytes == nullptr)
    part->content = std::monostate();
  else
    part->content = curl::MimeData{size == CURL_ZERO_TERMINATED ? std::string(bytes) : std::string(bytes, size)};
}

void on_mime_filedata(Visit &visit) {
  const std::optional<std::string> path = optional_text(visit);
  const auto part = changed_part(visit);
  if (part == nullptr)
    return;
  part->content = std::monostate();
  if (!path)
    return;
  part->content = curl::MimeFile{*path};
  const std::size_t slash = path->rfind('/');
  part->file_name = slash == std::string::npos ? *path : path->substr(slash + 1);
}

void on_mime_data_cb(Visit &visit) {
  const auto part = changed_part(visit);
  if (part == nullptr)
    return;
  curl::MimeCallback callback;
  callback.size = read<curl_off_t>(visit, 1);
  callback.read = read<curl_read_callback>(visit, 2);
  callback.seek = read<curl_seek_callback>(visit, 3);
  callback.argument = pointer<void>(visit, 5);
  if (callback.read == nullptr)
    part->content = std::monostate();
  else
    part->content = callback;
}

void on_mime_subparts(Visit &visit) {
  if (changed_part(visit) != nullptr)
    Handles::all().part_holds(pointer<curl_mimepart>(visit, 0), pointer<curl_mime>(visit, 1));
}

void on_mime_headers(Visit &visit) {
  if (const auto part = changed_part(visit)) {
    part->headers = pointer<const curl_slist>(visit, 1);
    part->owns_headers = read<int>(visit, 2) != 0;
  }
}

// No mock has an answer to these: inside a sandbox they are refused, outside the guard decides.
void on_unanswerable(Visit &visit) {
  const std::string function(visit.call().slot.facts.name);
  const bool is_multi = function.compare(0, 11, "curl_multi_") == 0;
  plugin::Description call;
  call.request(function +
               (is_multi ? " (it would not show what mocks answer)" : " (a mock has no connection to work on)"));
  visit.present(std::move(call));
}

constexpr const char *unanswerable[] = {"curl_multi_get_handles", "curl_multi_waitfds", "curl_easy_pause",
                                        "curl_easy_recv",         "curl_easy_send",     "curl_easy_upkeep",
                                        "curl_ws_recv",           "curl_ws_send"};

class HttpPlugin final : public plugin::Plugin {
public:
  HttpPlugin() : Plugin(tripwire_manifest_http, "<tripwire/plugins/http.hpp>") {
    using plugin::Watch;
    handle<CURLcode(CURL *)>("curl_easy_perform", &perform, Watch::always);
    observe("curl_easy_init", &on_init, Watch::always);
    observe("curl_easy_setopt", &on_setopt, Watch::always);
    observe("curl_easy_reset", &on_reset, Watch::always);
    observe("curl_easy_duphandle", &on_duphandle, Watch::always);
    observe("curl_easy_cleanup", &on_cleanup, Watch::always);
    observe("curl_easy_getinfo", &on_getinfo, Watch::always);
    observe("curl_easy_header", &on_header, Watch::always);
    observe("curl_easy_nextheader", &on_next_header, Watch::always);
    observe("curl_mime_init", &on_mime_init, Watch::always);
    observe("curl_mime_free", &on_mime_free, Watch::always);
    observe("curl_mime_addpart", &on_mime_addpart, Watch::always);
    observe("curl_mime_name", &on_mime_name, Watch::always);
    observe("curl_mime_filename", &on_mime_filename, Watch::always);
    observe("curl_mime_type", &on_mime_type, Watch::always);
    observe("curl_mime_encoder", &on_mime_encoder, Watch::always);
    observe("curl_mime_data", &on_mime_data, Watch::always);
    observe("curl_mime_filedata", &on_mime_filedata, Watch::always);
    observe("curl_mime_data_cb", &on_mime_data_cb, Watch::always);
    observe("curl_mime_subparts", &on_mime_subparts, Watch::always);
    observe("curl_mime_headers", &on_mime_headers, Watch::always);
    multi();
    observe("boost::asio::ip::tcp::resolver", &on_resolve);
    observe("boost::beast::tcp_stream", &on_stream);
    for (const char *function : unanswerable)
      observe(function, &on_unanswerable);
  }

  void follow(const char *seam, void (*run)(Visit &)) { observe(seam, run); }

  void test_ends() noexcept override {
    curl::LastingRecord::test_ended();
    forget_exchanges();
  }

  std::string mock_line(const plugin::Description &call) const override { return http_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return http_assert_statement(interaction);
  }

private:
  void multi() {
    using plugin::Watch;
    observe("curl_multi_init", &curl::on_multi_init, Watch::always);
    handle<CURLMcode(CURLM *, CURL *)>("curl_multi_add_handle", &curl::on_multi_add_handle, Watch::always);
    handle<CURLMcode(CURLM *, CURL *)>("curl_multi_remove_handle", &curl::on_multi_remove_handle, Watch::always);
    handle<CURLMcode(CURLM *, int *)>("curl_multi_perform", &curl::drive_multi, Watch::always);
    handle<CURLMcode(CURLM *, int *)>("curl_multi_socket_all", &curl::drive_multi, Watch::always);
    handle<CURLMcode(CURLM *, curl_socket_t, int *)>("curl_multi_socket", &curl::on_multi_socket, Watch::always);
    handle<CURLMcode(CURLM *, curl_socket_t, int, int *)>("curl_multi_socket_action", &curl::on_multi_socket_action,
                                                          Watch::always);
    handle<CURLMcode(CURLM *, curl_waitfd *, unsigned int, int, int *)>("curl_multi_wait", &curl::on_multi_wait,
                                                                        Watch::always);
    handle<CURLMcode(CURLM *, curl_waitfd *, unsigned int, int, int *)>("curl_multi_poll", &curl::on_multi_poll,
                                                                        Watch::always);
    handle<CURLMcode(CURLM *, long *)>("curl_multi_timeout", &curl::on_multi_timeout, Watch::always);
    handle<CURLMcode(CURLM *, fd_set *, fd_set *, fd_set *, int *)>("curl_multi_fdset", &curl::on_multi_fdset,
                                                                    Watch::always);
    handle<CURLMsg *(CURLM *, int *)>("curl_multi_info_read", &curl::on_multi_info_read, Watch::always);
    observe("curl_multi_setopt", &curl::on_multi_setopt, Watch::always);
    handle<CURLMcode(CURLM *)>("curl_multi_cleanup", &curl::on_multi_cleanup, Watch::always);
    observe("curl_multi_assign", &curl::on_multi_real, Watch::always);
    observe("curl_multi_wakeup", &curl::on_multi_real, Watch::always);
  }
};

} // namespace

namespace {

HttpPlugin &the_plugin() {
  static HttpPlugin plugin;
  return plugin;
}

} // namespace

plugin::Plugin &http_plugin() { return the_plugin(); }

void http_follow(const char *seam, void (*run)(Visit &)) { the_plugin().follow(seam, run); }

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = http_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_http() {}
