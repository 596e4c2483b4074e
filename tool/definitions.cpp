#include "tool/definitions.hpp"

#include "tool/c_header.hpp"
#include "tool/diagnostics.hpp"
#include "tool/llvm_compat.hpp"
#include "tool/seam_symbols.hpp"
#include "tool/slot_text.hpp"
#include "tool/text.hpp"
#include "tool/transition_text.hpp"
#include "tool/wrapper_name.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace tripwire::tool {
namespace {

std::string include_line(const Include &include) {
  return "#include " + (include.angled ? "<" + include.name + ">" : "\"" + include.name + "\"") + "\n";
}

/// \p path where the record's unit found it; the prelude stands in another folder.
std::string absolute(const std::string &path, const std::string &directory) {
  llvm::SmallString<256> result(path);
  if (llvm::sys::path::is_absolute(directory))
    make_absolute(directory, result);
  else if (llvm::sys::fs::make_absolute(result))
    return path;
  llvm::sys::path::remove_dots(result);
  return result.str().str();
}

/// The lines that include a header of a seam. A C unit's header may leave it to us to say that it declares C.
std::string include_lines(const Include &header, const Record &record) {
  if (header.angled)
    return include_line(header);
  const std::string path = absolute(header.name, record.directory);
  return record.language == Language::c && !knows_cxx(path) ? c_header_lines(path) : include_line({path, false});
}

/// A declaration that only the unit itself has, in its own scope.
std::string printed_declaration(const RecordedSeam &seam) {
  std::string text = seam.printed + ";";
  if (!seam.inner.empty()) {
    const std::string type = "extern __typeof__(" + type_name(seam.inner) + ") *const ";
    return "extern \"C\" { " + text + " " + type + real_name(seam.inner) + "; }\n";
  }
  if (seam.c_unit || !seam.template_usr.empty())
    return "extern \"C\" { " + text + " }\n";
  llvm::SmallVector<llvm::StringRef, 4> scopes;
  llvm::StringRef(seam.name).split(scopes, "::");
  scopes.pop_back();
  for (const llvm::StringRef scope : llvm::reverse(scopes))
    text = "namespace " + scope.str() + " { " + text + " }";
  return text + "\n";
}

} // namespace

std::string definitions_prelude(const std::vector<Record> &records, const config::Configuration &configuration) {
  std::string text = "// The seams of this program, made by tripwire-rewrite when it was linked.\n";
  std::vector<std::string> lines;
  auto add = [&](std::string line) {
    if (!llvm::is_contained(lines, line))
      lines.push_back(std::move(line));
  };
  for (const config::Seam &seam : configuration.seams)
    if (!seam.include.empty())
      for (const Record &record : records)
        for (const RecordedSeam &used : record.seams)
          if (config::names(seam, used.template_usr.empty() ? used.name : without_arguments(used.name)))
            add(include_line({seam.include, true}));
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams)
      for (const Include &header : seam.headers)
        add(include_lines(header, record));
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams)
      if (!seam.printed.empty())
        add(printed_declaration(seam));
  for (const std::string &line : lines)
    text += line;
  return text;
}

llvm::Expected<std::string> definitions_text(const std::vector<TypedSeam> &seams,
                                             const config::Configuration &configuration, const std::string &program,
                                             const std::string &configuration_path) {
  std::string specialised;
  std::string slots;
  std::string wrappers;
  std::vector<Diagnostic> errors;
  for (std::size_t i = 0; i < seams.size(); ++i) {
    const config::Seam &entry = configuration.seams[seams[i].declaration.seam];
    std::vector<Diagnostic> wrong = check_entry(seams[i], entry);
    llvm::append_range(wrong, check_handles(seams[i], entry, configuration));
    errors.insert(errors.end(), wrong.begin(), wrong.end());
    if (!wrong.empty())
      continue;
    if (!entry.only_hands_over)
      slots += slot_text(seams[i], entry, i, transition_table(seams[i], entry, configuration));
    for (const auto &[kind, count] : seams[i].wrappers)
      wrappers += wrapper_text(seams[i], kind, i, entry);
    for (const auto &[kind, count] : seams[i].wrappers)
      specialised += specialisation_text(seams[i], kind);
  }
  if (!errors.empty())
    return refuse(std::move(errors));
  const std::string head = "#include <tripwire/seam/definition.hpp>\n\nnamespace {\nnamespace tw = ::tripwire::seam;\n";
  // A specialisation is declared before anything names it.
  return head + (specialised.empty() ? "\n" : "}\n\n" + specialised + "\nnamespace {\n") + slots +
         "const tw::Program program(" + as_literal(program) + ", " + as_literal(configuration_path) +
         ");\n} // namespace\n\n" + wrappers;
}

} // namespace tripwire::tool
