// a fork --> a child that goes on with the runtime in one piece, and reports to its parent
#ifndef TRIPWIRE_SRC_FORK_HPP
#define TRIPWIRE_SRC_FORK_HPP

#include "shared_log.hpp"

namespace tripwire::runtime {

/// What this process shares with those it was forked from and those it forks; null before the first fork.
SharedLog *log_of_forks() noexcept;

/// A record that could not even be written: said on standard error.
void lose_record() noexcept;

} // namespace tripwire::runtime

#endif
