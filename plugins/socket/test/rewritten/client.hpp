// A program that speaks over sockets, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_SOCKET_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_SOCKET_TEST_CLIENT_HPP

#include <sys/socket.h>

#include <cstddef>
#include <string>

namespace client {

int open_socket(int domain = AF_INET, int type = SOCK_STREAM);
/// 0, or the errno.
int connect_to(int descriptor, const std::string &host, int port);
int connect_to_path(int descriptor, const std::string &path);
int bind_to_path(int descriptor, const std::string &path);
int bind_to(int descriptor, const std::string &host, int port);
int listen_on(int descriptor);
int accept_from(int descriptor);
/// Connects or ends in -1.
int dial(const std::string &host, int port);

ssize_t send_text(int descriptor, const std::string &text, int flags = 0);
/// What came, or `error EAGAIN`'s number.
std::string recv_text(int descriptor, std::size_t size, int flags = 0);
ssize_t write_text(int descriptor, const std::string &text);
std::string read_text(int descriptor, std::size_t size);
/// In two pieces, by `sendmsg` and `recvmsg`.
ssize_t send_pieces(int descriptor, const std::string &one, const std::string &other);
std::string recv_pieces(int descriptor, std::size_t one, std::size_t other);
/// One byte, and ancillary data of that type beside it, such as SCM_RIGHTS; the second of two messages.
int send_with(int descriptor, int type);
int send_two_with(int descriptor, int type);
/// What came, with room for ancillary data: `x and 0 bytes, flags 0`.
std::string recv_with(int descriptor);
ssize_t send_text_to_path(int descriptor, const std::string &text, const std::string &path);
ssize_t send_text_to(int descriptor, const std::string &text, const std::string &host, int port);
/// `text from 192.0.2.7:53`
std::string recv_text_from(int descriptor, std::size_t size);

/// The peer, or this end, as `192.0.2.7:80`.
std::string peer_of(int descriptor);
std::string own_of(int descriptor);
void close_socket(int descriptor);

/// Connects, sends, reads as much again, closes: what the server said, or `error`.
std::string exchange(const std::string &host, int port, const std::string &text);

/// Where nothing can be thrown.
int connect_quietly(int descriptor) noexcept;

} // namespace client

extern "C" {
/// -1 when the connection was refused.
int c_dial(const char *host, int port);
}

#endif
