// a function that an instantiation names --(specialise)--> Specialisation: what another unit says to define its
// wrappers
#pragma once

#include "tool/describe.hpp"
#include "tool/replaced_types.hpp"

namespace tripwire::tool {

/// Describes \p function, which is called and is no pattern, as it is called once others stand in for \p replaced. What
/// no other unit could spell is refused in the result.
Specialisation specialise(const clang::FunctionDecl &function, clang::ASTContext &context, const IncludeLog &includes,
                          llvm::function_ref<bool(clang::FileID)> editable, llvm::ArrayRef<ReplacedType> replaced);

/// What \c Specialisation::printed and the definitions call the function of its type.
std::string type_name_of(const Specialisation &specialisation);

/// What the name of the next one begins with.
inline const std::string use_prefix = "use_of_";

/// A variable that holds its address, where \p identifier is the template's: with it, a parse that does not mind access
/// instantiates the body, if there is one.
std::string use_of(const Specialisation &specialisation, llvm::StringRef identifier);

} // namespace tripwire::tool
