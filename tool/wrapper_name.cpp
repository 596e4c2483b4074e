#include "tool/wrapper_name.hpp"

namespace tripwire::tool {

std::string wrapper_name(llvm::StringRef identifier, const WrapperKind &kind) {
  std::string name = kind.may_throw ? "tripwire_may_throw_" : "tripwire_seam_";
  for (const char c : identifier) // `_exit` -> `u0exit`: `u0` stands for an underscore that would make two in a row
    name += c == '_' && name.back() == '_' ? std::string("u0") : std::string(1, c);
  if (kind.variadic)
    name += (name.back() == '_' ? "v" : "_v") + kind.variadic_types;
  if (kind.qualified)
    name += name.back() == '_' ? "qualified" : "_qualified";
  return name;
}

} // namespace tripwire::tool
