// a message --(said)--> the statement that it tells to paste
#include "trial.hpp"

#include <string_view>

namespace tripwire::conformance {

namespace {

/// The lines behind the one that ends with \p words, as long as they are indented by \p depth: as they stand there,
/// since so they are pasted.
std::string block_behind(std::string_view text, std::string_view words, std::size_t depth) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string indent(depth, ' ');
  std::string block;
  std::size_t begin = text.find('\n', at);
  while (begin != std::string_view::npos && text.compare(begin + 1, depth, indent) == 0) {
    const std::size_t end = text.find('\n', begin + 1);
    block += std::string(text.substr(begin + 1, end - begin - 1)) + "\n";
    begin = end;
  }
  return block;
}

/// The statements behind each interaction that nobody asserted, in their order.
std::string assertions_in(const std::string &text) {
  std::string all;
  std::size_t at = text.find(" never asserted\n");
  while (at != std::string::npos && (at = text.find("\n      at ", at)) != std::string::npos) {
    all += block_behind(std::string_view(text).substr(at + 1), "      at ", 6);
    ++at;
  }
  return all;
}

std::string guarded_text(const Subject &subject, const Use &use) { return tried(subject, use.call).text; }

} // namespace

std::string said(const Subject &subject, const Use &use, Hint hint) {
  switch (hint) {
  case Hint::mock:
    return block_behind(guarded_text(subject, use), "  or answer it inside a sandbox:", 4);
  case Hint::permit:
    return block_behind(guarded_text(subject, use), "  to let it through, in the test:", 4);
  case Hint::assert_mocked:
    return use.mock ? assertions_in(tried(subject, use, use.mock).text) : std::string();
  case Hint::assert_failure:
    return use.mock_failure ? assertions_in(tried(subject, use, use.mock_failure).text) : std::string();
  case Hint::assert_real:
    return use.pass_through ? assertions_in(tried(subject, use, use.pass_through).text) : std::string();
  }
  return {};
}

std::vector<std::string> said_rules(const Subject &subject, const Use &use) {
  const std::string entries = block_behind(guarded_text(subject, use), "      allow:", 8);
  const std::string_view mark = "        - ";
  std::vector<std::string> rules;
  std::size_t end = 0;
  for (std::size_t at = 0; entries.compare(at, mark.size(), mark) == 0; at = end + 1) {
    end = entries.find('\n', at);
    rules.push_back(entries.substr(at + mark.size(), end - at - mark.size()));
  }
  return rules;
}

} // namespace tripwire::conformance
