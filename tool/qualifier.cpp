#include "tool/qualifier.hpp"

namespace tripwire::tool {

bool take_qualifier(clang::NestedNameSpecifierLoc qualifier, std::vector<std::string> &tokens) {
  while (qualifier) {
    switch (step_of(qualifier)) {
    case QualifierStep::global:
      tokens.insert(tokens.begin(), "::");
      return true;
    case QualifierStep::other:
      return false;
    case QualifierStep::name_space:
      tokens.insert(tokens.begin(), {namespace_in(qualifier), "::"});
      qualifier = prefix_of(qualifier);
    }
  }
  return true;
}

} // namespace tripwire::tool
