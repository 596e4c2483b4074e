// one typed seam + its entry in a seam file --(slot_text)--> the text of its slot and of its wrappers
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/typed_seam.hpp"

#include "tripwire/config/seam.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// What the entry says that the real declaration does not bear out: parameters that are not there, sizes without a
/// pointer, a failure value where nothing is returned.
std::vector<Diagnostic> check_entry(const TypedSeam &seam, const config::Seam &entry);

/// Tables, the slot and its registration; names end in \p number. \p transitions is what `transition_table` says.
std::string slot_text(const TypedSeam &seam, const config::Seam &entry, std::size_t number,
                      const std::string &transitions);

/// The declaration of one wrapper of a specialisation, which has to stand in front of whatever names it; empty for
/// other seams.
std::string specialisation_text(const TypedSeam &seam, const WrapperKind &kind);

/// The definition of one wrapper. Of a function that only hands work over it has no slot, and passes every call on.
std::string wrapper_text(const TypedSeam &seam, const WrapperKind &kind, std::size_t number, const config::Seam &entry);

} // namespace tripwire::tool
