// preprocessed text + the same text edited --(overlay)--> edited copies of the source files, each token on its line
#include "tool/overlay.hpp"

#include "tool/lexemes.hpp"
#include "tool/preprocess.hpp"
#include "tool/scan.hpp"
#include "tool/source_tokens.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

namespace tripwire::tool {
namespace {

/// How many tokens an edit may span, and how many a name with its scopes.
constexpr std::size_t longest_edit = 4096;
constexpr std::size_t longest_name = 32;

/// Tokens [begin, begin + old) of the old text became tokens [at, at + made) of the new one.
struct Difference {
  std::size_t begin = 0;
  std::size_t old = 0;
  std::size_t at = 0;
  std::size_t made = 0;
};

/// Walks both texts. A wrapper's name stands in its declaration first, so what an edit is follows from whether the name
/// is new.
class Differences {
public:
  Differences(const Lexemes &old, const Lexemes &made) : old_(old), made_(made) {}

  /// None when the texts differ by something else than edits.
  std::optional<std::vector<Difference>> all() {
    while (i_ < old_.size()) {
      if (j_ < made_.size() && old_.text(i_) == made_.text(j_)) {
        ++i_;
        ++j_;
        continue;
      }
      const std::size_t name = next_wrapper();
      if (name == made_.size() || !(is_declared_here(name) ? insertion(name) : replacement(name)))
        return std::nullopt;
    }
    result_.push_back({i_, 0, j_, made_.size() - j_}); // the record
    return std::move(result_);
  }

private:
  [[nodiscard]] std::size_t next_wrapper() const {
    for (std::size_t j = j_; j < made_.size() && j < j_ + longest_edit; ++j)
      if (made_.text(j).starts_with("tripwire_"))
        return j;
    return made_.size();
  }

  /// The first token of the declaration that \p name stands in.
  [[nodiscard]] std::size_t start_of(std::size_t name) const {
    for (std::size_t j = name; j-- > 0;) {
      const llvm::StringRef token = made_.text(j);
      if (token == ")" || token == "]") {
        j = std::min(made_.opening(j), j);
        continue;
      }
      if (token == "{" && j > 1 && made_.text(j - 2) == "extern")
        return j - 2;
      if (token == ";" || token == "{" || token == "}")
        return j + 1;
    }
    return 0;
  }

  bool is_declared_here(std::size_t name) {
    return seen_.insert(made_.text(name).str()).second || made_.text(start_of(name)) == "using";
  }

  bool insertion(std::size_t name) {
    const std::size_t start = start_of(name);
    if (start > j_ || j_ - start > i_)
      return false;
    i_ -= j_ - start; // what follows in the old text may begin with the same words
    if (!result_.empty() && i_ < result_.back().begin + result_.back().old)
      return false;
    for (std::size_t j = start; j < made_.size(); ++j) {
      const llvm::StringRef token = made_.text(j);
      if (token == "(" || token == "{" || token == "[")
        j = made_.closing(j);
      if (token != ";" && token != "{")
        continue;
      result_.push_back({i_, 0, start, j + 1 - start});
      j_ = j + 1;
      return true;
    }
    return false;
  }

  bool replacement(std::size_t name) {
    for (std::size_t gone = 1; gone < longest_name && i_ + gone < old_.size() && name + 1 < made_.size(); ++gone) {
      if (old_.text(i_ + gone) != made_.text(name + 1) || old_[i_ + gone - 1].kind != LexemeKind::identifier)
        continue;
      result_.push_back({i_, gone, j_, name + 1 - j_});
      i_ += gone;
      j_ = name + 1;
      return true;
    }
    return false;
  }

  const Lexemes &old_;
  const Lexemes &made_;
  std::size_t i_ = 0;
  std::size_t j_ = 0;
  std::set<std::string> seen_;
  std::vector<Difference> result_;
};

/// Where a token of the text was written.
struct Written {
  unsigned instance = 0;
  unsigned file = 0;
  unsigned line = 0;
  friend bool operator==(const Written &a, const Written &b) {
    return std::tie(a.instance, a.file, a.line) == std::tie(b.instance, b.file, b.line);
  }
};

std::string absolute(llvm::StringRef file) {
  llvm::SmallString<256> path(file);
  if (llvm::sys::fs::make_absolute(path))
    return file.str();
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/false);
  return path.str().str();
}

class Maker {
public:
  Maker(const CompileCommand &command, llvm::StringRef text, llvm::StringRef edited)
      : command_(command), edited_(edited), old_(text), made_(edited), lines_(scan_lines(edited)) {}

  std::variant<Overlay, NoOverlay> make() {
    const std::optional<std::vector<Difference>> all = Differences(old_, made_).all();
    if (!all)
      return NoOverlay{"the edits could not be told apart"};
    align(*all);
    for (const Difference &difference : *all)
      if (!add(difference))
        return NoOverlay{why_};
    if (!add_to_macros())
      return NoOverlay{why_};
    Overlay overlay;
    for (auto &[path, file] : files_)
      if (!file.edits.empty())
        overlay[path] = apply(file);
    return overlay;
  }

private:
  struct SourceFile {
    std::string text;
    std::optional<SourceTokens> tokens;
    std::map<std::size_t, std::pair<std::size_t, std::string>> edits; ///< offset -> length, text
    /// Offset -> what is put there, by the entry into the file that wants it.
    std::map<std::size_t, std::map<unsigned, std::vector<std::string>>> behind;
  };

  /// Gives each token of the old text the place where it was written, which the markers of the new one say.
  void align(const std::vector<Difference> &all) {
    std::vector<Written> made;
    std::size_t line = 0;
    for (std::size_t j = 0; j < made_.size(); ++j) {
      while (line + 1 < lines_.lines.size() && lines_.lines[line + 1].offset <= made_[j].offset)
        ++line;
      const LineStart &start = lines_.lines[line];
      made.push_back({start.instance, start.file, start.line});
    }
    std::size_t j = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < old_.size();) {
      while (next < all.size() && all[next].begin == i && all[next].old == 0) {
        j = all[next].at + all[next].made;
        ++next;
      }
      if (next < all.size() && all[next].begin == i) {
        const Difference &here = all[next++];
        for (std::size_t k = 0; k < here.old; ++k)
          written_.push_back(made[here.at + here.made - 1]);
        i += here.old;
        j = here.at + here.made;
        continue;
      }
      written_.push_back(made[j++]);
      ++i;
    }
  }

  SourceFile *file_of(unsigned index) {
    const std::string path = absolute(lines_.files[index]);
    const auto [known, is_new] = files_.try_emplace(path);
    if (is_new) {
      llvm::Expected<std::string> text = read_whole(path);
      if (!text) {
        llvm::consumeError(text.takeError());
        return nullptr;
      }
      known->second.text = std::move(*text);
      known->second.tokens.emplace(known->second.text, command_.language);
    }
    return known->second.tokens ? &known->second : nullptr;
  }

  /// The token of the source that the old text's token \p index comes from, when one of its spelling is in its line.
  std::optional<std::pair<SourceFile *, SourceToken>> source_of(std::size_t index) {
    const Written &place = written_[index];
    SourceFile *file = file_of(place.file);
    if (file == nullptr)
      return std::nullopt;
    const llvm::StringRef spelling = old_.text(index);
    std::size_t before = 0;
    for (std::size_t i = index; i-- > 0 && index - i < longest_edit;)
      before += written_[i] == place && old_.text(i) == spelling ? 1U : 0U;
    const std::vector<SourceToken> found = file->tokens->in_line(place.line, spelling);
    if (found.empty())
      return std::nullopt;
    return std::pair(file, found[before % found.size()]); // a macro may have used its argument several times
  }

  /// The new text's tokens, next to each other where they were.
  [[nodiscard]] std::string text_of(std::size_t at, std::size_t count) const {
    std::string text;
    for (std::size_t j = at; j < at + count; ++j) {
      const bool touches = j > at && made_[j - 1].offset + made_[j - 1].length == made_[j].offset;
      text += (j == at || touches ? "" : " ") + made_.text(j).str();
    }
    return text;
  }

  bool add(const Difference &difference) {
    const std::string text = text_of(difference.at, difference.made);
    if (difference.begin == old_.size())
      return add_at_end(text);
    if (difference.old == 0)
      return difference.begin != 0 && add_behind(difference.begin - 1, text);
    const std::size_t name = difference.begin + difference.old - 1;
    for (std::size_t i = difference.begin; i < name; ++i) {
      const auto source = source_of(i);
      if (!source)
        return refuse("a macro makes part of a name that is replaced");
      if (!put(*source->first, source->second, ""))
        return false;
    }
    const auto source = source_of(name);
    if (source)
      return put(*source->first, source->second, text);
    const auto [known, is_new] = in_macros_.try_emplace(old_.text(name).str(), text);
    return (is_new || known->second == text) ||
           refuse("a macro's body holds '" + known->first + "', which is rewritten in different ways");
  }

  bool refuse(std::string why) {
    why_ = std::move(why);
    return false;
  }

  bool put(SourceFile &file, const SourceToken &token, const std::string &text) {
    const std::string spaced = (text.rfind("::", 0) == 0 ? " " : "") + text;
    const auto [known, is_new] = file.edits.try_emplace(token.offset, token.length, spaced);
    return (is_new || known->second == std::pair(token.length, spaced)) ||
           refuse("a token that is read more than once is rewritten in different ways");
  }

  bool add_behind(std::size_t index, const std::string &text) {
    const auto source = source_of(index);
    const unsigned instance = written_[index].instance;
    if (!source)
      return refuse("a macro makes the declaration of a seam");
    source->first->behind[source->second.offset + source->second.length][instance].push_back(text);
    source->first->edits.try_emplace(source->second.offset, source->second.length,
                                     source->first->text.substr(source->second.offset, source->second.length));
    return true;
  }

  bool add_at_end(const std::string &text) {
    for (unsigned index = 0; index < lines_.files.size(); ++index)
      if (absolute(lines_.files[index]) == absolute(command_.source)) {
        SourceFile *file = file_of(index);
        if (file == nullptr)
          break;
        const std::string end = file->text.empty() || file->text.back() == '\n' ? "" : "\n";
        file->edits.try_emplace(file->text.size(), 0U, end + text + "\n");
        return true;
      }
    return refuse("the source is not among the files of its text");
  }

  /// Names that stand in no line of the code stand in the bodies of macros.
  bool add_to_macros() {
    if (in_macros_.empty())
      return true;
    bool found = false;
    for (unsigned index = 0; index < lines_.files.size(); ++index) {
      SourceFile *file = llvm::StringRef(lines_.files[index]).starts_with("<") ? nullptr : file_of(index);
      if (file == nullptr)
        continue;
      for (const auto &[name, text] : in_macros_)
        for (const SourceToken &token : file->tokens->in_macro_bodies(name)) {
          found = true;
          if (!put(*file, token, text))
            return false;
        }
    }
    return found || refuse("a macro pastes the name of a seam together");
  }

  static std::string apply(const SourceFile &file) {
    std::string result;
    std::size_t at = 0;
    for (const auto &[offset, edit] : file.edits) {
      result += file.text.substr(at, offset - at) + edit.second;
      at = offset + edit.first;
      if (const auto behind = file.behind.find(at); behind != file.behind.end() && edit.first != 0)
        for (const std::string &text : behind->second.begin()->second) // the others want the same, or it is not right
          result += " " + text;
    }
    return result + file.text.substr(at);
  }

  const CompileCommand &command_;
  llvm::StringRef edited_;
  Lexemes old_;
  Lexemes made_;
  Scan lines_; ///< of the new text
  std::vector<Written> written_;
  std::map<std::string, SourceFile> files_;
  std::map<std::string, std::string> in_macros_;
  std::string why_;
};

bool maps_coverage(const CompileCommand &command) {
  return llvm::any_of(command.arguments,
                      [](const Argument &argument) { return argument.words.front() == "-fcoverage-mapping"; });
}

} // namespace

std::variant<Overlay, NoOverlay> overlay_of(const CompileCommand &command, llvm::StringRef text,
                                            llvm::StringRef edited) {
  return Maker(command, text, edited).make();
}

bool wants_overlay(const CompileCommand &command, const Compiler &compiler) {
  if (compiler.kind != CompilerKind::clang)
    return false;
  return maps_coverage(command) || (command.debug_info && command.launcher.empty());
}

llvm::Expected<OverlayFiles> OverlayFiles::write(const Overlay &overlay, const CompileCommand &command) {
  OverlayFiles files;
  files.files_.emplace_back(scratch_name(command.output, ".tripwire.overlay.json"));
  llvm::json::Array roots;
  for (const auto &[path, text] : overlay) {
    const std::string suffix = ".tripwire." + std::to_string(files.files_.size()) + ".overlaid";
    files.files_.emplace_back(scratch_name(command.output, suffix));
    const std::string &contents = files.files_.back().path();
    if (llvm::Error error = write_whole(contents, text))
      return error;
    roots.push_back(llvm::json::Object{{"type", "file"}, {"name", path}, {"external-contents", absolute(contents)}});
  }
  const llvm::json::Value description =
      llvm::json::Object{{"version", 0}, {"use-external-names", false}, {"roots", std::move(roots)}};
  std::string text;
  llvm::raw_string_ostream(text) << description;
  if (llvm::Error error = write_whole(files.path(), text))
    return error;
  return files;
}

llvm::Expected<bool> OverlayFiles::gives(llvm::StringRef edited, const CompileCommand &command,
                                         const Compiler &compiler) const {
  CompileCommand look = command;
  look.depfile = Depfile();
  const ScratchFile scratch(scratch_name(command.output, ".tripwire.overlaid.i"));
  std::vector<std::string> argv = preprocess_command(look, compiler, scratch.path());
  llvm::append_range(argv, llvm::ArrayRef<std::string>{"-ivfsoverlay", path(), "-w"});
  llvm::Expected<ProcessResult> result = run(argv, {Stream::discard, Stream::discard});
  if (!result)
    return result.takeError();
  if (!result->succeeded())
    return false;
  llvm::Expected<std::string> text = read_whole(scratch.path());
  if (!text)
    return text.takeError();
  const Lexemes wanted(edited);
  const Lexemes given(*text);
  if (wanted.size() != given.size())
    return false;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted.text(i) != given.text(i))
      return false;
  return true;
}

} // namespace tripwire::tool
