// a seam's name + the context of a call --(wrapper_name)--> the name of the wrapper that serves it
#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>
#include <tuple>

namespace tripwire::tool {

/// Which of a seam's wrappers a reference uses (decision 1).
struct WrapperKind {
  bool may_throw = false;     ///< the twin without `noexcept`, which throws its refusals
  bool variadic = false;      ///< one wrapper for each list of argument types ...
  std::string variadic_types; ///< ... in letters
  bool qualified = false;     ///< for `x.Base::f()`: makes the call past the overriders of a virtual function

  friend bool operator<(const WrapperKind &a, const WrapperKind &b) {
    return std::tie(a.may_throw, a.variadic, a.variadic_types, a.qualified) <
           std::tie(b.may_throw, b.variadic, b.variadic_types, b.qualified);
  }
  friend bool operator==(const WrapperKind &a, const WrapperKind &b) { return !(a < b) && !(b < a); }
};

/// `tripwire_seam_open`, `tripwire_may_throw_open_vi`. Never holds `__`, which C++ keeps for the implementation.
std::string wrapper_name(llvm::StringRef identifier, const WrapperKind &kind);

/// What a function with internal linkage is called after outside its unit: its file, its name, and what tells its
/// overloads apart.
std::string inner_name(llvm::StringRef file, llvm::StringRef identifier, llvm::StringRef usr);
/// An identifier and what tells its overloads apart.
std::string unique_name(llvm::StringRef identifier, llvm::StringRef usr);
/// The variable through which such a function is reached from the seam definitions.
std::string real_name(llvm::StringRef inner);
/// The function that the seam definitions declare to speak of its type.
std::string type_name(llvm::StringRef inner);

} // namespace tripwire::tool
