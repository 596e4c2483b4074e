// tripwire::async_subprocess: what the processes of an event loop do, and which ones the program started
//
//   tripwire::async_subprocess.new_session({"ffmpeg", "-i", "a.mov", "a.mp4"}).stderr("no such codec").exit_code(1);
//   {
//     tripwire::Sandbox sandbox;
//     convert_all(loop);
//   }
//   tripwire::async_subprocess.assert_spawn({"ffmpeg", "-i", "a.mov", "a.mp4"}).stderr("no such codec").exited(1);
#ifndef TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_HPP
#define TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/process.hpp>
#include <tripwire/plugins/process_mock.hpp>

namespace tripwire::plugins {

/// What becomes of one process. The loop tells its end.
class AsyncSession : public ProcessWords<AsyncSession> {
public:
  using ProcessWords::ProcessWords;
};

/// The plugin's words. Has no state: everything belongs to the current test.
class AsyncSubprocess {
public:
  /// A process that the test plays. Sessions of one command are taken in the order in which they were made. One that
  /// runs until it is killed has to be killed by `uv_process_kill`; others may be.
  AsyncSession &new_session(const ProcessExpected &command, Place place = Place::here()) const;
  /// Such processes are really started, and killed; recorded, and must be asserted.
  void pass_through(const ProcessExpected &command, Place place = Place::here()) const;

  /// The next process that was started; what is said behind it checks it.
  ProcessAssertion assert_spawn(const ProcessExpected &command, Place place = Place::here()) const;
  /// The program sent a signal to one of its processes, by `uv_process_kill`.
  template <class T> void assert_kill(const T &signal, Place place = Place::here()) const {
    check_kill(matcher_for<int>(signal), place);
  }
  /// The same, and it failed: `UV_ESRCH`, or `ESRCH`.
  template <class T> void assert_kill_raised(const T &signal, int error, Place place = Place::here()) const {
    check_kill_raised(matcher_for<int>(signal), error, place);
  }

private:
  void check_kill(Matcher signal, Place place) const;
  void check_kill_raised(Matcher signal, int error, Place place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::AsyncSubprocess async_subprocess{};

} // namespace tripwire

#endif
