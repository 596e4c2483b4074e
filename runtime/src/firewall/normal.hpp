// a field of a request, or of a rule, as text --> its one spelling
//
// The one place where spellings are made equal, for every plugin, for requests and for rules.
#ifndef TRIPWIRE_SRC_FIREWALL_NORMAL_HPP
#define TRIPWIRE_SRC_FIREWALL_NORMAL_HPP

#include "letters.hpp"

#include "tripwire/plugin.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tripwire::runtime {

using plugin::FieldKind;
using plugin::Scheme;

/// A URI in its parts, each normalised. A scheme's own port is written out.
struct Uri {
  Letters scheme;
  Letters host;
  Letters port; ///< empty when nobody knows
  Letters path;
  Letters query;
  bool has_query = false;
};

struct Normal {
  FieldKind kind = FieldKind::text;
  Letters letters;
  std::optional<Uri> uri; ///< of a field that is one, when it could be read as one
};

/// What a request says.
Normal normal_of(FieldKind kind, std::string_view text, plugin::Rows<Scheme> schemes);

/// What a rule says, or why it cannot be honoured.
std::variant<Normal, std::string> normal_pattern(FieldKind kind, std::string_view text, plugin::Rows<Scheme> schemes,
                                                 Wildcards wildcards);

/// For messages and predicates.
std::string text_of(const Normal &normal);

/// A host in every spelling that is equal to it: the loopback has several.
std::vector<Letters> spellings_of(const Letters &host);

} // namespace tripwire::runtime

#endif
