// a body --(findings)--> all that is reported of it as a test
#include "tripwire/plugin_conformance.hpp"

#include "tripwire/adapter.hpp"

namespace tripwire::conformance {

std::string findings(const Step &body) {
  std::string text;
  adapter::begin_test("inner");
  adapter::body_begins();
  try {
    body();
  } catch (const Violation &violation) {
    text += std::string(violation.what()) + "\n";
    adapter::exception_escaped();
  }
  adapter::body_ends();
  for (const adapter::Report &report : adapter::end_test(adapter::Outcome::passed)) {
    text += report.text + "\n";
  }
  return text;
}

std::string without_folders(const std::string &text) {
  std::string shown;
  std::size_t word = 0;
  for (const char c : text) {
    shown += c;
    if (c == '/') {
      shown.resize(word);
    } else if (c == ' ' || c == '\n') {
      word = shown.size();
    }
  }
  return shown;
}

const std::vector<std::string> &awkward_texts() {
  static const std::vector<std::string> texts = {
      "",
      "plain",
      "a \"quoted\" word",
      "back\\slash and end\\",
      "two\nlines\n",
      "ends a raw string: )\" and )x\" too",
      "tab\there",
      "carriage\r\nreturn",
      std::string("a\0b", 3),
      "\x01\x7f\xff\xfe then 1f",
      "gr\xc3\xbc\xc3\x9f dich",
      "what\?\?=", // a trigraph, were it pasted as it is
      "%s %d {} {0}",
      "R\"(raw)\"",
  };
  return texts;
}

} // namespace tripwire::conformance
