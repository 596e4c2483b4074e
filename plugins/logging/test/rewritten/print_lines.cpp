// Writes each record where it is refused, and where nobody asserts it, and prints what the violations tell to paste:
// print_lines MOCKS ASSERTIONS PERMITS
#include "client.hpp"
#include "findings.hpp"
#include "pasted_values.hpp"

#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

#include <fstream>

namespace {

/// The line of a message that begins with the words.
std::string line_with(const std::string &text, const std::string &words) {
  const std::size_t at = text.find(words);
  return at == std::string::npos ? "#error \"" + words + " is not said\"\n" : text.substr(at, text.find('\n', at) - at);
}

} // namespace

int main(int count, char **arguments) {
  if (count != 4)
    return 2;
  std::ofstream mocks(arguments[1]);
  std::ofstream assertions(arguments[2]);
  std::ofstream permits(arguments[3]);
  for (const auto &[priority, text] : pasted_values()) {
    const std::string guarded = findings([&, level = priority, &words = text] { client::log(level, words); });
    permits << "[](const Call &call) { " << line_with(guarded, "auto permit") << " call(); },\n";
    const std::string refused = findings([&, level = priority, &words = text] {
      const tripwire::Sandbox sandbox;
      client::log(level, words);
    });
    mocks << "[] { " << line_with(refused, "tripwire::logging.mock_log(") << " },\n";
    const std::string left = findings([&, level = priority, &words = text] {
      tripwire::logging.mock_log(tripwire::anything, tripwire::anything);
      const tripwire::Sandbox sandbox;
      client::log(level, words);
    });
    assertions << "[] { " << line_with(left, "tripwire::logging.assert_") << " },\n";
  }
}
