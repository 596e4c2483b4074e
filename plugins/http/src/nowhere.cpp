#include "nowhere.hpp"

#include "easy/url_pattern.hpp"
#include "plugin.hpp"

#include <tripwire/plugins/http_client.hpp>
#include <tripwire/seam/invoke.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <unwind.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace tripwire::plugins {

namespace {

sockaddr *any(sockaddr_in &address) { return reinterpret_cast<sockaddr *>(&address); }

/// A socket that listens at a port of the loopback; -1 where there is none.
int listen_on_loopback(sockaddr_in &address) {
  address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener >= 0 && ::bind(listener, any(address), size) == 0 && ::listen(listener, SOMAXCONN) == 0 &&
      ::getsockname(listener, any(address), &size) == 0)
    return listener;
  if (listener >= 0)
    ::close(listener);
  return -1;
}

unsigned short start_nowhere() {
  sockaddr_in address{};
  const int listener = listen_on_loopback(address);
  if (listener < 0)
    return 0;
  std::thread([listener] {
    for (;;)
      if (const int taken = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); taken >= 0)
        ::close(taken);
      else if (errno != EINTR && errno != ECONNABORTED)
        return;
  }).detach();
  return ntohs(address.sin_port);
}

/// The URLs that the test's answers name.
struct Named {
  std::mutex mutex;
  std::vector<std::string> mocked;
  std::vector<std::string> passing;
};

bool is_mocked(const std::string &host, int port) {
  const auto named = plugin::state_of_test<Named>(http_plugin());
  const std::lock_guard<std::mutex> lock(named->mutex);
  const auto names = [&](const std::string &url) { return curl::names_host(url, "http", host, port, 80); };
  for (const std::string &url : named->passing)
    if (names(url))
      return false;
  for (const std::string &url : named->mocked)
    if (names(url))
      return true;
  return false;
}

int port_of(std::string_view service) {
  int port = 0;
  const auto read = std::from_chars(service.data(), service.data() + service.size(), port);
  if (read.ec == std::errc() && read.ptr == service.data() + service.size())
    return port;
  return service == "http" ? 80 : 0;
}

/// Seams that no wrapper stands for: what stands in for the types calls them. Connections may live as long as the
/// process, so they stay.
template <class Signature> seam::Slot &made_slot(std::string_view type, void (*fail)(void *) noexcept) {
  seam::SlotFacts facts{};
  facts.name = type;
  facts.symbol = type;
  facts.plugin = "http";
  facts.signature = seam::signature<Signature>();
  facts.failure = {"nothing", fail};
  auto *const kept = new seam::Slot(facts);
  new seam::Registration(*kept);
  return *kept;
}

} // namespace

unsigned short nowhere_port() {
  static const unsigned short port = start_nowhere();
  return port;
}

void note_named(std::string_view url, bool is_mock) {
  const auto named = plugin::state_of_test<Named>(http_plugin());
  const std::lock_guard<std::mutex> lock(named->mutex);
  (is_mock ? named->mocked : named->passing).emplace_back(url);
}

void on_resolve(plugin::Visit &visit) {
  const auto &host = *visit.argument_as<std::string>(0);
  const int port = port_of(*visit.argument_as<std::string>(1));
  const bool leads_nowhere = port != 0 && visit.in_sandbox() && is_mocked(host, port);
  visit.answer<unsigned short>(leads_nowhere ? nowhere_port() : 0);
}

// Declared for what stands in for types of Boost, in headers that include Boost and nothing of tripwire's.
struct HttpStep;
unsigned short http_port_of_mocked(const std::string &host, const std::string &service, const void *site);
bool http_stream_step(HttpStep &step, bool is_of_program);

unsigned short http_port_of_mocked(const std::string &host, const std::string &service, const void *site) {
  static seam::Slot &slot = made_slot<unsigned short(const std::string &, const std::string &)>(
      "boost::asio::ip::tcp::resolver", [](void *result) noexcept { ::new (result) unsigned short(0); });
  if (!slot.watched.load(std::memory_order_relaxed))
    return 0;
  const auto real = [](const std::string &, const std::string &) -> unsigned short { return 0; };
  return seam::detail::watched_call<seam::Refusal::answers, unsigned short, const std::string &, const std::string &>(
      host, service, slot, site, nullptr, real);
}

namespace {

/// Headers of the system, and those of what stands in for a type.
bool is_of_library(std::string_view file) {
  return file.empty() || file.rfind("/usr/", 0) == 0 || file.find("tripwire/plugins/http_") != std::string_view::npos;
}

/// Where the program calls the templates that have come to write to a stream; null where nothing says it.
const void *call_of_the_program() {
  const void *found = nullptr;
  _Unwind_Backtrace(
      [](_Unwind_Context *at, void *result) {
        const auto *address = reinterpret_cast<const void *>(_Unwind_GetIP(at));
        if (is_of_library(call_site(address).file) || call_site(address).function.rfind("tripwire::", 0) == 0)
          return _URC_NO_REASON;
        *static_cast<const void **>(result) = address;
        return _URC_END_OF_STACK;
      },
      &found);
  return found;
}

} // namespace

bool http_stream_step(HttpStep &step, bool is_of_program) {
  static seam::Slot &slot =
      made_slot<bool(void *)>("boost::beast::tcp_stream", [](void *result) noexcept { ::new (result) bool(false); });
  if (!slot.watched.load(std::memory_order_relaxed))
    return false;
  const auto real = [](void *) { return false; };
  const void *const site = is_of_program ? call_of_the_program() : nullptr;
  return seam::detail::watched_call<seam::Refusal::throws, bool, void *>(&step, slot, site, nullptr, real);
}

namespace {

std::atomic<void (*)(plugin::Visit &)> stream_handler{nullptr};

} // namespace

bool http_observe_streams(void (*run)(plugin::Visit &)) {
  stream_handler = run;
  return true;
}

void on_stream(plugin::Visit &visit) {
  if (auto *const run = stream_handler.load())
    return run(visit);
  if (visit.in_sandbox())
    http_cannot_see(visit, "bytes: one file of the test program has to include <tripwire/plugins/http_beast.hpp>");
  visit.answer<bool>(false);
}

bool http_leads_nowhere(int descriptor) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  return ::getpeername(descriptor, any(address), &size) == 0 && address.sin_family == AF_INET &&
         address.sin_addr.s_addr == htonl(INADDR_LOOPBACK) && ntohs(address.sin_port) == nowhere_port();
}

bool http_nowhere(int (&ends)[2]) {
  sockaddr_in address{};
  const int listener = listen_on_loopback(address);
  if (listener < 0)
    return false;
  ends[0] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool is_connected = ends[0] >= 0 && ::connect(ends[0], any(address), sizeof address) == 0;
  ends[1] = is_connected ? ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
  ::close(listener);
  if (ends[1] < 0 && ends[0] >= 0)
    ::close(ends[0]);
  return ends[1] >= 0;
}

} // namespace tripwire::plugins
