#include "tool/c_header.hpp"

#include "tool/source_tokens.hpp"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

#include <map>
#include <vector>

namespace tripwire::tool {
namespace {

/// Words that C++ reads otherwise, and what it reads in their place. Not those that C's own headers make types or
/// values of (`bool`), that glibc says of its functions to C++ (`noexcept`), and that no macro may be named after
/// (`and`).
const llvm::StringMap<std::string> &words_in_cxx() {
  static const llvm::StringMap<std::string> words = [] {
    llvm::StringMap<std::string> known = {
        {"restrict", "__restrict"},          {"_Bool", "bool"},       {"_Noreturn", "__attribute__((__noreturn__))"},
        {"_Static_assert", "static_assert"}, {"_Alignas", "alignas"}, {"_Alignof", "alignof"},
        {"_Thread_local", "thread_local"}};
    for (const char *keyword : {"catch",
                                "class",
                                "const_cast",
                                "co_await",
                                "co_return",
                                "co_yield",
                                "concept",
                                "consteval",
                                "constinit",
                                "decltype",
                                "delete",
                                "explicit",
                                "export",
                                "friend",
                                "mutable",
                                "namespace",
                                "new",
                                "operator",
                                "private",
                                "protected",
                                "public",
                                "requires",
                                "reinterpret_cast",
                                "static_cast",
                                "template",
                                "this",
                                "throw",
                                "try",
                                "typeid",
                                "typename",
                                "using",
                                "virtual",
                                "dynamic_cast"})
      known[keyword] = std::string(keyword) + "_in_c";
    return known;
  }();
  return words;
}

/// The headers of the C library that are templates and namespaces in C++.
const llvm::StringSet<> &headers_of_c() {
  static const llvm::StringSet<> headers = {
      "complex.h", "ctype.h",  "errno.h",  "fenv.h",   "float.h",    "inttypes.h", "limits.h",
      "locale.h",  "math.h",   "setjmp.h", "signal.h", "stdalign.h", "stdarg.h",   "stdbool.h",
      "stddef.h",  "stdint.h", "stdio.h",  "stdlib.h", "string.h",   "tgmath.h",   "stdatomic.h",
      "threads.h", "time.h",   "uchar.h",  "wchar.h",  "wctype.h",   "assert.h"};
  return headers;
}

/// What a header and those that it includes from its own folders say.
class Reading {
public:
  void read(const std::string &path) {
    if (!seen_.insert(path).second)
      return;
    const auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer)
      return;
    const llvm::StringRef text = (*buffer)->getBuffer();
    if (text.contains("__cplusplus")) {
      ahead.push_back("#include \"" + path + "\"\n");
      return;
    }
    const SourceTokens tokens(text, Language::c);
    for (const auto &word : words_in_cxx())
      if (tokens.has(word.getKey()))
        words.emplace(word.getKey().str(), word.getValue());
    static const llvm::Regex include("^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)");
    llvm::SmallVector<llvm::StringRef, 0> lines;
    text.split(lines, '\n');
    for (const llvm::StringRef line : lines) {
      llvm::SmallVector<llvm::StringRef, 3> parts;
      if (!include.match(line, &parts))
        continue;
      if (parts[1] == "<" && headers_of_c().contains(parts[2]))
        ahead.push_back("#include <" + parts[2].str() + ">\n");
      if (parts[1] == "<")
        continue;
      llvm::SmallString<256> inner(llvm::sys::path::parent_path(path));
      llvm::sys::path::append(inner, parts[2]);
      read(inner.str().str());
    }
  }

  std::map<std::string, std::string> words; ///< with what C++ reads in their place
  std::vector<std::string> ahead;           ///< what may not see other names for its words

private:
  llvm::StringSet<> seen_;
};

} // namespace

bool knows_cxx(const std::string &path) {
  const auto text = llvm::MemoryBuffer::getFile(path);
  return !text || (*text)->getBuffer().contains("__cplusplus");
}

std::string c_header_lines(const std::string &path) {
  Reading reading;
  reading.read(path);
  std::string lines;
  if (!reading.words.empty())
    for (const std::string &line : reading.ahead)
      lines += line;
  for (const auto &[word, in_cxx] : reading.words)
    lines.append("#define ").append(word).append(" ").append(in_cxx).append("\n");
  lines.append("extern \"C\" {\n#include \"").append(path).append("\"\n}\n");
  for (const auto &[word, in_cxx] : reading.words)
    lines.append("#undef ").append(word).append("\n");
  return lines;
}

} // namespace tripwire::tool
