#include "transport.hpp"

#include <sys/socket.h>

namespace transport {

void tune(int socket) {
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

} // namespace transport
