// Makes a case one line: text in, what is wrong with it out.
#ifndef TRIPWIRE_TEST_CONFIG_READING_HPP
#define TRIPWIRE_TEST_CONFIG_READING_HPP

#include <tripwire/config/configuration.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace reading {

namespace config = tripwire::config;
namespace fs = std::filesystem;

/// A folder of its own that goes when it does.
class Folder {
public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "tripwire-config-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  std::string path(const std::string &below = "") const {
    return below.empty() ? path_.string() : (path_ / below).string();
  }

  std::string write(const std::string &below, const std::string &text) const {
    fs::create_directories((path_ / below).parent_path());
    std::ofstream(path_ / below, std::ios::binary) << text;
    return path(below);
  }

private:
  fs::path path_;
};

/// Two plugins that are on unless they are turned off, and one that is on only when it is named.
inline Folder &plugins() {
  static Folder folder;
  static const bool written = [] {
    folder.write("http/seams.yaml",
                 "version: 1\nplugin: http\nrequest: {host: host, port: port, scheme: word, path: path, method: word}\nschemes: {http: 80, https: "
                 "443}\noptions: {require_response: boolean, retries: integer, hosts: list}\n"
                 "seams:\n  - function: curl_easy_init\n  - function: curl_easy_perform\n");
    folder.write("sqlite/seams.yaml", "version: 1\nplugin: sqlite\nseams:\n  - function: sqlite3_open\n");
    folder.write("file_io/seams.yaml", "version: 1\nplugin: file_io\nopt_in: true\nseams:\n  - function: fopen\n");
    return true;
  }();
  static_cast<void>(written);
  return folder;
}

/// More plugins that are on only when they are named, for rules of the firewall.
inline Folder &more_plugins() {
  static Folder folder;
  static const bool written = [] {
    folder.write("dns/seams.yaml", "version: 1\nplugin: dns\nopt_in: true\nrequest: {hostname: host, port: port}\nseams: []\n");
    folder.write("subprocess/seams.yaml",
                 "version: 1\nplugin: subprocess\nopt_in: true\nrequest: {binary: program}\nseams: []\n");
    return true;
  }();
  static_cast<void>(written);
  return folder;
}

inline config::Read<config::Configuration> read(const std::string &text) {
  return config::load_text(text, "tripwire.yaml", {plugins().path()});
}

inline std::string all(const std::vector<config::Diagnostic> &diagnostics) {
  std::string out;
  for (const config::Diagnostic &diagnostic : diagnostics)
    out += config::text(diagnostic);
  return out;
}

/// Everything that is wrong with a configuration; a value must be there exactly when that holds no error.
inline std::string wrong(const std::string &text) {
  config::Read<config::Configuration> read = reading::read(text);
  std::string out = all(read.diagnostics);
  EXPECT_EQ(read.value.has_value(), out.find(": error: ") == std::string::npos) << out;
  return out;
}

/// The same, for what follows the first line `version: 1`.
inline std::string wrong_in(const std::string &text) { return wrong("version: 1\n" + text); }

/// The configuration, which must be right.
inline config::Configuration right(const std::string &text) {
  config::Read<config::Configuration> read = reading::read(text);
  EXPECT_TRUE(read.value) << all(read.diagnostics);
  EXPECT_EQ(all(read.diagnostics), "");
  return read.value ? *read.value : config::Configuration{};
}

/// The only seam of `seams:`, given as the lines of its entry.
inline config::Seam seam(const std::string &entry) {
  config::Configuration configuration = right("version: 1\nplugins: []\nseams:\n  - " + entry + "\n");
  EXPECT_EQ(configuration.seams.size(), 1U);
  return configuration.seams.empty() ? config::Seam{} : configuration.seams.front();
}

/// What is wrong with the only seam of `seams:`.
inline std::string wrong_seam(const std::string &entry) {
  return wrong("version: 1\nplugins: []\nseams:\n  - " + entry + "\n");
}

} // namespace reading

#endif
