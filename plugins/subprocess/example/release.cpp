// A release: production code, without a word of tripwire.
#include "release.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <initializer_list>
#include <stdexcept>
#include <vector>

namespace release {

namespace {

/// Starts a program that reads \p input, and returns what it writes.
std::string run(std::initializer_list<const char *> words, const std::string &input, int &status) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipes");
  const pid_t child = fork();
  if (child == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    std::vector<char *> argv;
    for (const char *word : words)
      argv.push_back(const_cast<char *>(word));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  if (write(in[1], input.data(), input.size()) < 0)
    throw std::runtime_error("nothing written");
  close(in[1]);
  std::string text;
  char bytes[256];
  for (ssize_t count = 0; (count = read(out[0], bytes, sizeof bytes)) > 0;)
    text.append(bytes, static_cast<std::size_t>(count));
  close(out[0]);
  waitpid(child, &status, 0);
  return text;
}

} // namespace

std::string commit() {
  int status = 0;
  std::string text = run({"git", "rev-parse", "HEAD"}, "", status);
  if (status != 0)
    return {};
  text.pop_back();
  return text;
}

std::string sign(const std::string &text) {
  int status = 0;
  std::string signature = run({"gpg", "--detach-sign"}, text, status);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error("gpg has failed");
  return signature;
}

} // namespace release
