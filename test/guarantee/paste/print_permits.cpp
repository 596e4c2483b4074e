// Makes each call where the guard refuses it, and prints the rule and the mock that the violation tells to paste; the
// YAML goes into one configuration for each call, in the folder that is given.
#include "calls.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace {

/// The lines behind a sentence, up to the next sentence.
std::string pasted(const std::string &text, const std::string &sentence, const std::string &next) {
  const std::size_t start = text.find(sentence);
  if (start == std::string::npos) {
    return "#error \"" + sentence + " is not said\"\n";
  }
  const std::size_t begin = text.find('\n', start) + 1;
  const std::size_t end = next.empty() ? text.size() : text.find(next, begin);
  return text.substr(begin, end - begin);
}

/// Without the indent that messages have.
std::string flush_left(const std::string &text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    out += line.substr(std::min<std::size_t>(4, line.size())) + '\n';
  }
  return out;
}

} // namespace

int main(int count, char **arguments) {
  if (count != 4) {
    return 2;
  }
  std::ofstream permits(arguments[1]);
  std::ofstream mocks(arguments[2]);
  int index = 0;
  for (const Call call : calls()) {
    tripwire::Verifier verifier;
    verifier.body_begins();
    try {
      call();
      return 1;
    } catch (const tripwire::GuardedCallError &violation) {
      const std::string text = violation.what();
      permits << "[](Call call) {" << pasted(text, "to let it through, in the test:", "  or for") << "call();},\n";
      mocks << "[] {" << pasted(text, "or answer it inside a sandbox:", "") << "},\n";
      std::ofstream yaml(std::string(arguments[3]) + "/" + std::to_string(index++) + ".yaml");
      yaml << "version: 1\n" << flush_left(pasted(text, "in tripwire.yaml:", "  or answer"));
      verifier.take_violations();
    }
  }
}
