// tokens of Clang's parse + the compiler's own text --(line_tokens)--> where any token stands in that text
#include "tool/line_tokens.hpp"

#include "tool/scan.hpp"
#include "tool/token_log.hpp"

#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {

void LineTokens::read_lines() {
  const Scan scanned = scan_lines(text_);
  std::vector<std::optional<unsigned>> file_of;
  for (const std::string &name : scanned.files) {
    const auto known = llvm::find(found_.files, normal_path(name));
    file_of.push_back(known == found_.files.end() ? std::nullopt
                                                  : std::optional(static_cast<unsigned>(known - found_.files.begin())));
  }
  std::size_t lexeme = 0;
  for (std::size_t i = 0; i < scanned.lines.size(); ++i) {
    const LineStart &line = scanned.lines[i];
    while (lexeme < lexemes_.size() && lexemes_[lexeme].offset < line.offset)
      ++lexeme;
    const std::size_t next = i + 1 < scanned.lines.size() ? scanned.lines[i + 1].offset : text_.size();
    std::size_t end = lexeme;
    while (end < lexemes_.size() && lexemes_[end].offset < next)
      ++end;
    const Instance &instance = scanned.instances[line.instance];
    if (file_of[instance.file] && file_of[line.file])
      lines_[{*file_of[instance.file], instance.ordinal, *file_of[line.file], line.line, {}}].emplace_back(lexeme, end);
    lexeme = end;
  }
  read_ = true;
}

std::optional<std::size_t> LineTokens::lexeme(const TokenPlace &place) {
  if (!read_)
    read_lines();
  LineOfName key = place.line;
  key.name.clear();
  const auto line = lines_.find(key);
  if (line == lines_.end())
    return std::nullopt;
  std::vector<std::size_t> alike;
  for (const auto &[begin, end] : line->second)
    for (std::size_t i = begin; i < end; ++i)
      if (spelling_of(lexemes_.text(i), lexemes_[i].kind) == place.line.name)
        alike.push_back(i);
  if (alike.size() != place.among || place.index >= alike.size())
    return std::nullopt;
  return alike[place.index];
}

} // namespace tripwire::tool
