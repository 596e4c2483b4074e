// setenv, putenv, unsetenv and clearenv --(Environment)--> what getenv hands out afterwards
#ifndef TRIPWIRE_PLUGINS_ENV_ENVIRONMENT_HPP
#define TRIPWIRE_PLUGINS_ENV_ENVIRONMENT_HPP

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

class EnvMock;

/// The text as `getenv` hands it out. It lives until the process ends, since programs keep what they got; equal texts
/// are one.
char *kept_text(std::string_view text);

/// What one test's environment holds beyond the real one: what the program has changed, and what the test states.
/// Thread-safe.
class Environment {
public:
  /// Whether it was the program that last said what the variable holds.
  bool is_changed(const std::string &name) const;
  /// What `getenv` hands out of a changed variable; null when it is not set.
  char *changed(const std::string &name) const;
  /// Whether the variable is set, as far as anybody has said: if not by the program, by the test.
  bool is_set(const std::string &name) const;

  void set(const std::string &name, std::string_view value);
  /// \p text, `NAME=value`, stays the program's: the value is what stands there when it is read.
  void put(const std::string &name, char *text);
  void unset(const std::string &name);
  void clear();

  /// The test says what the variable of \p mock holds. What was said of it before holds no more.
  void stated(const std::string &name, EnvMock &mock);

private:
  struct Change {
    char *value = nullptr; ///< null: it is not set
    bool is_put = false;   ///< the value stands behind the sign of equality
  };
  bool has_changed(const std::string &name) const;

  mutable std::mutex mutex_;
  std::map<std::string, Change> changes_;
  bool is_cleared_ = false;
  std::set<std::string> stated_since_; ///< by the test, after all was cleared
  std::multimap<std::string, EnvMock *> statements_;
};

} // namespace tripwire::plugins

#endif
