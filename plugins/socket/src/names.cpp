#include "names.hpp"

#include <tripwire/plugin_names.hpp>

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
  static constexpr plugin::Named names[] = {
      {MSG_OOB, "MSG_OOB"},           {MSG_PEEK, "MSG_PEEK"},         {MSG_DONTROUTE, "MSG_DONTROUTE"},
      {MSG_TRUNC, "MSG_TRUNC"},       {MSG_DONTWAIT, "MSG_DONTWAIT"}, {MSG_EOR, "MSG_EOR"},
      {MSG_WAITALL, "MSG_WAITALL"},   {MSG_CONFIRM, "MSG_CONFIRM"},   {MSG_ERRQUEUE, "MSG_ERRQUEUE"},
      {MSG_NOSIGNAL, "MSG_NOSIGNAL"}, {MSG_MORE, "MSG_MORE"},         {MSG_CMSG_CLOEXEC, "MSG_CMSG_CLOEXEC"}};
  return plugin::names_of_bits(static_cast<int>(flags), names);
}

std::string name_of(SocketHow how) {
  static constexpr plugin::Named names[] = {{SHUT_RD, "SHUT_RD"}, {SHUT_WR, "SHUT_WR"}, {SHUT_RDWR, "SHUT_RDWR"}};
  return plugin::name_of_number(static_cast<int>(how), names);
}

void tripwire_print(seam::Out &out, SocketOperation operation) { out.put(name_of(operation)); }
void tripwire_print(seam::Out &out, SocketFlags flags) { out.put(name_of(flags)); }
void tripwire_print(seam::Out &out, SocketHow how) { out.put(name_of(how)); }

} // namespace tripwire::plugins
