// preprocessed text + configuration --(unit)--> whether the unit may refer to a seam at all
#include "tool/unit.hpp"

#include "tool/editable_files.hpp"
#include "tool/lexemes.hpp"
#include "tool/scan.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {
namespace {

/// What has to be in a text before a seam can be referred to.
struct Clues {
  std::vector<std::string> names;   ///< one of these in the project's code; with "*" at the end: what begins so
  std::vector<std::string> scopes;  ///< one of these anywhere
  std::vector<std::string> headers; ///< one of these among the files: globs, as they are included
  bool any_text = false;            ///< nothing is needed
};

/// Whether the name that \p part stands for, a glob that begins with \p literal, can be an operator's.
bool may_be_operator(llvm::StringRef part, llvm::StringRef literal) {
  constexpr llvm::StringLiteral word = "operator";
  const llvm::StringRef sign = part.drop_front(std::min(part.size(), word.size()));
  return literal.starts_with(word) ? !sign.empty() && !llvm::isAlnum(sign.front()) && sign.front() != '_'
                                   : literal.size() < part.size() && word.starts_with(literal);
}

void add_clue(const config::Seam &seam, Clues &clues) {
  if (seam.kind == config::SeamKind::header) {
    clues.headers.push_back(seam.pattern);
    return;
  }
  const std::string name = config::parse_pattern(seam.pattern).name;
  // These go by an alias of a header, too.
  if (seam.kind == config::SeamKind::constructor || seam.kind == config::SeamKind::type) {
    const std::string last = name.substr(name.rfind(':') + 1);
    if (config::is_exact(last))
      clues.scopes.push_back(last);
    else
      clues.any_text = true;
    return;
  }
  for (llvm::StringRef rest = name; !rest.empty();) {
    const std::size_t colons = rest.rfind("::");
    const llvm::StringRef part = colons == llvm::StringRef::npos ? rest : rest.drop_front(colons + 2);
    const llvm::StringRef literal = part.take_until([](char c) { return c == '*' || c == '?'; });
    const bool is_last_part = rest.size() == name.size();
    // An operator may be called by its sign, which is no name.
    if (is_last_part && !literal.empty() && !may_be_operator(part, literal)) {
      clues.names.push_back(literal.size() == part.size() ? part.str() : literal.str() + "*");
      return;
    }
    if (!is_last_part && literal.size() == part.size()) {
      clues.scopes.push_back(part.str());
      return;
    }
    rest = colons == llvm::StringRef::npos ? llvm::StringRef() : rest.take_front(colons);
  }
  clues.any_text = true;
}

bool is_among(const std::vector<std::string> &globs, llvm::StringRef file) {
  // A header is named as it is included, so the glob may match at any folder of the path.
  while (true) {
    if (llvm::any_of(globs, [&](const std::string &glob) { return config::path_matches(glob, file.str()); }))
      return true;
    const std::size_t slash = file.find('/');
    if (slash == llvm::StringRef::npos)
      return false;
    file = file.drop_front(slash + 1);
  }
}

/// Whether the name at \p offset of \p text is a function's with its body behind it: `get(int n) const {`.
bool has_body(llvm::StringRef text, std::size_t offset) {
  constexpr std::size_t longest_head = 4096;
  const Lexemes lexemes(text.substr(offset, longest_head));
  if (lexemes.size() < 2 || lexemes.text(1) != "(")
    return false;
  for (std::size_t i = lexemes.closing(1) + 1; i < lexemes.size(); ++i) {
    const llvm::StringRef token = lexemes.text(i);
    if (token == "{")
      return true;
    if (token == "(" || token == "[")
      i = lexemes.closing(i);
    else if (lexemes[i].kind != LexemeKind::identifier && token != "->" && token != "::" && token != "&" &&
             token != "*" && token != "<" && token != ">" && token != ",")
      return false;
  }
  return false;
}

} // namespace

UnitLook look_at(llvm::StringRef text, const config::Configuration &configuration) {
  Clues clues;
  for (const config::Seam &seam : configuration.seams)
    add_clue(seam, clues);
  const Scan scanned = scan(text, clues.names);

  std::vector<std::optional<bool>> known(scanned.files.size());
  const auto is_the_projects = [&](const Instance &instance) {
    if (instance.ordinal == Instance::no_ordinal)
      return false;
    std::optional<bool> &answer = known[instance.file];
    if (!answer)
      answer = is_editable(configuration, scanned.files[instance.file], instance.system);
    return *answer;
  };
  UnitLook look;
  look.files = scanned.files;
  const bool has_project_code = llvm::any_of(scanned.instances, is_the_projects);
  if (!has_project_code)
    return look;
  const Instance &main_file = scanned.instances.front();
  look.is_of_project = main_file.ordinal == Instance::no_ordinal || is_the_projects(main_file);
  look.may_refer = clues.any_text ||
                   llvm::any_of(scanned.occurrences,
                                [&](const Occurrence &occurrence) {
                                  return is_the_projects(scanned.instances[occurrence.instance]) ||
                                         has_body(text, occurrence.offset);
                                }) ||
                   (!clues.scopes.empty() && !scan(text, clues.scopes).occurrences.empty()) ||
                   (!clues.headers.empty() && llvm::any_of(scanned.files, [&](const std::string &file) {
                     return is_among(clues.headers, file);
                   }));
  return look;
}

} // namespace tripwire::tool
