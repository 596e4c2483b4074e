#ifndef COUNTER_HPP
#define COUNTER_HPP

namespace counter {

/// Counts a visit of the page, and how often it was visited until now; -1 where the server cannot be asked.
long long visit(const char *page);

} // namespace counter

#endif
