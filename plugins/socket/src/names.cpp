#include "names.hpp"

#include <cstring>
#include <utility>

namespace tripwire::plugins {

const char *name_of(SocketOperation operation) noexcept {
  switch (operation) {
  case SocketOperation::connect:
    return "connect";
  case SocketOperation::bind:
    return "bind";
  case SocketOperation::listen:
    return "listen";
  case SocketOperation::accept:
    return "accept";
  case SocketOperation::send:
    return "send";
  case SocketOperation::recv:
    return "recv";
  case SocketOperation::shutdown:
    return "shutdown";
  case SocketOperation::close:
    return "close";
  }
  return "";
}

std::string name_of(SocketFlags flags) {
  static constexpr std::pair<int, const char *> names[] = {
      {MSG_OOB, "MSG_OOB"},           {MSG_PEEK, "MSG_PEEK"},         {MSG_DONTROUTE, "MSG_DONTROUTE"},
      {MSG_TRUNC, "MSG_TRUNC"},       {MSG_DONTWAIT, "MSG_DONTWAIT"}, {MSG_EOR, "MSG_EOR"},
      {MSG_WAITALL, "MSG_WAITALL"},   {MSG_CONFIRM, "MSG_CONFIRM"},   {MSG_ERRQUEUE, "MSG_ERRQUEUE"},
      {MSG_NOSIGNAL, "MSG_NOSIGNAL"}, {MSG_MORE, "MSG_MORE"},         {MSG_CMSG_CLOEXEC, "MSG_CMSG_CLOEXEC"}};
  int value = static_cast<int>(flags);
  std::string text;
  for (const auto &[bit, name] : names)
    if ((value & bit) != 0) {
      text += (text.empty() ? "" : " | ") + std::string(name);
      value &= ~bit;
    }
  if (value != 0 || text.empty())
    text += (text.empty() ? "" : " | ") + std::to_string(value);
  return text;
}

std::string name_of(SocketHow how) {
  switch (static_cast<int>(how)) {
  case SHUT_RD:
    return "SHUT_RD";
  case SHUT_WR:
    return "SHUT_WR";
  case SHUT_RDWR:
    return "SHUT_RDWR";
  default:
    return std::to_string(static_cast<int>(how));
  }
}

std::string name_of_socket_error(int error) {
  if (error == EAGAIN) // which is EWOULDBLOCK, too
    return "EAGAIN";
  const char *name = strerrorname_np(error);
  return name == nullptr ? std::to_string(error) : name;
}

void tripwire_print(seam::Out &out, SocketOperation operation) { out.put(name_of(operation)); }
void tripwire_print(seam::Out &out, SocketFlags flags) { out.put(name_of(flags)); }
void tripwire_print(seam::Out &out, SocketHow how) { out.put(name_of(how)); }

} // namespace tripwire::plugins
