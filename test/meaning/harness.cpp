// `program COUNTS` --> each form's output, and to the file COUNTS: `form by symbol calls` for the library and for the
// wrappers
#include "counts.hpp"
#include "forms/form.h"

#include <cstdio>
#include <fstream>

namespace {

std::map<std::string, void (*)()> &forms() {
  static std::map<std::string, void (*)()> added;
  return added;
}

void write(std::ofstream &file, const std::string &form) {
  for (const auto &[symbol, calls] : take_library_counts())
    file << form << " library " << symbol << ' ' << calls << '\n';
  if (&take_wrapper_counts != nullptr)
    for (const auto &[symbol, calls] : take_wrapper_counts())
      file << form << " wrappers " << symbol << ' ' << calls << '\n';
}

} // namespace

extern "C" void form_add(const char *name, void (*form)()) { forms()[name] = form; }

int main(int, char **words) {
  std::ofstream file(words[1]);
  write(file, "before_main");
  for (const auto &[name, form] : forms()) {
    std::printf("%s: ", name.c_str());
    try {
      form();
    } catch (...) {
      std::printf("left by an exception");
    }
    std::printf("\n");
    std::fflush(stdout);
    write(file, name);
    file.flush();
  }
}
