// nanoseconds --(span)--> text for people, and to paste
#ifndef TRIPWIRE_PLUGINS_CLOCK_SPAN_HPP
#define TRIPWIRE_PLUGINS_CLOCK_SPAN_HPP

#include <chrono>
#include <string>

namespace tripwire::plugins {

/// `250ms`: in the longest unit, up to seconds, that it is a whole number of.
std::string text_of_span(std::chrono::nanoseconds span);
/// `std::chrono::milliseconds(250)`
std::string literal_of_span(std::chrono::nanoseconds span);

} // namespace tripwire::plugins

#endif
