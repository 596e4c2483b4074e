// the sessions of one test: their scripts, the states they are in, the handles they are bound to
#ifndef TRIPWIRE_SRC_SCRIPTED_HPP
#define TRIPWIRE_SRC_SCRIPTED_HPP

#include "leftovers.hpp"
#include "queue.hpp"

#include "tripwire/place.hpp"
#include "tripwire/seam/transition.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripwire::runtime {

struct VerifierState;

/// How far a session has come.
enum class Stage : unsigned char {
  waiting, ///< no call has opened it
  opening, ///< a call that opens it is being answered
  open,
  closed, ///< nothing leads out of its state
  failed, ///< its last call was to open it, and failed
};

/// A handle, as its bits: of any type that a seam file may name.
struct Handle {
  std::uint64_t bits = 0;
  bool is_pointer = false;
};

struct Scripted;
using Bound = std::pair<std::string, std::uint64_t>; ///< a machine and the bits of a handle
using BoundSessions = std::map<Bound, Scripted *>;
using Waiting = std::list<Scripted *>;

/// One session. Guarded by the mutex of its `Sessions`, but for the conditions of its steps, which never change, and
/// their answers, which the slot's book guards.
struct Scripted {
  VerifierState *verifier = nullptr;
  std::string machine;
  Place place;
  bool required = true;
  bool reported = false; ///< a violation has said that it was never opened
  std::vector<std::unique_ptr<WholeQueue>> steps;
  std::size_t next = 0; ///< the first step that may serve a call
  Stage stage = Stage::waiting;
  std::string_view state; ///< once it was taken
  Handle handle;          ///< once it is bound
  bool is_bound = false;
  std::uint64_t turns = 0; ///< changes with every call: who looked before must look again
  // What a call needs is there before it: memory that ends must not stop it half way.
  Waiting out_of_line;              ///< its place in `Sessions::waiting`, while it is not there
  BoundSessions::node_type binding; ///< its place in `Sessions::bound`, until it is there
};

/// All sessions of one test.
struct Sessions {
  std::mutex mutex; ///< guards everything below. Books may be locked under it, nothing else; no user code runs
  std::vector<std::unique_ptr<Scripted>> all;
  std::map<std::string, Waiting, std::less<>> waiting; ///< by machine, the next one first
  BoundSessions bound;                                 ///< the latest session of each handle
};

/// `3`, `0x55d0c0ffee00`.
std::string text_of(const Handle &handle);

/// The steps and sessions that are required and were not used.
void take_unused_of_sessions(VerifierState &verifier, Leftovers &into);

} // namespace tripwire::runtime

#endif
