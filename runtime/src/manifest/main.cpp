// tripwire-manifest SEAMS.YAML OUT.CPP: a plugin's manifest --> the tables of it that the plugin links
#include "tables.hpp"

#include <cstdio>
#include <fstream>

namespace {

bool write(const char *path, const std::string &text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  return static_cast<bool>(file.flush());
}

} // namespace

int main(int count, char **words) {
  if (count != 3) {
    std::fputs("usage: tripwire-manifest SEAMS.YAML OUT.CPP\n", stderr);
    return 2;
  }
  const tripwire::config::Read<tripwire::config::Plugin> read = tripwire::config::load_manifest(words[1], {});
  for (const tripwire::config::Diagnostic &diagnostic : read.diagnostics) {
    std::fputs(text(diagnostic).c_str(), stderr);
  }
  if (!read.value) {
    return 1;
  }
  if (!write(words[2], tripwire::manifest::manifest_tables(*read.value))) {
    std::fprintf(stderr, "%s: error: cannot be written\n", words[2]);
    return 1;
  }
  return 0;
}
