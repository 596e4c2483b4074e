// a unit's command and preprocessed text --(decide: kept from another time, or rewrite)--> what becomes of the unit
#include "tool/decide.hpp"

#include "tool/argument_lines.hpp"
#include "tool/asked_files.hpp"
#include "tool/build_facts.hpp"
#include "tool/clang_arguments.hpp"
#include "tool/decision.hpp"
#include "tool/packed.hpp"
#include "tool/scan.hpp"

#include "clang/Basic/Version.h"
#include "llvm/Support/FileSystem.h"

#include <cstdlib>

#include <dlfcn.h>

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;

/// Size and time of a file tell one build of a program from another.
void pack_build(const std::string &file, Packer &packer) {
  fs::file_status status;
  const bool known = !fs::status(file, status);
  packer.number(known ? status.getSize() : 0);
  packer.number(known ? static_cast<std::uint64_t>(status.getLastModificationTime().time_since_epoch().count()) : 0);
}

/// This program, and the Clang in it or beside it.
void pack_tool(Packer &packer) {
  static int here = 0;
  packer.text(build_facts.version);
  packer.text(clang::getClangFullVersion());
  pack_build(fs::getMainExecutable("tripwire-rewrite", &here), packer);
  Dl_info library{};
  std::string (*const clang_itself)() = &clang::getClangFullVersion;
  if (dladdr(reinterpret_cast<const void *>(clang_itself), &library) != 0 && library.dli_fname != nullptr)
    pack_build(library.dli_fname, packer);
}

/// What Clang's driver and front end look for in the environment.
void pack_environment(Packer &packer) {
  for (const char *name : {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH", "COMPILER_PATH",
                           "CCC_OVERRIDE_OPTIONS", "CCC_ADD_ARGS", "SOURCE_DATE_EPOCH", "SDKROOT"}) {
    const char *value = std::getenv(name);
    packer.number(value == nullptr ? 0 : 1);
    packer.text(value == nullptr ? "" : value);
  }
  llvm::SmallString<256> folder;
  static_cast<void>(fs::current_path(folder));
  packer.text(folder);
}

void pack_configuration(const config::Configuration &configuration, Packer &packer) {
  packer.text(configuration.file);
  packer.text(configuration.folder);
  packer.texts(configuration.files);
  packer.number(configuration.fingerprint);
}

/// What does not depend on a target or an output.
void pack_command(const DecideRequest &request, const ClangArguments &arguments, Packer &packer) {
  const CompileCommand &command = request.command;
  packer.texts(arguments.command_line);
  packer.texts(
      command.words_without({Role::output, Role::compile_only, Role::dependencies, Role::warning, Role::linker}));
  packer.text(command.source);
  packer.number(static_cast<unsigned>(command.language));
  packer.text(command.standard);
  const Compiler &compiler = request.compiler;
  packer.number(static_cast<unsigned>(compiler.kind));
  packer.text(compiler.path);
  packer.number(compiler.major);
  packer.number(compiler.minor);
  packer.text(compiler.target);
  packer.text(compiler.gcc_install_dir);
}

std::string key_of(const DecideRequest &request, const ClangArguments &arguments) {
  Packer packer;
  pack_tool(packer);
  pack_environment(packer);
  pack_configuration(request.configuration, packer);
  pack_command(request, arguments, packer);
  packer.text(request.text);
  return hash_of(packer.bytes());
}

/// Which of an edited unit's tokens stand on other lines than the text says is known to our Clang only.
Rewritten with_own_lines(Rewritten rewritten, const DecideRequest &request, const SourceLines &lines) {
  if (rewritten.changed && (request.command.debug_info || request.command.coverage))
    rewritten.text = with_lines(rewritten.text, lines.written);
  return rewritten;
}

llvm::Expected<Rewritten> rewrite_unit(const DecideRequest &request, const ClangArguments &arguments,
                                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files) {
  const bool clang = request.compiler.kind == CompilerKind::clang;
  const SourceLines lines = clang ? read_source_lines(arguments, files) : SourceLines();
  const std::string text = clang ? with_lines(request.text, lines.expanded) : std::string();
  llvm::Expected<Rewritten> rewritten =
      rewrite({request.command, request.compiler, request.configuration, request.resource_dir,
               clang ? llvm::StringRef(text) : request.text, std::move(files)});
  if (!rewritten || !clang)
    return rewritten;
  return with_own_lines(std::move(*rewritten), request, lines);
}

llvm::Expected<Rewritten> as_expected(Decision decision) {
  if (auto *refused = std::get_if<Refused>(&decision))
    return llvm::make_error<Failure>(std::move(refused->diagnostics), refused->status);
  return std::get<Rewritten>(std::move(decision));
}

/// What was decided under \p key, if the files that this depended on still say the same.
std::optional<Decision> kept_decision(const DecideRequest &request, llvm::StringRef key) {
  const std::optional<std::string> bytes = request.cache.find(key);
  if (!bytes)
    return std::nullopt;
  Unpacker unpacker(*bytes);
  if (!are_answered_alike(unpacker))
    return std::nullopt;
  return unpack(unpacker, request.text);
}

/// The decision as a value, when it is one: an error of another kind than a refusal says nothing about the unit.
std::optional<Decision> decision_in(llvm::Expected<Rewritten> &rewritten) {
  if (rewritten)
    return *rewritten;
  std::optional<Decision> refused;
  llvm::Error rest = llvm::handleErrors(rewritten.takeError(), [&](std::unique_ptr<Failure> failure) -> llvm::Error {
    refused = Refused{failure->diagnostics(), failure->status()};
    return llvm::Error(std::move(failure));
  });
  rewritten = llvm::Expected<Rewritten>(std::move(rest));
  return refused;
}

void keep_decision(const DecideRequest &request, llvm::StringRef key, const Decision &decision, AskedFiles &asked) {
  for (const std::string &file : scan(request.text, {}).files)
    asked.resolved(file); // the text's own names are matched with those of the parse, links resolved
  if (!asked.is_consistent())
    return;
  Packer packer;
  asked.pack(packer);
  pack(decision, request.text, packer);
  request.cache.keep(key, packer.bytes());
}

} // namespace

Decided decide(const DecideRequest &request) {
  const ClangArguments arguments = clang_arguments(request.command, request.compiler, request.resource_dir);
  if (!request.cache.is_on())
    return {rewrite_unit(request, arguments, llvm::vfs::getRealFileSystem()), false};
  const std::string key = key_of(request, arguments);
  if (std::optional<Decision> kept = kept_decision(request, key))
    return {as_expected(std::move(*kept)), true};
  AskedFiles asked;
  llvm::Expected<Rewritten> rewritten = rewrite_unit(request, arguments, asked.file_system());
  if (const std::optional<Decision> decision = decision_in(rewritten))
    keep_decision(request, key, *decision, asked);
  return {std::move(rewritten), false};
}

} // namespace tripwire::tool
