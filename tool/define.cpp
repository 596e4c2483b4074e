#include "tool/define.hpp"

#include "tool/clang_arguments.hpp"
#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/definitions.hpp"
#include "tool/diagnostics.hpp"
#include "tool/edited_compile.hpp"
#include "tool/freshness.hpp"
#include "tool/header_references.hpp"
#include "tool/llvm_compat.hpp"
#include "tool/map.hpp"
#include "tool/plan.hpp"
#include "tool/preprocess.hpp"
#include "tool/render.hpp"
#include "tool/scan.hpp"
#include "tool/typed_seam.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

namespace tripwire::tool {
namespace {

/// Options whose value is a folder, joined or in the next word.
constexpr llvm::StringLiteral folder_options[] = {"-I", "-isystem", "-iquote", "-idirafter", "-include", "-imacros"};

/// The flags of all units, each once. Folders are made absolute against the unit's own directory.
std::vector<std::string> merged_flags(const std::vector<Record> &records) {
  std::vector<std::string> flags;
  llvm::StringSet<> known;
  for (const Record &record : records) {
    auto absolute = [&record](llvm::StringRef path) {
      llvm::SmallString<256> result(path);
      if (!record.directory.empty() && llvm::sys::path::is_absolute(record.directory))
        make_absolute(record.directory, result);
      return result.str().str();
    };
    for (std::size_t i = 0; i < record.flags.size(); ++i) {
      std::vector<std::string> words = {record.flags[i]};
      for (const llvm::StringLiteral option : folder_options) {
        llvm::StringRef value = words[0];
        if (!value.consume_front(option))
          continue;
        if (!value.empty())
          words = {option.str() + absolute(value)};
        else if (i + 1 < record.flags.size())
          words.push_back(absolute(record.flags[++i]));
        break;
      }
      if (words.size() == 1 && (words[0] == "-D" || words[0] == "-U") && i + 1 < record.flags.size())
        words.push_back(record.flags[++i]);
      if (known.insert(llvm::join(words, " ")).second)
        flags.insert(flags.end(), words.begin(), words.end());
    }
  }
  return flags;
}

/// The newest standard that a unit of the program uses: its headers are written for it.
std::string newest_standard(const std::vector<Record> &records) {
  std::string newest = "gnu++17";
  for (const Record &record : records)
    if (llvm::StringRef(record.standard).take_back(2) > llvm::StringRef(newest).take_back(2))
      newest = record.standard;
  return newest;
}

std::vector<std::string> compile_words(const DefineRequest &request, const std::string &source,
                                       const std::string &object) {
  std::vector<std::string> words(request.link.words.begin(),
                                 request.link.words.begin() + static_cast<long>(request.link.compiler) + 1);
  words.insert(words.end(), {"-x", "c++", "-std=" + newest_standard(request.records)});
  for (std::string &flag : merged_flags(request.records))
    words.push_back(std::move(flag));
  // A shared library takes the wrappers from the program, however hidden its own symbols are.
  words.insert(words.end(), {"-isystem", request.runtime_include, "-U_FORTIFY_SOURCE", "-O1", "-w", "-fexceptions",
                             "-fvisibility=default"});
  if (!llvm::is_contained(words, "-fPIC") && !llvm::is_contained(words, "-fpic"))
    words.emplace_back("-fPIC");
  const std::string depfile = object + ".d";
  words.insert(words.end(), {"-MD", "-MF", depfile, "-c", source, "-o", object});
  return words;
}

llvm::Expected<CompileCommand> compile_of(const std::vector<std::string> &words) {
  llvm::Expected<Command> command = read_command(words);
  if (!command)
    return command.takeError();
  if (auto *compile = std::get_if<CompileCommand>(&*command))
    return std::move(*compile);
  return misuse("cannot make a compile of the link command");
}

/// The text that is compiled: what the compiler preprocessed, with the wrappers declared beside the seams, and the
/// references of headers rewritten.
llvm::Expected<std::string> edited_text(const TypedSeams &typed, const Found &references, llvm::StringRef text,
                                        const Compiler &compiler) {
  AlsoDeclare also;
  for (const TypedSeam &seam : typed.seams)
    for (const auto &[kind, count] : seam.wrappers)
      also[seam.declared].insert(kind);
  const DeclareStyle style = {Language::cxx, compiler.kind, /*defines=*/true};
  Plan planned = plan(typed.found, TokenMap(typed.found, scan(text, typed.found.names)), text, style, also);
  if (!planned.refusals.empty())
    return refuse(std::move(planned.refusals));
  if (references.references.empty() && references.refusals.empty())
    return apply_edits(text, planned.edits);

  Plan rewritten = plan_references(references, TokenMap(references, scan(text, references.names)), text, style);
  if (!rewritten.refusals.empty())
    return refuse(std::move(rewritten.refusals));
  return apply_edits(text, merge_edits(std::move(planned.edits), std::move(rewritten.edits)));
}

std::string program_name(const std::string &output) { return llvm::sys::path::filename(output).str(); }

/// The headers that \p records name, for a message.
std::string headers_text(const std::vector<Record> &records) {
  std::vector<std::string> names;
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams)
      for (const Include &header : seam.headers)
        if (!llvm::is_contained(names, header.name))
          names.push_back(header.name);
  return llvm::join(names, ", ");
}

/// The next step where a header may be one that only C can read.
std::string only_c_text(const std::vector<Record> &records) {
  const bool has_c = llvm::any_of(records, [](const Record &record) { return record.language == Language::c; });
  return has_c ? "; they are made in C++: what only C can read belongs behind '#ifndef __cplusplus'" : "";
}

std::string absolute_path(const std::string &path) {
  llvm::SmallString<256> result(path);
  if (llvm::sys::fs::make_absolute(result))
    return path;
  llvm::sys::path::remove_dots(result, /*remove_dot_dot=*/true);
  return result.str().str();
}

} // namespace

llvm::Expected<std::variant<std::string, ProcessResult>> define_seams(const DefineRequest &request) {
  const std::string folder = request.link.output + ".tripwire";
  const std::string source = folder + "/definitions.cpp";
  const std::string object = folder + "/definitions.o";
  if (const std::error_code error = llvm::sys::fs::create_directories(folder))
    return refuse({folder, 0, 0}, "cannot make this folder for the seam definitions: " + error.message(),
                  "link to a place that can be written");

  const std::vector<std::string> words = compile_words(request, source, object);
  const std::string prelude = definitions_prelude(request.records, request.configuration);
  const std::string ingredients = ingredients_of(request.records, words, prelude, request.configuration);
  if (is_fresh(object, ingredients))
    return object;

  llvm::Expected<CompileCommand> command = compile_of(words);
  if (!command)
    return command.takeError();
  llvm::Expected<Compiler> compiler = ask_compiler(*command, default_cache_folder());
  if (!compiler)
    return compiler.takeError();
  if (llvm::Error error = write_whole(source, prelude + uses_of_templates(request.records)))
    return error;
  ClangArguments arguments = clang_arguments(*command, *compiler, find_resource_dir());
  arguments.when_unparsable = "the wrappers of this program's seams are made from the headers that declare them: " +
                              headers_text(request.records) + only_c_text(request.records);
  arguments.command_line.insert(arguments.command_line.end() - 1, "-fno-access-control"); // the source comes last
  llvm::Expected<TypedSeams> typed = describe_seams(arguments, request.records, request.configuration);
  if (!typed)
    return typed.takeError();
  llvm::Expected<HeaderReferences> references =
      header_references(*typed, request.records, arguments, request.configuration, source);
  if (!references)
    return references.takeError();
  llvm::Expected<std::string> definitions =
      definitions_text(typed->seams, request.configuration, program_name(request.link.output),
                       absolute_path(request.configuration.file));
  if (!definitions)
    return definitions.takeError();
  if (llvm::Error error = write_whole(source, prelude + *definitions))
    return error;

  llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> preprocessed = preprocess(*command, *compiler);
  if (!preprocessed)
    return preprocessed.takeError();
  if (const auto *failed = std::get_if<CompilerFailed>(&*preprocessed))
    return failed->result;
  llvm::Expected<std::string> text =
      edited_text(*typed, references->rewritten, std::get<PreprocessedText>(*preprocessed).text, *compiler);
  if (!text)
    return text.takeError();
  const ScratchFile edited(scratch_name(object, ".ii"));
  if (llvm::Error error = write_whole(edited.path(), *text))
    return error;
  std::vector<std::string> words_for_edited = compile_edited(*command, *compiler, edited.path(), {});
  if (!references->rewritten.references.empty()) // then there are call sites, which have a place
    words_for_edited.insert(words_for_edited.begin() + static_cast<long>(command->launcher.size()) + 1, "-g");
  llvm::Expected<ProcessResult> result = run(words_for_edited);
  if (!result)
    return result.takeError();
  if (!result->succeeded())
    return *result;
  if (llvm::Error error = check_left_out(references->left_out, *typed, object))
    return error;
  if (llvm::Error error = remember_ingredients(object, ingredients))
    return error;
  return object;
}

} // namespace tripwire::tool
