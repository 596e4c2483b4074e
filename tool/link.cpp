#include "tool/link.hpp"

#include "tool/configuration.hpp"
#include "tool/define.hpp"
#include "tool/link_command.hpp"
#include "tool/misspelt.hpp"
#include "tool/one_definition.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

llvm::Expected<std::vector<LinkedObject>> read_linked_objects(const LinkCommand &command) {
  std::vector<LinkedObject> objects;
  for (const std::string &file : command.files) {
    llvm::Expected<std::vector<ObjectFacts>> facts = read_objects(file);
    if (!facts) { // a linker script, say: the linker itself will tell
      llvm::consumeError(facts.takeError());
      continue;
    }
    for (ObjectFacts &object : *facts) {
      LinkedObject linked;
      for (const std::string &line : object.records) {
        llvm::Expected<Record> record = read_record(line, name_of(object));
        if (!record)
          return record.takeError();
        linked.records.push_back(std::move(*record));
      }
      linked.facts = std::move(object);
      objects.push_back(std::move(linked));
    }
  }
  return objects;
}

std::vector<std::string> with_definitions(const LinkCommand &command, const std::string &object) {
  std::vector<std::string> words = command.words;
  words.insert(words.begin() + static_cast<long>(command.first_input), object);
  if (!command.cxx_driver)
    words.insert(words.end(), {"-lstdc++", "-lm"});
  return words;
}

} // namespace

llvm::Expected<int> link(const LinkRequest &request) {
  llvm::Expected<LinkCommand> command = read_link_command(request.command);
  if (!command)
    return command.takeError();
  llvm::Expected<config::Configuration> configuration =
      load_configuration(request.configuration, request.plugins_folders);
  if (!configuration)
    return configuration.takeError();
  // Once for each program: a compile would walk the project's folder too often.
  if (llvm::Error error = check_globs(*configuration))
    return error;
  llvm::Expected<std::vector<LinkedObject>> objects = read_linked_objects(*command);
  if (!objects)
    return objects.takeError();
  std::vector<Record> records;
  for (const LinkedObject &object : *objects)
    records.insert(records.end(), object.records.begin(), object.records.end());
  for (const Diagnostic &diagnostic : misspelt_seams(*objects, *configuration))
    print(llvm::errs(), diagnostic);
  if (records.empty())
    return replace_process(request.command);
  const std::string fingerprint = fingerprint_text(*configuration);
  std::vector<Diagnostic> errors = incoherent(*objects, fingerprint);
  if (!errors.empty())
    return refuse(std::move(errors));
  if (!command->makes_program)
    return replace_process(request.command);

  llvm::Expected<std::variant<std::string, ProcessResult>> defined =
      define_seams({*command, records, *configuration, request.runtime_include});
  if (!defined)
    return defined.takeError();
  if (const auto *failed = std::get_if<ProcessResult>(&*defined))
    end_like(*failed);
  return replace_process(with_definitions(*command, std::get<std::string>(*defined)));
}

} // namespace tripwire::tool
