// The prompt of a shell: production code, without a word of tripwire.
#include "prompt.hpp"

#include <cstdio>

namespace prompt {

std::string text() {
  std::FILE *git = popen("git branch --show-current", "r");
  if (git == nullptr)
    return "> ";
  char branch[80] = "";
  const bool is_read = std::fscanf(git, "%79s", branch) == 1;
  return pclose(git) == 0 && is_read ? std::string(branch) + "> " : "> ";
}

bool copy(const std::string &text) {
  std::FILE *clipboard = popen("xclip -selection clipboard", "w");
  if (clipboard == nullptr)
    return false;
  std::fputs(text.c_str(), clipboard);
  return pclose(clipboard) == 0;
}

} // namespace prompt
