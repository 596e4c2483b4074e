// Clang's preprocessed text + the real source --(argument_lines)--> the text with macro arguments back on their own
// lines
#include "tool/argument_lines.hpp"
#include "tool/scan.hpp"

#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <vector>

namespace tripwire::tool {
namespace {

/// Gathers a run of tokens and keeps it when it is mixed.
class Run {
public:
  explicit Run(MixedLines &result) : result_(result) {}

  void begin(LineKey key) {
    flush();
    key_ = std::move(key);
  }
  void add(const std::string &spelling, unsigned line) {
    tokens_.push_back({spelling, line});
    mixed_ = mixed_ || line != key_.line;
  }
  void flush() {
    if (mixed_)
      llvm::append_range(result_[key_], tokens_);
    tokens_.clear();
    mixed_ = false;
  }

private:
  MixedLines &result_;
  LineKey key_;
  std::vector<PlacedToken> tokens_;
  bool mixed_ = false;
};

/// Hears each token of the unit and says to which lines it belongs.
class LineListener {
public:
  LineListener(clang::Preprocessor &preprocessor, SourceLines &result)
      : preprocessor_(preprocessor), sources_(preprocessor.getSourceManager()), expanded_(result.expanded),
        written_(result.written) {}

  void take(const clang::Token &token) {
    const clang::SourceLocation expansion = sources_.getExpansionLoc(token.getLocation());
    const clang::FileID entry = sources_.getFileID(expansion);
    const auto [ordinal, is_new] = ordinals_.try_emplace(entry, 0U);
    if (is_new)
      ordinal->second = entries_[name_of(entry)]++;
    const clang::PresumedLoc at = sources_.getPresumedLoc(expansion);
    if (at.isInvalid() || sources_.isInSystemHeader(expansion))
      return;
    const LineKey key{entry == entry_ ? name_ : name_of(entry), ordinal->second, at.getLine()};
    if (entry != entry_ || (token.isAtStartOfLine() && at.getLine() != text_line_)) {
      expanded_.begin(key);
      text_line_ = at.getLine();
    }
    if (entry != entry_ || at.getLine() != line_)
      written_.begin(key);
    entry_ = entry;
    name_ = key.file;
    line_ = at.getLine();
    const std::string spelling = preprocessor_.getSpelling(token);
    const clang::PresumedLoc written = sources_.getPresumedLoc(sources_.getFileLoc(token.getLocation()));
    expanded_.add(spelling, line_);
    written_.add(spelling, written.isValid() ? written.getLine() : line_);
  }

  void flush() {
    expanded_.flush();
    written_.flush();
  }

private:
  clang::Preprocessor &preprocessor_;
  const clang::SourceManager &sources_;
  Run expanded_;
  Run written_;
  llvm::DenseMap<clang::FileID, unsigned> ordinals_;
  llvm::StringMap<unsigned> entries_;
  clang::FileID entry_;
  std::string name_;
  unsigned line_ = 0;      ///< of expansion
  unsigned text_line_ = 0; ///< of Clang's text

  [[nodiscard]] std::string name_of(clang::FileID entry) const {
    const clang::PresumedLoc start =
        sources_.getPresumedLoc(sources_.getLocForStartOfFile(entry), /*UseLineDirectives=*/false);
    return start.isValid() ? start.getFilename() : "";
  }
};

class LineAction : public clang::PreprocessorFrontendAction {
public:
  explicit LineAction(SourceLines &result) : result_(result) {}

protected:
  void ExecuteAction() override {
    clang::Preprocessor &preprocessor = getCompilerInstance().getPreprocessor();
    preprocessor.IgnorePragmas();
    LineListener listener(preprocessor, result_);
    preprocessor.EnterMainSourceFile();
    clang::Token token;
    for (preprocessor.Lex(token); token.isNot(clang::tok::eof); preprocessor.Lex(token))
      if (!token.isAnnotation())
        listener.take(token);
    listener.flush();
  }

private:
  SourceLines &result_;
};

/// A token of the text.
struct TextToken {
  std::string spelling;
  std::size_t offset = 0;
  std::size_t part = 0; ///< which of the line's parts holds it
};

/// The tokens of \p line, which begins at \p offset of the text.
void add_tokens(const std::string &line, std::size_t offset, std::size_t part, std::vector<TextToken> &tokens) {
  clang::LangOptions language;
  language.CPlusPlus = language.CPlusPlus11 = language.CPlusPlus17 = language.Bool = language.LineComment = true;
  clang::Lexer lexer(clang::SourceLocation(), language, line.data(), line.data(), line.data() + line.size());
  clang::Token token;
  while (!lexer.LexFromRawLexer(token) || token.isNot(clang::tok::eof)) {
    if (token.is(clang::tok::eof))
      break;
    const auto end = static_cast<std::size_t>(lexer.getBufferLocation() - line.data());
    const std::size_t begin = end - token.getLength();
    tokens.push_back({line.substr(begin, token.getLength()), offset + begin, part});
  }
}

/// The line of each token of the text. Tokens that an edit put there take the line of what they stand for.
std::vector<unsigned> align(const std::vector<TextToken> &text, const std::vector<PlacedToken> &written) {
  constexpr std::size_t reach = 64;
  std::vector<unsigned> lines(text.size(), 0);
  std::size_t t = 0;
  std::size_t w = 0;
  while (t < text.size() && w < written.size()) {
    if (text[t].spelling == written[w].spelling) {
      lines[t++] = written[w++].line;
      continue;
    }
    // The nearest pair of tokens from which both go on alike.
    std::size_t skip_t = 0;
    std::size_t skip_w = 0;
    bool found = false;
    for (std::size_t distance = 1; distance <= 2 * reach && !found; ++distance)
      for (std::size_t i = 0; i <= distance && !found; ++i) {
        const std::size_t a = t + i;
        const std::size_t b = w + (distance - i);
        const bool same = a < text.size() && b < written.size() && text[a].spelling == written[b].spelling;
        const bool goes_on = a + 1 >= text.size() || b + 1 >= written.size() ||
                             (same && text[a + 1].spelling == written[b + 1].spelling);
        found = same && goes_on;
        skip_t = i;
        skip_w = distance - i;
      }
    if (!found)
      return {};
    for (std::size_t i = 0; i < skip_t; ++i)
      lines[t + i] = written[w].line;
    t += skip_t;
    w += skip_w;
  }
  for (; t < text.size(); ++t)
    lines[t] = t == 0 ? 0 : lines[t - 1];
  return lines;
}

/// One stretch of the text between line ends.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  unsigned file = 0;
};

using Insertions = std::multimap<std::size_t, std::string>; // by offset; in order of arrival where that is the same

void add_markers(llvm::StringRef text, llvm::StringRef file, unsigned line, const std::vector<Part> &parts,
                 const std::vector<PlacedToken> &written, Insertions &insertions) {
  std::vector<TextToken> tokens;
  for (std::size_t i = 0; i < parts.size(); ++i)
    add_tokens(text.slice(parts[i].begin, parts[i].end).str(), parts[i].begin, i, tokens);
  const std::vector<unsigned> lines = align(tokens, written);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool begins_part = i == 0 || tokens[i].part != tokens[i - 1].part;
    const unsigned current = begins_part ? line : lines[i - 1];
    if (lines[i] != current)
      insertions.emplace(tokens[i].offset, (begins_part ? "" : "\n") + line_marker(lines[i], file, /*system=*/false));
    const bool ends_part = i + 1 == lines.size() || tokens[i + 1].part != tokens[i].part;
    const std::size_t behind = parts[tokens[i].part].end + 1;
    if (ends_part && lines[i] != line && behind <= text.size())
      insertions.emplace(behind, line_marker(line + 1, file, /*system=*/false));
  }
}

} // namespace

SourceLines read_source_lines(const ClangArguments &arguments,
                              const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &files) {
  SourceLines result;
  clang::FileSystemOptions options;
  llvm::IntrusiveRefCntPtr<clang::FileManager> manager(new clang::FileManager(options, files));
  clang::IgnoringDiagConsumer nobody;
  clang::tooling::ToolInvocation invocation(arguments.command_line, std::make_unique<LineAction>(result),
                                            manager.get());
  invocation.setDiagnosticConsumer(&nobody);
  if (!invocation.run())
    return {};
  return result;
}

std::string with_lines(llvm::StringRef text, const MixedLines &lines) {
  if (lines.empty())
    return text.str();
  const Scan scanned = scan_lines(text);
  std::map<LineKey, std::vector<Part>> parts;
  for (const LineStart &start : scanned.lines) {
    const Instance &instance = scanned.instances[start.instance];
    const LineKey key{scanned.files[instance.file], instance.ordinal, start.line};
    if (!instance.system && lines.count(key) != 0)
      parts[key].push_back({start.offset, std::min(text.find('\n', start.offset), text.size()), start.file});
  }
  Insertions insertions;
  for (const auto &[key, of_line] : parts)
    add_markers(text, scanned.files[of_line.front().file], key.line, of_line, lines.at(key), insertions);
  std::string result;
  std::size_t copied = 0;
  for (const auto &[offset, marker] : insertions) {
    result.append(text.data() + copied, offset - copied);
    copied = offset;
    result += marker;
  }
  return result.append(text.data() + copied, text.size() - copied);
}

} // namespace tripwire::tool
