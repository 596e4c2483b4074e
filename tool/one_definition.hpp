// the objects of a link --(one_definition)--> what would make the program depend on the order of its objects
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/object_file.hpp"
#include "tool/record.hpp"

#include <optional>
#include <vector>

namespace tripwire::tool {

/// One object or member of an archive, with its record when it was rewritten.
struct LinkedObject {
  ObjectFacts facts;
  std::vector<Record> records;
};

/// Objects that were rewritten under configurations other than \p fingerprint, inline functions that are rewritten in
/// one object and not in another, and seams with internal linkage of which two objects have one each.
std::vector<Diagnostic> incoherent(const std::vector<LinkedObject> &objects, const std::string &fingerprint);

/// How messages name an object: `libx.a(charge.o)`.
std::string name_of(const ObjectFacts &object);

} // namespace tripwire::tool
