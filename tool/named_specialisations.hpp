// places where a template is named --(named_specialisations)--> the specialisations that the instantiations call there
#pragma once

#include "tool/found.hpp"
#include "tool/sightings.hpp"
#include "tool/specialise.hpp"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace tripwire::tool {

/// Keeps each specialisation that a reference names once in \c Found::specialisations: its wrappers are defined on
/// their own. Everything it is given must outlive it.
class NamedSpecialisations {
public:
  NamedSpecialisations(clang::ASTContext &context, const IncludeLog &includes, EditableFiles &editable,
                       const ReplacedTypes &replaced)
      : context_(context), includes_(includes), editable_(editable), replaced_(replaced) {}

  /// Adds to \p reference what \p here name, or refuses it. \p declaration_of gives a template's place in \p found.
  /// \return whether an instantiation in a system header's body may still ask for another one.
  bool add(Reference &reference, llvm::ArrayRef<Sighting> here, Found &found,
           llvm::function_ref<std::size_t(const clang::FunctionDecl &)> declaration_of);

private:
  clang::ASTContext &context_;
  const IncludeLog &includes_;
  EditableFiles &editable_;
  const ReplacedTypes &replaced_;
  llvm::DenseMap<const clang::FunctionDecl *, std::size_t> known_;
};

} // namespace tripwire::tool
