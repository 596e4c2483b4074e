// A folder of a test's own, to which the test moves, and commands that run in it.
#pragma once

#include "gtest/gtest.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace tripwire::tool {

/// How a command line of the shell ended, and all that it printed.
struct ShellResult {
  int status = 0;
  std::string output;
};

/// The test runs in a fresh folder, which goes afterwards.
class WorkspaceTest : public testing::Test {
protected:
  WorkspaceTest() : before_(std::filesystem::current_path()) {
    std::string name =
        (std::filesystem::temp_directory_path() / "tripwire test XXXXXX").string(); // with a space, on purpose
    if (mkdtemp(name.data()) == nullptr)
      std::abort();
    folder_ = name;
    std::filesystem::current_path(folder_);
    setenv("TRIPWIRE_CACHE_DIR", (folder_ / "cache of answers").c_str(), 1);
  }
  ~WorkspaceTest() override {
    std::filesystem::current_path(before_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] const std::filesystem::path &folder() const { return folder_; }

  static void write(const std::filesystem::path &file, const std::string &text) {
    if (file.has_parent_path())
      std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  static std::string read(const std::filesystem::path &file) {
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  static bool exists(const std::filesystem::path &file) { return std::filesystem::exists(file); }

  /// Standard output and standard error together, as they came.
  static ShellResult shell(const std::string &command) {
    ShellResult result;
    FILE *pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
    char buffer[4096];
    while (const std::size_t count = fread(buffer, 1, sizeof buffer, pipe))
      result.output.append(buffer, count);
    const int status = pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
  }

  /// Names in a folder, sorted; the cache of answers is left out.
  static std::vector<std::string> names_in(const std::filesystem::path &where) {
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(where))
      if (entry.path().filename() != "cache of answers")
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

private:
  std::filesystem::path before_;
  std::filesystem::path folder_;
};

/// A test that holds for both compilers.
class BothCompilers : public WorkspaceTest, public testing::WithParamInterface<std::string> {
protected:
  [[nodiscard]] static std::string compiler() { return GetParam(); }
  [[nodiscard]] static bool is_gcc() { return GetParam() == TRIPWIRE_TEST_GXX; }
};

inline std::string name_of_compiler(const testing::TestParamInfo<std::string> &info) {
  return info.param == TRIPWIRE_TEST_GXX ? "gcc" : "clang";
}

#define TRIPWIRE_WITH_BOTH_COMPILERS(suite)                                                                            \
  INSTANTIATE_TEST_SUITE_P(, suite, testing::Values(TRIPWIRE_TEST_GXX, TRIPWIRE_TEST_CLANGXX), name_of_compiler)

} // namespace tripwire::tool
