#include "tool/one_definition.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Demangle/Demangle.h"

namespace tripwire::tool {
namespace {

Diagnostic refusal(const ObjectFacts &object, std::string message, std::string next_step) {
  Diagnostic diagnostic;
  diagnostic.place = {name_of(object), 0, 0};
  diagnostic.message = std::move(message);
  diagnostic.notes.push_back({Severity::note, {}, std::move(next_step), {}});
  return diagnostic;
}

llvm::StringSet<> edited_in(const LinkedObject &object) {
  llvm::StringSet<> names;
  for (const Record &record : object.records)
    for (const std::string &name : record.inlines)
      names.insert(name);
  return names;
}

} // namespace

std::string name_of(const ObjectFacts &object) {
  return object.member.empty() ? object.file : object.file + "(" + object.member + ")";
}

std::vector<Diagnostic> incoherent(const std::vector<LinkedObject> &objects, const std::string &fingerprint) {
  std::vector<Diagnostic> errors;
  for (const LinkedObject &object : objects)
    for (const Record &record : object.records)
      if (record.fingerprint != fingerprint) {
        errors.push_back(refusal(object.facts,
                                 "this was rewritten with another configuration than the one of this link",
                                 "compile it again with the --config of this link (unit '" + record.unit + "')"));
        break;
      }

  llvm::StringMap<const LinkedObject *> holder;
  for (const LinkedObject &object : objects)
    for (const Record &record : object.records)
      for (const RecordedSeam &seam : record.seams)
        if (!seam.inner.empty())
          if (const auto [first, is_new] = holder.try_emplace(seam.inner, &object); !is_new)
            errors.push_back(refusal(
                object.facts,
                "'" + seam.name + "' has a copy of its own here and another in '" + name_of(first->second->facts) + "'",
                "name more of the file's path in the seam's entry, or make the function of a header 'inline'"));

  // The first object that holds an edited copy of each inline function.
  llvm::StringMap<const ObjectFacts *> edited;
  for (const LinkedObject &object : objects)
    for (const auto &name : edited_in(object))
      if (llvm::is_contained(object.facts.weak_functions, name.getKey()))
        edited.try_emplace(name.getKey(), &object.facts);
  for (const LinkedObject &object : objects) {
    if (object.facts.linked)
      continue;
    const llvm::StringSet<> own = edited_in(object);
    for (const std::string &name : object.facts.weak_functions) {
      const ObjectFacts *other = edited.lookup(name);
      if (other && !own.contains(name))
        errors.push_back(
            refusal(object.facts,
                    "the inline function '" + llvm::demangle(name) + "' is not rewritten here, but it is in '" +
                        name_of(*other) + "': which copy runs would depend on the order of the link",
                    "have this object's unit rewritten too: build it through tripwire-rewrite with the same "
                    "configuration, and list its sources under 'instrument:'"));
    }
  }
  return errors;
}

} // namespace tripwire::tool
