// plugin folders --(plugin_folders)--> which plugins there are. The folder is the list.
#include "plugin_folders.hpp"

#include <filesystem>
#include <system_error>

namespace tripwire::config {

std::map<std::string, std::string> find_plugins(const std::vector<std::string> &folders, Log &log) {
  namespace fs = std::filesystem;
  std::map<std::string, std::string> plugins;
  for (const std::string &folder : folders) {
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
      fs::path manifest = at->path() / "seams.yaml";
      std::error_code absent;
      if (!fs::exists(manifest, absent))
        continue;
      auto [first, is_new] = plugins.emplace(at->path().filename().string(), manifest.string());
      if (!is_new && !fs::equivalent(first->second, manifest, absent))
        log.error({manifest.string(), 0, 0}, "a second plugin named '" + first->first + '\'',
                  {{{first->second, 0, 0}, "the first is here"}});
    }
  }
  return plugins;
}

} // namespace tripwire::config
