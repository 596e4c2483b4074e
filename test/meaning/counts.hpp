// what is counted, and how a form is told to the harness
#ifndef MEANING_COUNTS_HPP
#define MEANING_COUNTS_HPP

#include <map>
#include <string>

/// Calls by symbol.
using Counts = std::map<std::string, unsigned long>;

/// What the library counted since it was last asked.
Counts take_library_counts();

/// What the wrappers let through since they were last asked. Not there in a program that is not rewritten.
Counts take_wrapper_counts() __attribute__((weak));

#endif
