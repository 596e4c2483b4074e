// the project's tripwire.yaml --> guard levels, sections of plugins
#ifndef TRIPWIRE_SRC_SETTINGS_HPP
#define TRIPWIRE_SRC_SETTINGS_HPP

#include "firewall/rule_stack.hpp"

#include "tripwire/config/configuration.hpp"
#include "tripwire/guard.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripwire::runtime {

/// A symbol that may be reached past its wrapper, and why.
struct AllowedLeak {
  std::string symbol;
  std::string reason;
  std::string file; ///< where the configuration says so
  int line = 0;
};

/// What the configuration says of run time. Read once, when first needed: the file that TRIPWIRE_CONFIG names, else the
/// one baked into the program. Without a file, the defaults.
class Settings {
public:
  static const Settings &instance();

  Guard guard_level(std::string_view plugin) const;
  /// The firewall's rules. When one of them cannot be honoured, there are none, and `problem` says why.
  const FileRules &rules() const noexcept { return rules_; }
  /// The values under a key of a plugin's own section; empty when there is none.
  std::vector<std::string> section(std::string_view plugin, std::string_view key) const;
  /// Whether what the real code of a call that is let through calls belongs to that call.
  bool has_layers() const noexcept { return has_layers_; }
  /// Whether the project names files of the plugin's layer.
  bool names_layer_of(std::string_view plugin) const;
  /// Whether the file is the plugin's own layer; \p headers are globs of headers as they are included.
  bool is_of_layer(std::string_view plugin, const std::vector<std::string> &headers, const std::string &file) const;
  /// For the report.
  const std::vector<AllowedLeak> &allowed_leaks() const noexcept { return allowed_leaks_; }
  /// The file; empty when there is none.
  const std::string &file() const noexcept { return file_; }
  /// Why the file cannot be used, as the text of a `ConfigurationError` which every test reports; empty when it can.
  const std::string &problem() const noexcept { return problem_; }

private:
  Settings();

  std::string file_;
  config::Configuration files_; ///< with the folder and the globs of the configuration
  bool has_layers_ = true;
  std::vector<AllowedLeak> allowed_leaks_;
  std::string problem_;
  FileRules rules_;
  Guard otherwise_ = Guard::error;
  std::map<std::string, Guard, std::less<>> plugins_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> sections_;
};

} // namespace tripwire::runtime

#endif
