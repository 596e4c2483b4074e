// tripwire.yaml and the plugins' seams.yaml as plain values. Nothing here throws or prints; everything is safe to call
// from any thread.
#ifndef TRIPWIRE_CONFIG_CONFIGURATION_HPP
#define TRIPWIRE_CONFIG_CONFIGURATION_HPP

#include <tripwire/config/diagnostic.hpp>
#include <tripwire/config/field_kind.hpp>
#include <tripwire/config/machine.hpp>
#include <tripwire/config/rule.hpp>
#include <tripwire/config/seam.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

/// A piece of text and where it stands.
struct Text {
  std::string value;
  Place place;
};

/// The library a plugin stands in front of. Every member may be empty.
struct Library {
  std::string package;  ///< Debian's name
  std::string header;   ///< as it is included
  std::string versions; ///< a range, as the plugin's author wrote it
};

/// What the plugin's own section of tripwire.yaml may say under one key.
enum class OptionType { boolean, integer, text, list };

/// An entry of `request` in a manifest: what the firewall can match on.
struct RequestField {
  std::string name;
  FieldKind kind = FieldKind::text;
};

/// One plugin's manifest: `NAME/seams.yaml`.
struct Plugin {
  std::string name;
  std::string summary;
  std::string file; ///< its seams.yaml, below the plugin folder as the caller spelled that
  Library library;
  bool safe = false;                  ///< letting a call through outside a sandbox does no harm
  bool opt_in = false;                ///< on only when the project names it
  bool named = false;                 ///< the project names it in `plugins:`; so a missing library is an error
  Place named_at;                     ///< where, when it does
  std::vector<RequestField> request;
  std::map<std::string, int> schemes; ///< of the URLs that its rules may be written as, and their own ports
  std::vector<std::string> fields;    ///< what an assertion names
  std::map<std::string, OptionType> options;
  std::vector<std::string> layer; ///< globs of the library's own headers, as they are included
  std::vector<Seam> seams;
  std::vector<Machine> machines;
};

enum class Level { error, warn, off };

struct Guard {
  Level otherwise = Level::error;
  std::map<std::string, Level> plugins; ///< only those that the project sets
};

/// The rules for tests of some files.
struct FileRules {
  Text glob; ///< relative to the configuration's folder
  std::vector<Rule> allow;
  std::vector<Rule> deny;
};

/// The firewall's rules as written. With the manifests read, each of them names a known plugin and its fields.
struct Firewall {
  std::vector<Rule> allow;
  std::vector<Rule> deny;
  std::vector<FileRules> files; ///< in the order of the file
};

/// Whether the calls of a library's own code are watched while a call of the library is let through.
enum class Layers {
  outer, ///< they belong to that call
  both   ///< they are calls like any other
};

/// Files of the project whose code is a library's own.
struct LayerFiles {
  std::string plugin;
  std::vector<Text> files; ///< globs, relative to the configuration's folder
  Place place;
};

/// One key of a plugin's own section.
struct Setting {
  std::string key;
  std::vector<std::string> values; ///< one, unless it is a list
  bool is_list = false;
  Place place;       ///< of the key
  Place value_place; ///< of the value
};

/// `http: {require_response: true}`
struct Section {
  std::string plugin;
  Place place;
  std::vector<Setting> settings;
};

/// An undefined symbol that the proof lets pass.
struct AllowedLeak {
  std::string symbol;
  std::string reason;
  Place place;
};

struct Configuration {
  std::string file;   ///< as the caller spelled it
  std::string folder; ///< absolute, symbolic links resolved: what the globs are relative to
  int version = 1;
  std::vector<Plugin> plugins; ///< those that are on, in the order of `plugins:`, else by name
  std::vector<Text> include;   ///< globs; none: every file is meant, wherever it stands
  std::vector<Text> exclude;
  std::vector<Text> by_symbol;   ///< globs of the files whose units are compiled without a parse: `mode: symbol`
  std::vector<Seam> seams;       ///< the project's own, then those of each plugin
  std::vector<Machine> machines; ///< the same; names are unique
  Guard guard;
  Firewall firewall;
  std::vector<Section> sections;
  std::vector<AllowedLeak> allow_undefined;
  Layers layers = Layers::outer;
  std::vector<LayerFiles> layer_files;
  std::vector<std::string> known_plugins; ///< every plugin in the folders, by name
  std::vector<std::string> files; ///< every file that was read: a change of one is a change of the configuration
  std::uint64_t fingerprint = 0;  ///< of what those files say; the same on every machine and in every folder
};

/// What load() does about plugins.
enum class Manifests {
  read, ///< read each plugin's seams.yaml; an unknown plugin is an error
  leave ///< leave them: plugins, guard and sections keep their names unchecked, and `plugins` holds names only
};

/// Reads \p file and the manifests of the plugins it turns on. Each of \p plugin_folders holds one folder per plugin;
/// when two hold one of the same name, that is an error.
Read<Configuration> load(const std::string &file, const std::vector<std::string> &plugin_folders,
                         Manifests manifests = Manifests::read);

/// The same, from text that stands for \p file; the file itself is not opened.
Read<Configuration> load_text(const std::string &text, const std::string &file,
                              const std::vector<std::string> &plugin_folders, Manifests manifests = Manifests::read);

/// Reads one manifest. Its name must be \p name unless that is empty.
Read<Plugin> load_manifest(const std::string &file, const std::string &name);

/// The same, from text that stands for \p file.
Read<Plugin> load_manifest_text(const std::string &text, const std::string &file, const std::string &name);

/// The configuration that serves \p directory: what TRIPWIRE_CONFIG names when it is set and not empty (whether or not
/// that file exists), else the nearest `tripwire.yaml` upwards. Absent when there is none.
std::optional<std::string> find_nearest(const std::string &directory);

/// Whether the file at \p path (absolute, or relative to the working directory) is in the project's `instrument:`
/// globs; without an include glob every file is, except those that are excluded. The path counts as spelled and with
/// its symbolic links resolved: one of both must be included, neither may be excluded.
bool instrumented(const Configuration &configuration, const std::string &path);

/// Whether the unit of the source at \p path is compiled without a parse: a glob of `units:` with `mode: symbol` names
/// it, as spelled or with its symbolic links resolved.
bool compiled_by_symbol(const Configuration &configuration, const std::string &path);

/// The same for a system header: an include glob has to name it, spelled as it is.
bool instrumented_by_name(const Configuration &configuration, const std::string &path);

/// Whether the file at \p path is \p plugin's own layer: the project names it in `layers:`, or it stands outside of the
/// project's folder and ends as one of \p headers, globs of headers as they are included.
bool is_of_layer(const Configuration &configuration, const std::string &plugin, const std::vector<std::string> &headers,
                 const std::string &path);

/// Whether a path glob names \p path, both with `/`, both relative or both absolute. `*` and `?` stay within one
/// folder, `**` spans any number of them; a glob whose last part has no wildcard also names everything below it.
bool path_matches(const std::string &glob, const std::string &path);

/// The include and exclude globs that no file answers to: an error for an include, a warning for an exclude. Walks the
/// folder, but neither version control's folders nor build trees, and gives up without a word on a tree too large to
/// walk.
std::vector<Diagnostic> unmatched_globs(const Configuration &configuration);

} // namespace tripwire::config

#endif
