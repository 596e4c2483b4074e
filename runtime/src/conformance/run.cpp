// the arguments of a conformance program --(run)--> its verdict, or the source of its lines to paste
#include "tripwire/plugin_conformance.hpp"

#include <cstdio>
#include <string_view>

namespace tripwire::conformance {

namespace {

int write_lines(const Subject &subject, const char *path) {
  const std::string source = pasted_source(subject);
  std::FILE *file = std::fopen(path, "wb");
  const bool is_open = file != nullptr;
  const bool is_written = is_open && std::fwrite(source.data(), 1, source.size(), file) == source.size();
  const bool is_closed = is_open && std::fclose(file) == 0;
  if (!is_written || !is_closed) {
    std::fprintf(stderr, "%s: error: cannot be written\n", path);
    return 2;
  }
  return 0;
}

} // namespace

int run(Subject subject, int count, char **arguments) {
  const std::string_view word = count == 3 ? arguments[1] : "";
  if (word == "--lines") {
    return write_lines(subject, arguments[2]);
  }
  if (word != "--manifest") {
    std::fprintf(stderr, "usage: %s --manifest SEAMS.YAML | --lines FILE\n", count > 0 ? arguments[0] : "conformance");
    return 2;
  }
  subject.manifest = arguments[2];
  const std::vector<Finding> broken = broken_promises(subject);
  for (const Finding &finding : broken) {
    std::printf("%s: error: plugin %s does not promise that %s%s\n%s", subject.place.file, subject.plugin.name(),
                finding.promise.c_str(), finding.use.empty() ? "" : (", by the use '" + finding.use + "'").c_str(),
                finding.text.c_str());
  }
  if (broken.empty()) {
    std::printf("plugin %s keeps its promises\n", subject.plugin.name());
  }
  return broken.empty() ? 0 : 1;
}

} // namespace tripwire::conformance
