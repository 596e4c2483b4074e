// a seam's declaration in the text --(declare)--> the declaration of its wrapper, and where it goes
#pragma once

#include "tool/compiler.hpp"
#include "tool/found.hpp"
#include "tool/lexemes.hpp"
#include "tool/wrapper_name.hpp"

#include "llvm/Support/Error.h"

namespace tripwire::tool {

struct WrapperDeclaration {
  std::size_t offset = 0; ///< right behind the seam's declaration
  std::string text;       ///< one line, begins with a space
};

/// How wrappers are declared: C takes the seam's type by name; C++ clones the tokens, which brings default arguments,
/// overloads and attributes along.
struct DeclareStyle {
  Language language = Language::cxx;
  CompilerKind compiler = CompilerKind::gcc;
  bool defines = false; ///< the unit defines the wrappers
};

/// The declaration of the wrapper \p kind for \p declaration, whose name begins at \p name in the text of \p lexemes.
/// An error when the declaration cannot be followed in the text.
llvm::Expected<WrapperDeclaration> declare_wrapper(const Declaration &declaration, const WrapperKind &kind,
                                                   const Lexemes &lexemes, std::size_t name, DeclareStyle style);

/// For the unit that defines the wrappers of constructors, beside the first of a class: the constructor through which
/// they run the real one once the runtime has agreed.
std::string agreed_constructor(const Declaration &declaration);

/// The definition of the variable through which the seam definitions reach a function with internal linkage, for behind
/// the declaration of its wrapper \p kind.
std::string export_of(const Declaration &declaration, const WrapperKind &kind, Language language);

} // namespace tripwire::tool
