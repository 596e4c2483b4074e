#include "tool/named_specialisations.hpp"

#include "tool/match.hpp"
#include "tool/verdict.hpp"

#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {

bool NamedSpecialisations::add(Reference &reference, llvm::ArrayRef<Sighting> here, Found &found,
                               llvm::function_ref<std::size_t(const clang::FunctionDecl &)> declaration_of) {
  bool is_undecided = false;
  for (const Sighting &sighting : here) {
    if (!sighting.seam || !is_templated(*sighting.seam) || reference.verdict != Verdict::rewritten)
      continue;
    is_undecided = is_undecided || sighting.named->isTemplated() || here.size() > 1;
    if (sighting.named->isTemplated())
      continue;
    const auto *named = sighting.named->getFirstDecl();
    const auto [known, is_new] = known_.try_emplace(named, found.specialisations.size());
    if (is_new) {
      found.specialisations.push_back(specialise(
          *named, context_, includes_, [this](clang::FileID file) { return editable_.contains(file); },
          replaced_.types));
      found.specialisations.back().declaration = declaration_of(*sighting.seam);
    }
    const Specialisation &specialisation = found.specialisations[known->second];
    if (!specialisation.refused.empty())
      refuse(reference, specialisation.refused, specialisation.next_step);
    else if (!llvm::is_contained(reference.specialisations, known->second))
      reference.specialisations.push_back(known->second);
  }
  return is_undecided;
}

} // namespace tripwire::tool
