// bytes --(this)--> a request's field and a rule's text: normalising is stable, a text matches itself, matching is
// total
//
// The first byte says which kind of field; a line end parts the pattern from the value.
#include "firewall/pattern.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tripwire::runtime;
using tripwire::FieldPattern;

constexpr FieldKind kinds[] = {FieldKind::text, FieldKind::word, FieldKind::host, FieldKind::port,
                               FieldKind::path, FieldKind::file, FieldKind::uri,  FieldKind::program};
const std::vector<Scheme> schemes = {{"http", 80}, {"https", 443}};

void must(bool holds, const char *promise) {
  if (!holds) {
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
  }
}

RequestValue value_of(FieldKind kind, std::string_view text) { return {normal_of(kind, text, schemes), {}}; }

/// What would let the text through, and nothing else, as messages print it.
void matches_itself(FieldKind kind, std::string_view text) {
  const RequestValue value = value_of(kind, text);
  auto test = FieldTest::make(kind, tripwire::exact(std::string(text)), schemes);
  if (const auto *made = std::get_if<FieldTest>(&test)) {
    must(made->matches(value), "an exact pattern matches its own text");
  }
}

void is_stable(FieldKind kind, std::string_view text) {
  const std::string spelled = text_of(normal_of(kind, text, schemes));
  switch (kind) {
  case FieldKind::path:
    // Decoding is done once: what is left of an escape would be decoded again.
    if (spelled.find('%') != std::string::npos) {
      return;
    }
    [[fallthrough]];
  case FieldKind::text:
  case FieldKind::word:
  case FieldKind::port:
  case FieldKind::file:
  case FieldKind::program:
    must(text_of(normal_of(kind, spelled, schemes)) == spelled, "normalising twice is normalising once");
    return;
  case FieldKind::host: {
    std::string loud(text);
    for (char &letter : loud) {
      letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    must(text_of(normal_of(kind, loud, schemes)) == spelled, "a host's case says nothing");
    return;
  }
  case FieldKind::uri:
    return;
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const FieldKind kind = kinds[data[0] % (sizeof kinds / sizeof kinds[0])];
  const std::string_view text(reinterpret_cast<const char *>(data + 1), size - 1);
  const std::size_t line = text.find('\n');
  const std::string_view pattern = text.substr(0, line);
  const std::string_view value = line == std::string_view::npos ? pattern : text.substr(line + 1);
  auto test = FieldTest::make(kind, FieldPattern(pattern), schemes);
  if (const auto *made = std::get_if<FieldTest>(&test)) {
    const bool first = made->matches(value_of(kind, value));
    must(first == made->matches(value_of(kind, value)), "matching is a function of both texts");
  }
  auto block = FieldTest::make(FieldKind::host, tripwire::cidr(std::string(pattern)), schemes);
  if (const auto *made = std::get_if<FieldTest>(&block)) {
    made->matches(value_of(FieldKind::host, value));
  }
  matches_itself(kind, value);
  is_stable(kind, value);
  const std::vector<tripwire::config::RuleWords> words = {
      tripwire::config::core_words(), {"http", {"host", "port", "scheme", "path"}, {{"http", 80}, {"https", 443}}}};
  const tripwire::config::RuleReading reading = tripwire::config::read_rule(std::string(pattern), words);
  must(reading.rule.has_value() == reading.error.empty(), "a rule is read, or refused with a reason");
  return 0;
}
