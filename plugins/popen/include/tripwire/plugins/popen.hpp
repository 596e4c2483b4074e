// tripwire::popen: what the processes do that the program reads from, or writes to, by a stream
//
//   tripwire::popen.new_session("git branch --show-current").stdout("main\n");
//   {
//     tripwire::Sandbox sandbox;
//     show_prompt();
//   }
//   tripwire::popen.assert_spawn("git branch --show-current", "r");
//   tripwire::popen.assert_wait().stdout("main\n").exited(0);
#ifndef TRIPWIRE_PLUGINS_POPEN_HPP
#define TRIPWIRE_PLUGINS_POPEN_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugins/process.hpp>
#include <tripwire/plugins/process_mock.hpp>

#include <string_view>

namespace tripwire::plugins {

class PopenSpawnMock;

/// What becomes of one process: the program starts it, reads or writes its stream, and waits for it. Both have to
/// happen. Lives as long as the test.
class PopenSession {
public:
  explicit PopenSession(PopenSpawnMock &mock) : mock_(&mock) {}

  /// What it writes. A program that reads gets it by the stream; the output of others, and what goes to standard error,
  /// is the test program's own.
  PopenSession &stdout(std::string_view bytes);
  PopenSession &stderr(std::string_view bytes);
  /// How it ends; 0 unless told.
  PopenSession &exit_code(int code);
  PopenSession &signal(int number);
  /// It cannot be started: `EMFILE`, `EAGAIN`. Nobody waits for it then.
  PopenSession &fails(int error);
  /// It may stay unstarted. Once it is started, the program has to wait for it.
  PopenSession &optional();

private:
  PopenSpawnMock *mock_;
};

/// An assertion of an end, in the making. Nothing is checked before its last step: `exited`, `killed` or `raised`.
class [[nodiscard]] PopenWaitAssertion {
public:
  explicit PopenWaitAssertion(Place place);

  /// All that the program wrote to the stream.
  PopenWaitAssertion &stdin(const ProcessText &expected) { return field("stdin", expected.matcher()); }
  /// What the process wrote.
  PopenWaitAssertion &stdout(const ProcessText &expected) { return field("stdout", expected.matcher()); }
  PopenWaitAssertion &stderr(const ProcessText &expected) { return field("stderr", expected.matcher()); }

  template <class T> void exited(const T &code) { field("exit_code", matcher_for<int>(code)).assertion_.check(); }
  template <class T> void killed(const T &signal) { field("signal", matcher_for<int>(signal)).assertion_.check(); }
  /// Waiting failed with \p error: `ECHILD`.
  void raised(int error);

private:
  PopenWaitAssertion &field(const char *name, Matcher expected) {
    assertion_.field(name, std::move(expected));
    return *this;
  }
  plugin::Assertion assertion_;
};

/// An assertion of a start, in the making. Nothing is checked before its last step: `started` or `raised`.
class [[nodiscard]] PopenSpawnAssertion {
public:
  PopenSpawnAssertion(const ProcessExpected &command, const ProcessText &mode, Place place);

  /// Its working directory, and how its variables differ, where they are not those of the process that runs the test.
  PopenSpawnAssertion &cwd(const ProcessText &expected) { return field("cwd", expected.matcher()); }
  PopenSpawnAssertion &environment(std::initializer_list<ProcessVariable> changes) {
    return field("environment", process_environment_changes(changes));
  }
  void started() { assertion_.check(); }
  void raised(int error);

private:
  PopenSpawnAssertion &field(const char *name, Matcher expected) {
    assertion_.field(name, std::move(expected));
    return *this;
  }
  plugin::Assertion assertion_;
};

/// The plugin's words. Has no state: everything belongs to the current test.
class Popen {
public:
  /// A process that the test plays. The command is what the shell is given, `"sort | uniq"`, or a matcher of the whole:
  /// `{"sh", "-c", tripwire::starts_with("sort")}`. Sessions of one command are taken in the order in which they were
  /// made.
  PopenSession new_session(const ProcessExpected &command, Place place = Place::here()) const;
  /// Such processes are really started and waited for; both is recorded, and must be asserted.
  void pass_through(const ProcessExpected &command, Place place = Place::here()) const;

  /// The next process that was started, and to what end: `"r"`, `"w"`, `"re"`.
  void assert_spawn(const ProcessExpected &command, const ProcessText &mode, Place place = Place::here()) const {
    PopenSpawnAssertion(command, mode, place).started();
  }
  /// The same, where there is more to say: what is said behind it checks it.
  PopenSpawnAssertion assert_spawned(const ProcessExpected &command, const ProcessText &mode,
                                     Place place = Place::here()) const {
    return PopenSpawnAssertion(command, mode, place);
  }
  /// The end of a process, for which the program waited; what is said behind it checks it.
  PopenWaitAssertion assert_wait(Place place = Place::here()) const { return PopenWaitAssertion(place); }
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Popen popen{};

} // namespace tripwire

#endif
