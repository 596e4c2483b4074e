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

} // namespace tripwire::tool
