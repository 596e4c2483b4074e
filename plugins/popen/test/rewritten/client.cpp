#include "client.hpp"

namespace client {

std::FILE *open(const std::string &command, const char *mode) { return popen(command.c_str(), mode); }
int close(std::FILE *stream) { return pclose(stream); }

std::string read_from(const std::string &command, int &status) {
  std::string text;
  std::FILE *stream = popen(command.c_str(), "r");
  if (stream == nullptr)
    return "(no process)";
  for (int letter = std::fgetc(stream); letter != EOF; letter = std::fgetc(stream))
    text += static_cast<char>(letter);
  status = pclose(stream);
  return text;
}

int write_to(const std::string &command, const std::string &text) {
  std::FILE *stream = popen(command.c_str(), "w");
  if (stream == nullptr)
    return -1;
  std::fwrite(text.data(), 1, text.size(), stream);
  return pclose(stream);
}

} // namespace client
