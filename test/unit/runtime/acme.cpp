// The real acme. Real calls leave a trace in `real_calls`, by which a test sees that they were made.
#include "acme.hpp"
#include "real_calls.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

std::atomic<int> real_calls{0};

extern "C" {

acme_status acme_charge(const char *account, long cents, acme_receipt *receipt) {
  ++real_calls;
  if (receipt != nullptr) {
    std::snprintf(receipt->id, sizeof receipt->id, "real_%s", account);
    receipt->cents = cents;
  }
  errno = ENOENT;
  return ACME_OK;
}

long acme_send(const void *, size_t size, int) {
  ++real_calls;
  return static_cast<long>(size);
}

long acme_receive(void *buffer, size_t size) {
  ++real_calls;
  const size_t count = size < 4 ? size : 4;
  std::memcpy(buffer, "real", count);
  return static_cast<long>(count);
}

int acme_log(const char *format, ...) {
  ++real_calls;
  va_list arguments;
  va_start(arguments, format);
  char line[128];
  const int count = std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  return count;
}

void acme_close(int) { ++real_calls; }

int acme_login(const char *, const char *) {
  ++real_calls;
  return 1;
}

__attribute__((noinline)) int acme_plain(int a, const void *, size_t c) {
  real_calls.store(real_calls.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  return a + static_cast<int>(c);
}
}

namespace acme {

int send(std::string_view text) {
  ++real_calls;
  if (text == "bad") {
    throw std::runtime_error("bad text");
  }
  return static_cast<int>(text.size());
}

int send(int number) {
  ++real_calls;
  return number;
}

std::string greet(const std::string &name) {
  ++real_calls;
  return "hello " + name;
}

std::unique_ptr<int> give(std::unique_ptr<int> taken) {
  ++real_calls;
  return taken;
}

int &counter() {
  static int number = 7;
  ++real_calls;
  return number;
}

void swap_in(std::vector<std::unique_ptr<int>>) { ++real_calls; }

int quiet(int number) noexcept {
  ++real_calls;
  return number + 1;
}

Level level_of(Level level) {
  ++real_calls;
  return level;
}

Pinned pin(int number) {
  ++real_calls;
  return Pinned(number);
}

void give_up(int code) { std::_Exit(code); }

int Client::charge(int cents) {
  ++real_calls;
  return number_ + cents;
}

int Client::charge(std::string_view text) const {
  ++real_calls;
  return number_ + static_cast<int>(text.size());
}

int Client::count(int from) {
  ++real_calls;
  return from + 1;
}

} // namespace acme
