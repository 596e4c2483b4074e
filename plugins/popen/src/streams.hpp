// popen --(Streams)--> the streams of one test, until it ends
#ifndef TRIPWIRE_PLUGINS_POPEN_STREAMS_HPP
#define TRIPWIRE_PLUGINS_POPEN_STREAMS_HPP

#include "mock.hpp"

#include <tripwire/plugin_manifest.hpp>

#include <cstdio>
#include <map>
#include <mutex>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_popen;

namespace tripwire::plugins {

/// What the manifest's `states:` say: what a process goes through.
const plugin::Machine &popen_machine();

/// A stream that popen gave in this test.
struct PopenStream {
  ProcessCommand command;
  bool reads = true;                      ///< the program reads
  const PopenSpawnMock *played = nullptr; ///< null: a process stands behind it
  const char *state = popen_machine().initial;

  /// The operation has been done.
  void advance(const char *operation);
  /// Whether its end was waited for.
  bool is_closed() const { return popen_machine().after(state, "wait") == nullptr; }
};

/// Of one test. Thread-safe. What was played stays, closed, until the test ends: its use is no use of freed memory.
class PopenStreams {
public:
  PopenStreams() = default;
  PopenStreams(const PopenStreams &) = delete;
  PopenStreams &operator=(const PopenStreams &) = delete;
  ~PopenStreams();

  void add(std::FILE *stream, PopenStream made);
  void forget(std::FILE *stream);
  /// A copy; nothing is known of the stream when it is not of this test.
  bool find(std::FILE *stream, PopenStream &found) const;
  /// Nothing can be read from it, or written, from now on.
  void close(std::FILE *stream);

private:
  mutable std::mutex mutex_;
  std::map<std::FILE *, PopenStream> all_;
};

/// A stream in which all that the process writes can be read, or into which its input is written. Null, and an errno,
/// when the system gives none.
std::FILE *open_popen_stream(const ProcessOutcome &outcome, bool reads, bool closes_on_exec);
/// What the program has written to it so far.
std::string written_to(std::FILE *stream);

} // namespace tripwire::plugins

#endif
