// a body as a test of its own --(findings)--> all that is reported of it
#ifndef TRIPWIRE_PLUGINS_LOGGING_TEST_FINDINGS_HPP
#define TRIPWIRE_PLUGINS_LOGGING_TEST_FINDINGS_HPP

#include <tripwire/adapter.hpp>

#include <functional>
#include <regex>
#include <string>

/// Runs a body as a test of its own and returns all that is reported, and what escaped, one after the other.
inline std::string findings(const std::function<void()> &body) {
  namespace adapter = tripwire::adapter;
  std::string text;
  adapter::begin_test("inner");
  adapter::body_begins();
  try {
    body();
  } catch (const tripwire::Violation &violation) {
    text += std::string(violation.what()) + "\n";
    adapter::exception_escaped();
  }
  adapter::body_ends();
  for (const adapter::Report &report : adapter::end_test(adapter::Outcome::passed))
    text += report.text + "\n";
  return text;
}

/// Places by the names of their files alone.
inline std::string without_folders(const std::string &text) {
  return std::regex_replace(text, std::regex("[^ \\n]*/"), "");
}

#endif
