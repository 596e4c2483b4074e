// the headers of a program's seams --(typed_seam: Clang parses them)--> what their definitions must spell
#pragma once

#include "tool/clang_arguments.hpp"
#include "tool/found.hpp"
#include "tool/record.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

struct EnumeratorValue {
  std::string name; ///< as an expression: `::acme::Color::red`
  std::string text; ///< as people write it: `red`, `Color::red`
};

/// Where a parameter or a result of some type has the handle of a session.
enum class HandleIn {
  none,    ///< of a class by value, a string of characters, and the like
  value,   ///< it is one: a number, an enumeration or a pointer
  pointee, ///< it points to one
  address, ///< it refers to an object, which is one
};

/// A type as the definitions spell it, and what printing its values takes.
struct SpelledType {
  std::string type;                         ///< fully qualified
  std::string pointee;                      ///< of a pointer to an object, without const; empty for others
  std::string record;                       ///< of a struct or a pointer to one: its name as people write it
  std::vector<std::string> fields;          ///< of that struct, those that anybody may read
  std::vector<EnumeratorValue> enumerators; ///< of an enumeration
  HandleIn handle_in = HandleIn::none;
  std::string handle; ///< the type of that handle
};

struct TypedParameter {
  std::string name; ///< in the real declaration, without leading underscores; empty when it has none
  SpelledType type;
};

/// A seam with everything its slot and wrappers spell.
struct TypedSeam {
  Declaration declaration;
  std::size_t declared = 0; ///< beside which of \c TypedSeams::found's declarations its wrappers are declared
  std::map<WrapperKind, unsigned> wrappers; ///< of all records together
  SpelledType result;
  std::vector<TypedParameter> parameters;
  std::string qualifiers;     ///< of a member: ` const &`
  std::string member_of;      ///< its class, fully qualified; empty for others
  std::string arguments;      ///< of a specialisation, behind its name: `<int>`
  unsigned heads = 0;         ///< how often the definition of such a wrapper says `template <>`
  bool is_static = false;     ///< a static member
  bool is_public = true;      ///< a test can name it
  bool is_overloaded = false; ///< its name alone names others too, as C++ overloads `abs` of C
  bool returns_nothing = false;
  bool never_returns = false;
};

struct TypedSeams {
  Found found; ///< with the declarations beside which wrappers are declared
  std::vector<TypedSeam> seams;
  /// The functions in rewritten headers that the real calls of these seams run, as \c reached_from names them.
  llvm::StringSet<> reached;
};

/// What a parse needs to have the bodies of the templates among the seams of \p records. It names private members.
std::string uses_of_templates(const std::vector<Record> &records);

/// Parses the unit of \p arguments, which includes the headers that \p records name and has those uses, and
/// describes every seam that they refer to. An error names the seams that those headers do not declare.
llvm::Expected<TypedSeams> describe_seams(const ClangArguments &arguments, const std::vector<Record> &records,
                                          const config::Configuration &configuration);

} // namespace tripwire::tool
