// what a test says of a process --(ProcessMock)--> which processes it answers, and what becomes of them; for plugins
// that start processes
#ifndef TRIPWIRE_PLUGINS_PROCESS_MOCK_HPP
#define TRIPWIRE_PLUGINS_PROCESS_MOCK_HPP

#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>
#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/process.hpp>

#include <cerrno>  // of what is pasted
#include <csignal> // of what is pasted
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace tripwire::plugins {

/// What a process does that the test plays.
struct ProcessOutcome {
  std::string out;
  std::string error;
  int exit_code = 0;
  int signal = 0; ///< that ends it; 0 for none
  bool is_until_killed = false;
  bool leaves_stdin = false;
  const char *end = nullptr; ///< the word that said how it ends; null for none
};

/// What tests say behind a word for a process. \p Self is the answer's own class; the mock lives as long as the test.
template <class Self> class ProcessWords : public plugin::MockWords<Self> {
public:
  ProcessWords(plugin::Mock &mock, ProcessOutcome &outcome, int &failure)
      : plugin::MockWords<Self>(mock), mock_(&mock), outcome_(&outcome), failure_(&failure) {}

  /// 0 unless told; from 0 to 255.
  Self &exit_code(int code);
  /// The process is ended by that signal: `SIGSEGV`. It writes what it has to write before.
  Self &signal(int number);
  /// The process runs until the program kills it, or until the test program ends.
  Self &until_killed();
  /// What it writes, byte for byte.
  Self &stdout(std::string_view bytes) { return outcome_->out = bytes, self(); }
  Self &stderr(std::string_view bytes) { return outcome_->error = bytes, self(); }
  /// It does not read its standard input. Else it reads it to the end, where the program has redirected it, and what it
  /// reads is recorded.
  Self &leaves_stdin() { return outcome_->leaves_stdin = true, self(); }
  /// It cannot be started: `ENOENT`, `EAGAIN`, `E2BIG`; libraries have them as negative numbers, too.
  Self &fails(int error);

private:
  Self &self() { return static_cast<Self &>(*this); }
  plugin::Mock *mock_;
  ProcessOutcome *outcome_;
  int *failure_;
};

namespace detail {
// Refuse what no process does, and a second end beside one that was said by another word.
void say_process_exit_code(ProcessOutcome &outcome, int code, const Place &place);
void say_process_signal(ProcessOutcome &outcome, int number, const Place &place);
void say_process_until_killed(ProcessOutcome &outcome, const Place &place);
/// \return the errno.
int say_process_failure(ProcessOutcome &outcome, int error, const Place &place);
} // namespace detail

template <class Self> Self &ProcessWords<Self>::exit_code(int code) {
  return detail::say_process_exit_code(*outcome_, code, mock_->place()), self();
}

template <class Self> Self &ProcessWords<Self>::signal(int number) {
  return detail::say_process_signal(*outcome_, number, mock_->place()), self();
}

template <class Self> Self &ProcessWords<Self>::until_killed() {
  return detail::say_process_until_killed(*outcome_, mock_->place()), self();
}

template <class Self> Self &ProcessWords<Self>::fails(int error) {
  return *failure_ = detail::say_process_failure(*outcome_, error, mock_->place()), self();
}

/// An answer to a process that is to be started.
class ProcessMock : public plugin::FieldMock {
public:
  ProcessMock(const char *word, const ProcessExpected &command, bool is_real);

  std::string key() const override { return key_; }
  bool passes_through() const noexcept override { return is_real_; }

  ProcessOutcome outcome;
  int failure = 0; ///< the errno by which starting it fails; 0 when it starts

private:
  std::string key_;
  bool is_real_;
};

/// What is to be started, as the program says it.
struct ProcessStart {
  std::string binary; ///< as it was given; with a '/' a path, else a name that PATH finds
  ProcessCommand command;
  char *const *environment = nullptr; ///< null: that of the process itself
  std::string folder;                 ///< its working directory; empty: that of the process itself
  std::string flags;                  ///< what else the program asks for: `POSIX_SPAWN_SETSID`; empty for nothing
};

/// The fields `command`, `binary`, `cwd`, `environment` and `flags` of an interaction, its request and what rules name.
/// To be called in the process that starts it, or in a child that it forked for that.
plugin::Description describe_process(const ProcessStart &start);
/// Adds what is known of the end before it has come: `exit_code` or `signal`, `stdout`, `stderr`; or `raised`.
void add_process_outcome(const plugin::Recorded &recorded, const ProcessMock &mock);
/// All that it read, as `stdin`.
void add_process_input(const plugin::Recorded &recorded, std::string bytes);
/// What ended by itself: `exit_code` or `signal`. \p status as `waitpid` gives it.
void add_process_status(const plugin::Recorded &recorded, int status);

/// `{"git", "push"}`; what is no command is `tripwire::anything`.
std::string pasted_process_command(const plugin::Description &call);
/// What an assertion of the interaction has to say behind the command: `.stdin("x").stdout("y").exited(0)`.
std::string pasted_process_end(const plugin::Description &interaction);

/// An assertion of a process in the making. Nothing is checked before its last step: `exited`, `killed`, `raised` or
/// `started`. What the program left as it was (folder, environment) and what was empty (output, input) may be left out.
class [[nodiscard]] ProcessAssertion {
public:
  ProcessAssertion(const plugin::Plugin &plugin, const char *word, const ProcessExpected &command, Place place);

  /// The file that was executed, where it is not the one that the command names.
  ProcessAssertion &binary(const ProcessText &expected) { return field("binary", expected.matcher()); }
  /// Its working directory, where it is not the program's own.
  ProcessAssertion &cwd(const ProcessText &expected) { return field("cwd", expected.matcher()); }
  /// What else the program asked for: `"POSIX_SPAWN_SETSID"`, several with ` | ` between them.
  ProcessAssertion &flags(const ProcessText &expected) { return field("flags", expected.matcher()); }
  /// How its variables differ from the program's own.
  ProcessAssertion &environment(std::initializer_list<ProcessVariable> changes) {
    return field("environment", process_environment_changes(changes));
  }
  /// All its variables, where it got few of the program's own.
  ProcessAssertion &whole_environment(std::initializer_list<ProcessVariable> variables) {
    return field("environment", process_environment_is(variables));
  }
  ProcessAssertion &environment(Anything any) { return field("environment", any); }
  /// All that it read.
  ProcessAssertion &stdin(const ProcessText &expected) { return field("stdin", expected.matcher()); }
  ProcessAssertion &stdout(const ProcessText &expected) { return field("stdout", expected.matcher()); }
  ProcessAssertion &stderr(const ProcessText &expected) { return field("stderr", expected.matcher()); }

  /// It ended with this code.
  template <class T> void exited(const T &code) { field("exit_code", matcher_for<int>(code)).assertion_.check(); }
  /// A signal of its own ended it: `SIGSEGV`.
  template <class T> void killed(const T &signal) { field("signal", matcher_for<int>(signal)).assertion_.check(); }
  /// It was not started, because of \p error: `ENOENT`.
  void raised(int error);
  /// It was started; its end is not known: it ran until the program killed it, or was real and nobody waited for it.
  void started() { assertion_.check(); }

private:
  ProcessAssertion &field(const char *name, Matcher expected) {
    assertion_.field(name, std::move(expected));
    return *this;
  }
  plugin::Assertion assertion_;
};

/// Remembers what a child differs in from the process that runs the test: to be called when the plugin is made.
void follow_process_starts();
/// A test begins in this process. Called by each plugin that uses stand-ins.
void process_test_begins() noexcept;
/// This process is not the one that runs the test: it was forked from it, or from such a one.
bool is_child_of_test() noexcept;
/// The process that runs the test: this one, or one that it was forked from.
pid_t process_of_test() noexcept;

/// Whether a process that gets \p descriptor of this one as its standard input has another one than the test program
/// itself. Only then does a played process read it: nobody ends a terminal.
bool is_process_input_redirected(int descriptor) noexcept;

/// Writes and, where it \p reads, reads to the end what the outcome says, on this process's own descriptors, both at
/// the same time: no order in which the program does its part makes both wait. \return what was read.
std::string converse_as_process(const ProcessOutcome &outcome, bool reads);
/// Ends this process as the outcome says. One that runs until it is killed ends with the process \p test at the latest.
[[noreturn]] void end_as_process(const ProcessOutcome &outcome, pid_t test);

/// Goes on as the process that was asked for, and ends as told: this process is taken for it from now on, as after an
/// exec. Reads its standard input where that is not the test program's own, and adds it to \p recorded as `stdin`.
[[noreturn]] void play_process(const ProcessOutcome &outcome, const plugin::Recorded &recorded);

/// A child of this process that was started to be played.
struct StartedProcess {
  pid_t pid = -1;
  int error = 0; ///< an errno, when there is none
};
/// Forks a child. \p prepare makes it what the program asked for (descriptors, groups) and returns an errno or 0; then
/// it plays. Returns when it has been made ready.
StartedProcess start_process(const ProcessOutcome &outcome, const plugin::Recorded &recorded,
                             const std::function<int()> &prepare);

} // namespace tripwire::plugins

#endif
