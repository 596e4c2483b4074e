// What the cases of every framework do, in none of its words.
#pragma once

#include "bell.hpp"

#include <tripwire/tripwire.hpp>

#include <sys/wait.h>
#include <unistd.h>

/// Rings twice against a mock, and asserts it.
inline int ring_against_a_mock() {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  int heard = 0;
  {
    tripwire::Sandbox sandbox;
    heard = bell::call_to_dinner(2);
  }
  bell.assert_call(2);
  return heard;
}

inline void call_in_sandbox(int guests) {
  tripwire::Sandbox sandbox;
  bell::call_to_dinner(guests);
}

class RefusedInConstructor {
protected:
  RefusedInConstructor() { call_in_sandbox(2); }
};

class RefusedInDestructor {
protected:
  ~RefusedInDestructor() {
    try {
      call_in_sandbox(2);
    } catch (...) { // a destructor lets nothing through
    }
  }
};

class PreparedInFixture {
protected:
  PreparedInFixture() { bell_.returns(5); }
  ~PreparedInFixture() { bell_.assert_call(5); }
  decltype(tripwire::mock<&bell::ring>()) bell_ = tripwire::mock<&bell::ring>();
};

/// A child, as fork() makes it, calls in the sandbox of its test and swallows the violation. Its exit status, which
/// says nothing of that.
inline int exit_of_child_that_calls(int guests) {
  tripwire::Sandbox sandbox;
  const pid_t child = fork();
  if (child == 0) {
    bell::try_to_call(guests);
    _exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
