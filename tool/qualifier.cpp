#include "tool/qualifier.hpp"

namespace tripwire::tool {

bool take_qualifier(clang::NestedNameSpecifierLoc qualifier, QualifiedBy by, std::vector<std::string> &tokens) {
  while (qualifier) {
    switch (step_of(qualifier)) {
    case QualifierStep::global:
      tokens.insert(tokens.begin(), "::");
      return true;
    case QualifierStep::other: {
      const std::optional<WrittenName> type = by == QualifiedBy::namespaces ? std::nullopt : type_of_step(qualifier);
      if (!type || !type->declared || type->keyword.isValid())
        return false;
      tokens.insert(tokens.begin(), {type->declared->getNameAsString(), "::"});
      qualifier = type->qualifier;
      break;
    }
    case QualifierStep::name_space:
      tokens.insert(tokens.begin(), {namespace_in(qualifier), "::"});
      qualifier = prefix_of(qualifier);
    }
  }
  return true;
}

} // namespace tripwire::tool
