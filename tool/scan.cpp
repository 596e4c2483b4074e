// preprocessed text + names --(scan)--> each place where one of the names is an identifier
#include "tool/scan.hpp"

#include "llvm/ADT/Twine.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>

namespace tripwire::tool {
namespace {

enum class Kind : unsigned char { other, newline, space, identifier, digit, dot, quote, apostrophe, slash };

constexpr std::array<Kind, 256> make_kinds() {
  std::array<Kind, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0x80)
      kinds[c] = Kind::identifier;
    else if (c >= '0' && c <= '9')
      kinds[c] = Kind::digit;
  }
  kinds['\n'] = Kind::newline;
  kinds[' '] = kinds['\t'] = kinds['\r'] = kinds['\v'] = kinds['\f'] = Kind::space;
  kinds['.'] = Kind::dot;
  kinds['"'] = Kind::quote;
  kinds['\''] = Kind::apostrophe;
  kinds['/'] = Kind::slash;
  return kinds;
}
constexpr std::array<Kind, 256> kinds = make_kinds();

Kind kind_of(char c) { return kinds[static_cast<unsigned char>(c)]; }
bool continues_identifier(char c) { return kind_of(c) == Kind::identifier || kind_of(c) == Kind::digit; }

/// Answers "which name is this identifier?" with a look at its first byte and length before any hash.
class NameTable {
public:
  explicit NameTable(llvm::ArrayRef<std::string> names) {
    for (unsigned i = 0; i < names.size(); ++i) {
      if (names[i].empty())
        continue;
      if (names[i].back() == '*') {
        prefixes_[static_cast<unsigned char>(names[i].front())].emplace_back(llvm::StringRef(names[i]).drop_back(), i);
        continue;
      }
      lengths_[static_cast<unsigned char>(names[i].front())] |= bit(names[i].size());
      indices_.try_emplace(names[i], i);
    }
  }
  static constexpr unsigned none = std::numeric_limits<unsigned>::max();

  [[nodiscard]] unsigned find(const char *begin, const char *end) const {
    const auto length = static_cast<std::size_t>(end - begin);
    for (const auto &[prefix, index] : prefixes_[static_cast<unsigned char>(*begin)])
      if (llvm::StringRef(begin, length).starts_with(prefix))
        return index;
    if ((lengths_[static_cast<unsigned char>(*begin)] & bit(length)) == 0)
      return none;
    const auto found = indices_.find(llvm::StringRef(begin, length));
    return found == indices_.end() ? none : found->second;
  }

private:
  static std::uint64_t bit(std::size_t length) { return std::uint64_t{1} << std::min<std::size_t>(length, 63); }
  std::array<std::uint64_t, 256> lengths_{};
  llvm::StringMap<unsigned> indices_;
  std::array<std::vector<std::pair<llvm::StringRef, unsigned>>, 256> prefixes_; // by first byte
};

struct LineMarker {
  unsigned line = 0;
  std::string file;
  bool enters = false;
  bool returns = false;
  bool system = false;
};

/// The text between quotes at \p at, escapes undone; \p at is moved behind the closing quote.
std::string read_file_name(const char *&at, const char *end) {
  std::string name;
  while (at != end && *at != '"' && *at != '\n') {
    if (*at != '\\' || at + 1 == end) {
      name += *at++;
      continue;
    }
    ++at;
    if (*at < '0' || *at > '7') {
      name += *at++;
      continue;
    }
    unsigned value = 0;
    for (int digits = 0; digits < 3 && at != end && *at >= '0' && *at <= '7'; ++digits)
      value = value * 8 + static_cast<unsigned>(*at++ - '0');
    name += static_cast<char>(value);
  }
  if (at != end && *at == '"')
    ++at;
  return name;
}

/// Reads "12 "file" 1 3 4" behind the "#". False when it is something else.
bool read_marker(const char *at, const char *end, LineMarker &marker) {
  if (at == end || kind_of(*at) != Kind::digit)
    return false;
  for (; at != end && kind_of(*at) == Kind::digit; ++at)
    marker.line = marker.line * 10 + static_cast<unsigned>(*at - '0');
  while (at != end && kind_of(*at) == Kind::space)
    ++at;
  if (at == end || *at != '"')
    return false;
  marker.file = read_file_name(++at, end);
  for (; at != end && *at != '\n'; ++at) {
    marker.enters |= *at == '1';
    marker.returns |= *at == '2';
    marker.system |= *at == '3';
  }
  return true;
}

/// Walks the text once. The caller reads \c result.
class Scanner {
public:
  Scanner(llvm::StringRef text, const NameTable &names)
      : at_(text.begin()), end_(text.end()), begin_(text.begin()), names_(names) {}

  void keep_lines() { keeps_lines_ = true; }

  Scan run() {
    while (at_ != end_)
      scan_line();
    return std::move(result_);
  }

private:
  const char *at_;
  const char *end_;
  const char *begin_;
  const NameTable &names_;
  Scan result_;
  llvm::StringMap<unsigned> file_indices_;
  std::vector<unsigned> entries_with_tokens_; // by file
  std::vector<unsigned> open_;                // instances, innermost last
  unsigned file_ = 0;
  unsigned line_ = 1;
  bool system_macro_ = false;
  unsigned uncounted_ = 0; // line ends within literals since the last marker
  bool keeps_lines_ = false;
  bool counted_ = false; // the innermost instance has its ordinal

  unsigned file_index(llvm::StringRef name) {
    const auto [found, is_new] = file_indices_.try_emplace(name, static_cast<unsigned>(result_.files.size()));
    if (is_new) {
      result_.files.push_back(name.str());
      entries_with_tokens_.push_back(0);
    }
    return found->second;
  }

  void enter(unsigned file, bool system) {
    Instance instance;
    instance.file = file;
    instance.system = system;
    const auto index = static_cast<unsigned>(result_.instances.size());
    instance.parent = open_.empty() ? index : open_.back();
    result_.instances.push_back(instance);
    open_.push_back(index);
    counted_ = false;
  }

  void leave() {
    if (open_.size() > 1)
      open_.pop_back();
    counted_ = result_.instances[open_.back()].ordinal != Instance::no_ordinal;
  }

  void apply(const LineMarker &marker) {
    file_ = file_index(marker.file);
    if (open_.empty() || marker.enters)
      enter(file_, marker.enters && marker.system);
    else if (marker.returns)
      leave();
    system_macro_ = marker.system && !result_.instances[open_.back()].system;
    line_ = marker.line;
    uncounted_ = 0;
  }

  /// A token stands on this line: its instance counts.
  void count_instance() {
    if (counted_)
      return;
    if (open_.empty()) {
      file_ = file_index("");
      enter(file_, false);
    }
    Instance &instance = result_.instances[open_.back()];
    instance.ordinal = entries_with_tokens_[instance.file]++;
    counted_ = true;
  }

  void skip_line() {
    const void *found = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
    at_ = found == nullptr ? end_ : static_cast<const char *>(found);
  }

  void scan_line() {
    const auto start = static_cast<std::size_t>(at_ - begin_);
    while (at_ != end_ && kind_of(*at_) == Kind::space)
      ++at_;
    if (at_ != end_ && *at_ == '#') {
      scan_directive();
    } else if (at_ != end_ && *at_ != '\n') {
      const unsigned before = uncounted_;
      count_instance();
      if (keeps_lines_)
        result_.lines.push_back({start, open_.back(), file_, line_});
      scan_tokens();
      if (uncounted_ != before && at_ != end_)
        result_.drifts.push_back({static_cast<std::size_t>(at_ + 1 - begin_), file_, line_ + 1 - uncounted_,
                                  system_macro_ || result_.instances[open_.back()].system});
    }
    if (at_ != end_) {
      ++at_;
      ++line_;
    }
  }

  void scan_directive() {
    ++at_;
    while (at_ != end_ && kind_of(*at_) == Kind::space)
      ++at_;
    LineMarker marker;
    const llvm::StringRef rest(at_, static_cast<std::size_t>(end_ - at_));
    const bool is_line_directive = rest.starts_with("line ");
    if (read_marker(is_line_directive ? at_ + 5 : at_, end_, marker)) {
      apply(marker);
      --line_; // the end of this line counts as well
      skip_line();
      return;
    }
    if (rest.starts_with("pragma omp ")) {
      count_instance();
      scan_tokens();
      return;
    }
    skip_line();
  }

  /// To the end of the line; literals and comments may take several.
  void scan_tokens() {
    while (at_ != end_) {
      switch (kind_of(*at_)) {
      case Kind::newline:
        return;
      case Kind::identifier:
        scan_identifier();
        break;
      case Kind::digit:
        skip_number();
        break;
      case Kind::dot:
        if (at_ + 1 != end_ && kind_of(at_[1]) == Kind::digit)
          skip_number();
        else
          ++at_;
        break;
      case Kind::quote:
      case Kind::apostrophe:
        skip_literal();
        break;
      case Kind::slash:
        skip_slash();
        break;
      case Kind::space:
      case Kind::other:
        ++at_;
        break;
      }
    }
  }

  void scan_identifier() {
    const char *begin = at_;
    do
      ++at_;
    while (at_ != end_ && continues_identifier(*at_));
    if (at_ != end_ && (*at_ == '"' || *at_ == '\'') && is_literal_prefix(begin))
      return;
    const unsigned name = names_.find(begin, at_);
    if (name == NameTable::none)
      return;
    const unsigned instance = open_.back();
    result_.occurrences.push_back({static_cast<std::size_t>(begin - begin_), name, instance, file_, line_,
                                   result_.instances[instance].system, system_macro_});
  }

  /// For a raw string, the whole of it is skipped; for other prefixes the literal comes next.
  bool is_literal_prefix(const char *begin) {
    const llvm::StringRef prefix(begin, static_cast<std::size_t>(at_ - begin));
    if (prefix == "L" || prefix == "u" || prefix == "U" || prefix == "u8")
      return true;
    if (*at_ != '"' || (prefix != "R" && prefix != "LR" && prefix != "uR" && prefix != "UR" && prefix != "u8R"))
      return false;
    skip_raw_string();
    return true;
  }

  void skip_raw_string() {
    const llvm::StringRef rest(at_ + 1, static_cast<std::size_t>(end_ - at_ - 1));
    const std::size_t open = rest.take_front(17).find('(');
    if (open == llvm::StringRef::npos) {
      skip_literal();
      return;
    }
    const std::string close = (llvm::Twine(")") + rest.take_front(open) + "\"").str();
    const std::size_t found = rest.find(close, open);
    const std::size_t length = found == llvm::StringRef::npos ? rest.size() : found + close.size();
    const auto line_ends = static_cast<unsigned>(rest.take_front(length).count('\n'));
    line_ += line_ends;
    uncounted_ += line_ends;
    at_ += 1 + length;
    skip_suffix();
  }

  void skip_literal() {
    const char quote = *at_++;
    while (at_ != end_ && *at_ != quote && *at_ != '\n') {
      if (*at_ == '\\' && at_ + 1 != end_ && at_[1] != '\n')
        ++at_;
      ++at_;
    }
    if (at_ != end_ && *at_ == quote) {
      ++at_;
      skip_suffix();
    }
  }

  /// A user-defined literal's suffix is part of the literal.
  void skip_suffix() {
    while (at_ != end_ && continues_identifier(*at_))
      ++at_;
  }

  void skip_number() {
    ++at_;
    while (at_ != end_) {
      const char c = *at_;
      const bool sign = (c == '+' || c == '-') && llvm::StringRef("eEpP").contains(at_[-1]);
      const bool separator = c == '\'' && at_ + 1 != end_ && continues_identifier(at_[1]);
      if (!continues_identifier(c) && c != '.' && !sign && !separator)
        return;
      ++at_;
    }
  }

  /// Comments are there only when the user asked for them (-C).
  void skip_slash() {
    const llvm::StringRef rest(at_, static_cast<std::size_t>(end_ - at_));
    if (rest.starts_with("//")) {
      skip_line();
    } else if (rest.starts_with("/*")) {
      const std::size_t found = rest.find("*/", 2);
      const std::size_t length = found == llvm::StringRef::npos ? rest.size() : found + 2;
      line_ += static_cast<unsigned>(rest.take_front(length).count('\n'));
      at_ += length;
    } else {
      ++at_;
    }
  }
};

} // namespace

Scan scan(llvm::StringRef text, llvm::ArrayRef<std::string> names) {
  const NameTable table(names);
  return Scanner(text, table).run();
}

Scan scan_lines(llvm::StringRef text) {
  const NameTable table({});
  Scanner scanner(text, table);
  scanner.keep_lines();
  return scanner.run();
}

std::string line_marker(unsigned line, llvm::StringRef file, bool system) {
  std::string marker = "# " + std::to_string(line) + " \"";
  for (const char c : file) {
    if (c == '"' || c == '\\')
      marker += '\\';
    marker += c;
  }
  return marker + (system ? "\" 3\n" : "\"\n");
}

std::vector<unsigned> names_outside_system_headers(llvm::StringRef text, llvm::ArrayRef<std::string> names) {
  const Scan found = scan(text, names);
  std::vector<bool> outside(names.size(), false);
  for (const Occurrence &occurrence : found.occurrences)
    outside[occurrence.name] = outside[occurrence.name] || !occurrence.system;
  std::vector<unsigned> result;
  for (unsigned i = 0; i < names.size(); ++i)
    if (outside[i])
      result.push_back(i);
  return result;
}

} // namespace tripwire::tool
