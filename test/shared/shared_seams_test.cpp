// One program, two plugins that name read, write and close: each call goes to the plugin that owns the descriptor.
#include <gtest/gtest.h>

#include <tripwire/plugins/file_io.hpp>
#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace {

std::string read_from(int descriptor) {
  char room[16];
  const ssize_t got = read(descriptor, room, sizeof room);
  return got < 0 ? "error " + std::to_string(errno) : std::string(room, static_cast<std::size_t>(got));
}

int dial() {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(80);
  inet_pton(AF_INET, "192.0.2.7", &to.sin_addr);
  return connect(descriptor, reinterpret_cast<sockaddr *>(&to), sizeof to) == 0 ? descriptor : -1;
}

TEST(SharedSeams, ReadWriteAndCloseGoToThePluginThatOwnsTheDescriptor) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  tripwire::file_io.mock_file("/etc/garden.conf", "beds=4\n");
  tripwire::socket.mock_connect("192.0.2.7", 80).expect_send("4 beds").expect_recv("grown").expect_close();
  {
    const tripwire::Sandbox sandbox;
    const int file = open("/etc/garden.conf", O_RDONLY);
    const int connection = dial();
    EXPECT_EQ(read_from(file), "beds=4\n");
    EXPECT_EQ(write(connection, "4 beds", 6), 6);
    EXPECT_EQ(read_from(connection), "grown");
    EXPECT_EQ(write(ends[1], "nobody's", 8), 8);
    EXPECT_EQ(read_from(ends[0]), "nobody's");
    for (const int descriptor : {connection, file, ends[0], ends[1]})
      EXPECT_EQ(close(descriptor), 0);
  }
  tripwire::file_io.assert_open("/etc/garden.conf", O_RDONLY);
  tripwire::socket.assert_connect("192.0.2.7", 80);
  tripwire::file_io.assert_read("/etc/garden.conf", "beds=4\n");
  tripwire::socket.assert_send("4 beds");
  tripwire::socket.assert_recv(16, "grown");
  tripwire::socket.assert_close();
  tripwire::file_io.assert_close("/etc/garden.conf");
}

} // namespace
