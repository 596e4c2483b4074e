// tripwire::subprocess: what the processes do that the program starts, and what it started
//
//   tripwire::subprocess.mock_run({"git", "rev-parse", "HEAD"}).stdout("c0ffee\n");
//   {
//     tripwire::Sandbox sandbox;
//     build();
//   }
//   tripwire::subprocess.assert_run({"git", "rev-parse", "HEAD"}).stdout("c0ffee\n").exited(0);
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/process.hpp>
#include <tripwire/plugins/process_mock.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

namespace tripwire::plugins {

/// What a process does.
class SubprocessRun : public ProcessWords<SubprocessRun> {
public:
  using ProcessWords::ProcessWords;
};

/// Real processes, and real searches.
class SubprocessPassThrough : public plugin::MockWords<SubprocessPassThrough> {
public:
  using MockWords::MockWords;
};

/// What a search for a program finds.
class SubprocessWhich : public plugin::MockWords<SubprocessWhich> {
public:
  using MockWords::MockWords;
};

/// Where a program is, or `nullptr` when it is nowhere; a path may be a matcher.
class SubprocessPath {
public:
  SubprocessPath(std::nullptr_t) : matcher_(matcher_for<std::string>("")) {} // NOLINT: stands for what is said
  template <class T, std::enable_if_t<!std::is_same_v<T, std::nullptr_t>, int> = 0>
  SubprocessPath(const T &path) : matcher_(matcher_for<std::string>(path)) {} // NOLINT: stands for what is said

  const Matcher &matcher() const noexcept { return matcher_; }

private:
  Matcher matcher_;
};

/// The plugin's words. Has no state: everything belongs to the current test.
class Subprocess {
public:
  /// A process with that command: `{"git", "push"}`, or `"git push | tail"` for what a shell is given.
  SubprocessRun &mock_run(const ProcessExpected &command, Place place = Place::here()) const;
  /// A search of PATH for that program finds it there, or nowhere: `nullptr`. A search that nothing answers finds
  /// nothing, and must be asserted.
  SubprocessWhich mock_which(const std::string &name, std::nullptr_t, Place place = Place::here()) const {
    return add_which(name, "", place);
  }
  SubprocessWhich mock_which(const std::string &name, const std::string &path, Place place = Place::here()) const {
    return add_which(name, path, place);
  }
  /// Such processes are really started, recorded, and must be asserted.
  SubprocessPassThrough &pass_through(const ProcessExpected &command, Place place = Place::here()) const;
  /// Searches for that program are real.
  SubprocessPassThrough pass_through_which(const ProcessText &name, Place place = Place::here()) const;

  /// The next process that was started; what is said behind it checks it.
  ProcessAssertion assert_run(const ProcessExpected &command, Place place = Place::here()) const;
  /// The program looked for \p name and found \p path, or nothing: `nullptr`.
  void assert_which(const ProcessText &name, const SubprocessPath &path, Place place = Place::here()) const;

private:
  SubprocessWhich add_which(const std::string &name, const std::string &path, Place place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Subprocess subprocess{};

} // namespace tripwire

#endif
