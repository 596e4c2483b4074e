// a plugin and its manifest --(broken_manifest)--> what the two say differently
#include "header.hpp"
#include "trial.hpp"

#include <tripwire/config/configuration.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace tripwire::conformance {

namespace {

bool is_seam(const config::Plugin &manifest, const std::string &name) {
  return std::any_of(manifest.seams.begin(), manifest.seams.end(), [&](const config::Seam &seam) {
    return seam.kind != config::SeamKind::header && config::names(seam, name);
  });
}

/// A handler of a function that is no seam is never run. What stands in for a type calls the handler of its name.
std::string handlers_without_a_seam(const config::Plugin &manifest, const plugin::Plugin &plugin) {
  std::string wrong;
  for (const char *name : plugin.seams()) {
    if (!is_seam(manifest, name)) {
      wrong += "the plugin handles '" + std::string(name) + "', which is no seam of the manifest\n";
    }
  }
  return wrong;
}

std::string fields_not_named(const config::Plugin &manifest, const Subject &subject) {
  std::string wrong;
  for (const Use &use : subject.uses) {
    for (const Step &answers : {use.mock, use.mock_failure}) {
      for (const std::string &field : answers ? required_fields(subject, use, answers) : std::vector<std::string>()) {
        if (std::find(manifest.fields.begin(), manifest.fields.end(), field) == manifest.fields.end()) {
          wrong += "an assertion has to name '" + field + "', which is none of the manifest's 'fields'\n";
        }
      }
    }
  }
  return wrong;
}

/// What is harmless is no seam.
std::string harmless_seams(const config::Plugin &manifest, const Subject &subject) {
  std::string wrong;
  for (const Harmless &harmless : subject.harmless) {
    for (const std::string &name : harmless.functions) {
      if (is_seam(manifest, name)) {
        wrong += "'" + name + "' is named harmless (" + harmless.reason + "), and is a seam of the manifest\n";
      }
    }
  }
  return wrong;
}

std::string forgotten_functions(const Subject &subject) {
  std::set<std::string> known(subject.plugin.seams().begin(), subject.plugin.seams().end());
  for (const Harmless &harmless : subject.harmless) {
    known.insert(harmless.functions.begin(), harmless.functions.end());
  }
  std::string wrong;
  for (const std::string &path : subject.headers) {
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::vector<DeclaredFunction> functions = functions_in(text);
    if (functions.empty()) {
      wrong += "no function is declared in '" + path + "'\n";
    }
    for (const DeclaredFunction &function : functions) {
      const auto taken = std::find_if(subject.handles.begin(), subject.handles.end(),
                                      [&](const std::string &handle) { return takes(function, handle); });
      if (taken != subject.handles.end() && known.insert(function.name).second) {
        wrong += "'" + function.name + "' takes a '" + *taken +
                 "', and is neither a seam that the plugin handles nor named harmless\n";
      }
    }
  }
  return wrong;
}

} // namespace

std::string broken_manifest(const Subject &subject) {
  const config::Read<config::Plugin> read = config::load_manifest(subject.manifest, subject.plugin.name());
  std::string wrong;
  for (const config::Diagnostic &diagnostic : read.diagnostics) {
    wrong += text(diagnostic);
  }
  if (!read.value) {
    return wrong;
  }
  return wrong + handlers_without_a_seam(*read.value, subject.plugin) + fields_not_named(*read.value, subject) +
         harmless_seams(*read.value, subject) + forgotten_functions(subject);
}

} // namespace tripwire::conformance
