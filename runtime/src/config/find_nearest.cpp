// a folder --(find_nearest)--> the configuration that serves it.
#include <tripwire/config/configuration.hpp>

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace tripwire::config {

std::optional<std::string> find_nearest(const std::string &directory) {
  namespace fs = std::filesystem;
  const char *override = std::getenv("TRIPWIRE_CONFIG");
  if (override && *override)
    return std::string(override);
  std::error_code failed;
  fs::path folder = fs::absolute(directory.empty() ? "." : directory, failed).lexically_normal();
  if (failed)
    return std::nullopt;
  for (;;) {
    fs::path candidate = folder / "tripwire.yaml";
    if (fs::is_regular_file(candidate, failed))
      return candidate.string();
    fs::path parent = folder.parent_path();
    if (parent == folder)
      return std::nullopt;
    folder = parent;
  }
}

} // namespace tripwire::config
