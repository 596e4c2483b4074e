// The pasted mocks, one for each call.
#ifndef RUN_ONE_BY_ONE_HPP
#define RUN_ONE_BY_ONE_HPP

#include "calls.hpp"

/// The pasted lines, one function for each.
inline std::vector<Call> mocks() {
  return {
#include "mocks.inc"
  };
}

#endif
