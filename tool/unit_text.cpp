// a compile command --(unit_text)--> the text that its compiler sees, each token on its line
#include "tool/unit_text.hpp"

#include "tool/drop_ins.hpp"

#include "tool/argument_lines.hpp"
#include "tool/clang_arguments.hpp"
#include "tool/diagnostics.hpp"

namespace tripwire::tool {

llvm::Expected<std::variant<UnitText, CompilerFailed>> read_unit_text(CompileCommand &command,
                                                                      const config::Configuration &configuration) {
  llvm::Expected<Compiler> compiler = ask_compiler(command, default_cache_folder());
  if (!compiler)
    return compiler.takeError();
  llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> preprocessed = preprocess(command, *compiler);
  if (!preprocessed)
    return preprocessed.takeError();
  if (CompilerFailed *failed = std::get_if<CompilerFailed>(&*preprocessed))
    return std::move(*failed);
  PreprocessedText &text = std::get<PreprocessedText>(*preprocessed);
  llvm::Expected<std::optional<CompilerFailed>> failed = include_drop_ins(command, *compiler, configuration, text);
  if (!failed)
    return failed.takeError();
  if (*failed)
    return std::move(**failed);
  return UnitText{std::move(*compiler), std::move(text.text)};
}

void put_tokens_on_their_lines(UnitText &unit, const CompileCommand &command, llvm::StringRef resource_dir) {
  if (unit.compiler.kind == CompilerKind::clang)
    unit.text =
        with_lines(unit.text, read_source_lines(clang_arguments(command, unit.compiler, resource_dir)).expanded);
}

llvm::Expected<std::string> need_resource_dir() {
  std::string folder = find_resource_dir();
  if (folder.empty())
    return misuse("Clang's own headers cannot be found",
                  "name their folder, as 'clang -print-resource-dir' prints it, in TRIPWIRE_RESOURCE_DIR");
  return folder;
}

llvm::Error refuse_preprocessed(const CompileCommand &command) {
  return refuse({command.source, 0, 0}, "preprocessed text that may refer to a seam cannot be rewritten",
                "compile the source itself, or leave the file out in 'instrument: exclude:'");
}

} // namespace tripwire::tool
