// pieces of work --(side_by_side)--> their answers in order, each made in a process of its own
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <cstddef>

namespace tripwire::tool {

/// What is asked of \c side_by_side.
struct Pieces {
  std::size_t count = 0;
  /// Does one piece, in a child of this process: it may change the working directory, and nothing that it changes in
  /// memory is seen outside.
  llvm::function_ref<llvm::json::Value(std::size_t)> work;
  /// Takes the answers in the order of the pieces, whatever order they were made in; null for a piece that ended
  /// without one, as in a crash. Called in this process.
  llvm::function_ref<void(std::size_t, const llvm::json::Value &)> take;
  /// Told how many pieces are done, and which one was done last. Called in this process.
  llvm::function_ref<void(std::size_t, std::size_t)> progress;
};

/// Does all pieces, as many at once as there are processors. Only for a process that has one thread. An error when
/// no process can be started.
llvm::Error side_by_side(const Pieces &pieces);

} // namespace tripwire::tool
