// preprocessed text + the files it came from --(fallthrough)--> the text with its "falls through" comments back
#include "tool/fallthrough.hpp"
#include "tool/scan.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

#include <map>
#include <vector>

namespace tripwire::tool {
namespace {

struct Comment {
  unsigned line = 0; ///< the first line on which the code that follows it can stand
  std::string text;  ///< as a block comment
};

/// Walks over a source file and keeps its comments that speak of falling.
class CommentReader {
public:
  explicit CommentReader(llvm::StringRef text) : text_(text) {}

  std::vector<Comment> run() {
    while (at_ < text_.size())
      step();
    return std::move(comments_);
  }

private:
  llvm::StringRef text_;
  std::size_t at_ = 0;
  unsigned line_ = 1;
  std::vector<Comment> comments_;

  [[nodiscard]] llvm::StringRef rest() const { return text_.drop_front(at_); }

  void step() {
    if (rest().starts_with("//"))
      take_comment(rest().take_until([](char c) { return c == '\n'; }).size(), 2, 0);
    else if (rest().starts_with("/*"))
      take_comment(std::min(rest().find("*/", 2), rest().size() - 2) + 2, 2, 2);
    else if (rest().starts_with("R\""))
      skip_raw_string();
    else if (text_[at_] == '"' || (text_[at_] == '\'' && !is_digit_separator()))
      skip_literal();
    else
      advance(1);
  }

  [[nodiscard]] bool is_digit_separator() const {
    return at_ > 0 && llvm::isAlnum(text_[at_ - 1]) && rest().size() > 1 && llvm::isHexDigit(rest()[1]);
  }

  void advance(std::size_t count) {
    line_ += static_cast<unsigned>(rest().take_front(count).count('\n'));
    at_ = std::min(text_.size(), at_ + count);
  }

  void take_comment(std::size_t size, std::size_t front, std::size_t back) {
    const llvm::StringRef inner = rest().take_front(size).drop_front(front).drop_back(back);
    advance(size);
    if (!inner.contains_insensitive("fall") || inner.contains('\n') || inner.contains("*/"))
      return;
    const llvm::StringRef behind = rest().take_until([](char c) { return c == '\n'; });
    comments_.push_back({behind.trim().empty() ? line_ + 1 : line_, ("/*" + inner.rtrim('\r') + "*/").str()});
  }

  void skip_literal() {
    const char quote = text_[at_];
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    advance(end + 1 - at_);
  }

  void skip_raw_string() {
    const llvm::StringRef delimiter = rest().drop_front(2).take_until([](char c) { return c == '(' || c == '\n'; });
    const std::size_t end = rest().find((llvm::Twine(")") + delimiter + "\"").str());
    advance(end == llvm::StringRef::npos ? 2 : end + delimiter.size() + 2);
  }
};

/// Where a comment goes in front of the line at \p offset: into the line before it, unless that is a marker, so that no
/// column moves.
std::size_t place_before(llvm::StringRef text, std::size_t offset) {
  if (offset == 0)
    return 0;
  const llvm::StringRef before = text.take_front(offset - 1);
  const llvm::StringRef line = before.drop_front(before.rfind('\n') + 1);
  return line.ltrim().starts_with("#") ? offset : offset - 1;
}

} // namespace

bool warns_about_fallthrough(const CompileCommand &command) {
  return llvm::any_of(command.arguments, [](const Argument &argument) {
    const llvm::StringRef word = argument.words.front();
    return word == "-W" || word == "-Wextra" || word.contains("implicit-fallthrough");
  });
}

std::string with_fallthrough_comments(llvm::StringRef text) {
  const Scan scanned = scan_lines(text);
  std::map<unsigned, std::vector<Comment>> comments; // by file
  std::map<unsigned, std::vector<LineStart>> lines;  // by instance
  for (const LineStart &line : scanned.lines)
    if (!scanned.instances[line.instance].system && scanned.instances[line.instance].file == line.file)
      lines[line.instance].push_back(line);
  std::multimap<std::size_t, std::string> insertions; // by offset; in order of arrival where that is the same
  for (const auto &[instance, starts] : lines) {
    const unsigned file = scanned.instances[instance].file;
    if (comments.find(file) == comments.end()) {
      auto buffer = llvm::MemoryBuffer::getFile(scanned.files[file]);
      const bool may_have = buffer && (*buffer)->getBuffer().contains_insensitive("fall");
      comments[file] = may_have ? CommentReader((*buffer)->getBuffer()).run() : std::vector<Comment>();
    }
    for (const Comment &comment : comments[file]) {
      const auto next = llvm::find_if(starts, [&](const LineStart &start) { return start.line >= comment.line; });
      if (next != starts.end())
        insertions.emplace(place_before(text, next->offset), comment.text);
    }
  }
  std::string result;
  std::size_t copied = 0;
  for (const auto &[offset, comment] : insertions) {
    result.append(text.data() + copied, offset - copied);
    copied = offset;
    result += comment;
  }
  return result.append(text.data() + copied, text.size() - copied);
}

} // namespace tripwire::tool
