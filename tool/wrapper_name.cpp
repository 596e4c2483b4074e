#include "tool/wrapper_name.hpp"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/xxhash.h"

namespace tripwire::tool {

namespace {

/// `operator_plus_equal` for `operator+=`.
std::string with_words(llvm::StringRef identifier) {
  std::string name;
  for (const char c : identifier) {
    const llvm::StringRef word = llvm::StringSwitch<llvm::StringRef>(llvm::StringRef(&c, 1))
                                     .Case("+", "plus")
                                     .Case("-", "minus")
                                     .Case("*", "star")
                                     .Case("/", "slash")
                                     .Case("%", "percent")
                                     .Case("^", "caret")
                                     .Case("&", "and")
                                     .Case("|", "or")
                                     .Case("~", "tilde")
                                     .Case("!", "not")
                                     .Case("=", "equal")
                                     .Case("<", "less")
                                     .Case(">", "greater")
                                     .Case(",", "comma")
                                     .Case("(", "call")
                                     .Case("[", "at")
                                     .Case(")", "_")
                                     .Case("]", "_")
                                     .Default("");
    if (word.empty())
      name += c;
    else if (word != "_")
      name += "_" + word.str();
  }
  return name;
}

} // namespace

std::string wrapper_name(llvm::StringRef identifier, const WrapperKind &kind) {
  std::string name = kind.may_throw ? "tripwire_may_throw_" : "tripwire_seam_";
  for (const char c :
       with_words(identifier)) // `_exit` -> `u0exit`: `u0` stands for an underscore that would make two in a row
    name += c == '_' && name.back() == '_' ? std::string("u0") : std::string(1, c);
  if (kind.variadic)
    name += (name.back() == '_' ? "v" : "_v") + kind.variadic_types;
  if (kind.qualified)
    name += name.back() == '_' ? "qualified" : "_qualified";
  return name;
}

std::string inner_name(llvm::StringRef file, llvm::StringRef identifier, llvm::StringRef usr) {
  std::string name;
  for (const char c : (file + "_" + identifier).str())
    if (llvm::isAlnum(c))
      name += c;
    else if (!llvm::StringRef(name).ends_with("_"))
      name += '_';
  return unique_name(name, usr);
}

std::string unique_name(llvm::StringRef identifier, llvm::StringRef usr) {
  return identifier.str() + "_" + llvm::utohexstr(llvm::xxh3_64bits(usr) & 0xffffffffU, /*LowerCase=*/true);
}

std::string real_name(llvm::StringRef inner) { return "tripwire_real_" + inner.str(); }
std::string type_name(llvm::StringRef inner) { return "tripwire_type_of_" + inner.str(); }

} // namespace tripwire::tool
