#include "tool/drop_ins.hpp"

#include "tool/scan.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace tripwire::tool {

namespace {

std::string absolute(llvm::SmallString<256> path) {
  static_cast<void>(llvm::sys::fs::make_absolute(path));
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return path.str().str();
}

/// Whether \p text has each part of the name \p pattern: else it declares nothing that is called so.
bool may_declare(llvm::StringRef text, llvm::StringRef pattern) {
  const std::string name = config::parse_pattern(pattern.str()).name;
  llvm::SmallVector<llvm::StringRef, 6> parts;
  llvm::StringRef(name).split(parts, "::", -1, /*KeepEmpty=*/false);
  // The last part is the rarest: `std` is everywhere.
  return llvm::all_of(llvm::reverse(parts),
                      [&](llvm::StringRef part) { return !scan(text, {part.str()}).occurrences.empty(); });
}

} // namespace

std::string drop_in_header(const config::Configuration &configuration, const config::Seam &seam) {
  llvm::SmallString<256> beside(llvm::sys::path::parent_path(configuration.file));
  llvm::sys::path::append(beside, seam.include);
  if (llvm::sys::fs::exists(beside))
    return absolute(beside);
  // A plugin brings its headers in its own folder, or in that of the package it is installed with.
  for (llvm::StringRef above = llvm::sys::path::parent_path(seam.place.file); !above.empty();
       above = llvm::sys::path::parent_path(above)) {
    llvm::SmallString<256> header(above);
    llvm::sys::path::append(header, "include", seam.include);
    if (llvm::sys::fs::exists(header))
      return absolute(header);
  }
  return seam.include;
}

llvm::Expected<std::optional<CompilerFailed>> include_drop_ins(CompileCommand &command, const Compiler &compiler,
                                                               const config::Configuration &configuration,
                                                               PreprocessedText &text) {
  bool added = false;
  for (const config::Seam &seam : configuration.seams) {
    if (seam.kind != config::SeamKind::type || seam.include.empty() || command.language == Language::c)
      continue;
    if (!may_declare(text.text, seam.pattern))
      continue;
    const std::string header = drop_in_header(configuration, seam);
    if (llvm::any_of(command.arguments, [&](const Argument &argument) {
          return argument.option == "-include" && argument.value == header;
        }))
      continue;
    command.arguments.push_back({Role::preprocessor, {"-include", header}, "-include", header});
    added = true;
  }
  if (!added)
    return std::nullopt;
  llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> again = preprocess(command, compiler);
  if (!again)
    return again.takeError();
  if (CompilerFailed *failed = std::get_if<CompilerFailed>(&*again))
    return std::move(*failed);
  text = std::move(std::get<PreprocessedText>(*again));
  return std::nullopt;
}

} // namespace tripwire::tool
