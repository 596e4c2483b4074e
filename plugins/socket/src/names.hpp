// constants of sockets --(names)--> the words a programmer knows them by, which are C++
#ifndef TRIPWIRE_PLUGINS_SOCKET_NAMES_HPP
#define TRIPWIRE_PLUGINS_SOCKET_NAMES_HPP

#include <tripwire/plugins/socket.hpp>

#include <string>

namespace tripwire::plugins {

const char *name_of(SocketOperation operation) noexcept;
/// `MSG_PEEK | MSG_DONTWAIT`; `0` when there are none.
std::string name_of(SocketFlags flags);
std::string name_of(SocketHow how);

} // namespace tripwire::plugins

#endif
