// an object + the seams that go by symbol --(redirect)--> the object with wrappers in their place, and what was renamed
#include "tool/redirect.hpp"

#include "tool/call_sites.hpp"
#include "tool/configuration.hpp"
#include "tool/lowering.hpp"
#include "tool/object_file.hpp"
#include "tool/process.hpp"
#include "tool/record.hpp"
#include "tool/symbol_text.hpp"
#include "tool/symbol_uses.hpp"
#include "tool/wrapper_name.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/ObjCopy/ConfigManager.h"
#include "llvm/ObjCopy/ObjCopy.h"
#include "llvm/Object/Binary.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <map>
#include <set>

namespace tripwire::tool {
namespace {

/// Undefined symbols of one object, by the seams that they mean.
using Wanted = std::map<std::string, SymbolSeam>;

const config::AllowedLeak *allowed(const config::Configuration &configuration, llvm::StringRef symbol) {
  const auto found = llvm::find_if(configuration.allow_undefined,
                                   [&](const config::AllowedLeak &leak) { return leak.symbol == symbol; });
  return found == configuration.allow_undefined.end() ? nullptr : &*found;
}

Diagnostic refusal_of(const config::Seam &entry, Place place, std::string message, std::string next_step) {
  Diagnostic refusal;
  refusal.place = std::move(place);
  refusal.message = std::move(message);
  refusal.notes.push_back({Severity::note, {}, std::move(next_step), {}});
  refusal.notes.push_back(asked_for(entry));
  return refusal;
}

/// \p file as the ledgers of parsed units name it: from the folder that the compile runs in.
std::string from_here(llvm::StringRef file) {
  llvm::SmallString<256> here;
  if (!llvm::sys::fs::current_path(here)) {
    here += '/';
    file.consume_front(here);
  }
  return file.str();
}

class Redirection {
public:
  Redirection(const RedirectRequest &request, const ObjectFacts &facts) : request_(request), facts_(facts) {}

  llvm::Expected<std::vector<LedgerEntry>> run() {
    if (!find_wanted())
      return refuse({request_.object, 0, 0},
                    "this holds intermediate code, in which no symbol can be renamed ('mode: symbol')",
                    "compile the unit without it (-flto, -emit-llvm)");
    refuse_own_definitions();
    if (!refusals_.empty())
      return refuse(std::move(refusals_));
    if (wanted_.empty() && exempt_.empty())
      return std::vector<LedgerEntry>();
    llvm::Expected<std::vector<SymbolUse>> uses = uses_of(request_.object, "", [&](llvm::StringRef symbol) {
      return wanted_.count(symbol.str()) != 0 || exempt_.count(symbol.str()) != 0;
    });
    if (!uses)
      return uses.takeError();
    const std::vector<LedgerEntry> entries = entries_of(*uses);
    if (wanted_.empty())
      return entries;
    const Record record = record_of(*uses);
    if (!refusals_.empty())
      return refuse(std::move(refusals_));
    if (llvm::Error error =
            rename("TRIPWIRE " + to_line(record) + "\n", call_sites_text(call_sites_of(entries), request_.command)))
      return error;
    return entries;
  }

private:
  /// False when the object has undefined seams and cannot be edited.
  bool find_wanted() {
    for (const std::string &symbol : facts_.undefined)
      if (const std::optional<SymbolSeam> seam = request_.seams.seam_of(symbol))
        (allowed(request_.configuration, symbol) ? exempt_ : wanted_)[symbol] = *seam;
    return wanted_.empty() || facts_.unreadable == Unreadable::no;
  }

  [[nodiscard]] const SymbolText &text() {
    if (!text_)
      text_.emplace(request_.text, request_.configuration);
    return *text_;
  }

  [[nodiscard]] const config::Seam &entry_of(const SymbolSeam &seam) const {
    return request_.configuration.seams[seam.entry];
  }

  /// A call of a function that its own unit defines, or that a header defines inline, need not leave a symbol.
  void refuse_own_definitions() {
    for (const std::string &name : request_.seams.named_in(request_.text)) {
      const std::optional<SymbolSeam> seam = request_.seams.seam_of(name);
      if (!seam)
        continue;
      const DeclaredInText declared = text().declared(name);
      if (!declared.named_here || (!declared.has_body && !llvm::is_contained(facts_.defined, name)))
        continue;
      refusals_.push_back(refusal_of(
          entry_of(*seam), *declared.named_here,
          "the seam '" + name + "' is defined in this unit, so not every reference to it is a symbol ('mode: symbol')",
          "define it in a unit of its own, or let this unit be parsed"));
    }
  }

  [[nodiscard]] std::vector<LedgerEntry> entries_of(const std::vector<SymbolUse> &uses) const {
    std::vector<LedgerEntry> entries;
    for (const SymbolUse &use : uses) {
      const auto found = wanted_.find(use.symbol);
      LedgerEntry entry;
      entry.file = from_here(use.file);
      entry.line = use.line;
      entry.function = use.function;
      if (found != wanted_.end()) {
        entry.kind = EditKind::symbol;
        entry.seam = found->second.name;
        entry.wrapper = wrapper_name(found->second.name, {});
        entry.text = entry.wrapper;
      } else {
        entry.verdict = Verdict::exempt;
        entry.seam = exempt_.at(use.symbol).name;
        entry.reason = "allowed: " + allowed(request_.configuration, use.symbol)->reason;
      }
      if (entry.file.empty())
        entry.file = request_.command.source;
      entries.push_back(std::move(entry));
    }
    return entries;
  }

  [[nodiscard]] Record record_of(const std::vector<SymbolUse> &uses) {
    Record record = record_of_unit(request_.command, request_.configuration);
    std::map<std::string, RecordedSeam> by_name;
    std::set<std::size_t> entries;
    for (const auto &[symbol, seam] : wanted_) {
      auto [at, is_new] = by_name.try_emplace(seam.name);
      RecordedSeam &recorded = at->second;
      if (is_new)
        describe(seam, uses, recorded);
      recorded.symbols.push_back(symbol);
      for (const SymbolUse &use : uses)
        recorded.wrappers[{}] += use.symbol == symbol ? 1U : 0U;
      entries.insert(seam.entry);
    }
    for (auto &[name, seam] : by_name)
      record.seams.push_back(std::move(seam));
    record.declared.assign(entries.begin(), entries.end());
    for (const std::string &function : facts_.weak_functions)
      if (llvm::any_of(uses, [text = llvm::demangle(function)](const SymbolUse &use) { return use.function == text; }))
        record.inlines.push_back(function);
    record.edits_headers = !record.inlines.empty();
    return record;
  }

  void describe(const SymbolSeam &seam, const std::vector<SymbolUse> &uses, RecordedSeam &recorded) {
    const DeclaredInText declared = text().declared(seam.name);
    const auto use = llvm::find_if(uses, [&](const SymbolUse &each) {
      const auto found = wanted_.find(each.symbol);
      return found != wanted_.end() && found->second.name == seam.name;
    });
    const Place place = use == uses.end() || use->file.empty() ? Place{request_.command.source, 0, 0}
                                                               : Place{from_here(use->file), use->line, 0};
    recorded.usr = "c:@F@" + seam.name;
    recorded.name = seam.name;
    recorded.entry = seam.entry;
    recorded.c_unit = request_.command.language == Language::c;
    if (declared.variadic)
      refusals_.push_back(refusal_of(entry_of(seam), place,
                                     "the seam '" + seam.name +
                                         "' is variadic, and a symbol does not say what a call passes ('mode: symbol')",
                                     "let the unit be parsed, or make the function that calls it the seam"));
    if (!entry_of(seam).include.empty())
      return;
    if (declared.header)
      recorded.headers.push_back({mapped_path(declared.header->name, request_.command), declared.header->angled});
    else
      refusals_.push_back(refusal_of(entry_of(seam), place,
                                     "no header of this unit declares the seam '" + seam.name +
                                         "', and its wrapper has to have a type ('mode: symbol')",
                                     "name a header that declares it by 'include:' in the seam's entry"));
  }

  /// Replaces the object. Local symbols and debug information keep their names.
  llvm::Error rename(const std::string &record, const std::string &call_sites) {
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
        llvm::MemoryBuffer::getFile(request_.object, /*IsText=*/false, /*RequiresNullTerminator=*/false);
    if (!buffer)
      return refuse({request_.object, 0, 0}, "cannot be read: " + buffer.getError().message());
    llvm::Expected<std::unique_ptr<llvm::object::Binary>> binary = llvm::object::createBinary(**buffer);
    if (!binary)
      return binary.takeError();
    llvm::objcopy::ConfigManager config;
    config.Common.InputFilename = request_.object;
    config.Common.OutputFilename = request_.object;
    std::map<std::string, std::string> names;
    for (const auto &[symbol, seam] : wanted_)
      names[symbol] = wrapper_name(seam.name, {});
    for (const auto &[symbol, wrapper] : names)
      config.Common.SymbolsToRename[symbol] = wrapper;
    config.Common.AddSection.emplace_back(".tripwire", llvm::MemoryBuffer::getMemBufferCopy(record));
    config.Common.AddSection.emplace_back(".tripwire.sites", llvm::MemoryBuffer::getMemBufferCopy(call_sites));
    llvm::SmallString<0> bytes;
    llvm::raw_svector_ostream out(bytes);
    if (llvm::Error error = llvm::objcopy::executeObjcopyOnBinary(config, **binary, out))
      return refuse({request_.object, 0, 0}, "cannot be edited: " + llvm::toString(std::move(error)));
    return write_whole(request_.object, bytes);
  }

  const RedirectRequest &request_;
  const ObjectFacts &facts_;
  Wanted wanted_;
  Wanted exempt_; ///< those that 'allow_undefined:' lets be
  std::optional<SymbolText> text_;
  std::vector<Diagnostic> refusals_;
};

} // namespace

std::vector<std::string> flags_for_redirection(const CompileCommand &command, CompilerKind compiler,
                                               const std::vector<std::string> &names) {
  std::vector<std::string> flags = {"-fno-optimize-sibling-calls"}; // a tail call would hide the call site
  std::set<std::string> builtins(names.begin(), names.end());
  for (const std::string &name : names)
    for (std::string &other : made_into(name))
      builtins.insert(std::move(other));
  for (const std::string &builtin : builtins)
    flags.push_back("-fno-builtin-" + builtin);
  if (compiler == CompilerKind::gcc) // two call sites that are merged into one would get one place
    llvm::append_range(flags, llvm::ArrayRef<std::string>{"-fno-ipa-icf", "-fno-crossjumping", "-fno-tree-tail-merge"});
  if (command.lto)
    flags.emplace_back("-fno-lto"); // there has to be machine code, and no other
  return flags;
}

std::vector<std::string> compile_for_redirection(const CompileCommand &command, const Compiler &compiler,
                                                 const std::vector<std::string> &names) {
  std::vector<std::string> argv = command.launcher;
  argv.push_back(command.compiler);
  llvm::append_range(argv, command.words_without({Role::output, Role::compile_only, Role::dependencies, Role::linker}));
  llvm::append_range(argv, flags_for_redirection(command, compiler.kind, names));
  llvm::append_range(argv, llvm::ArrayRef<std::string>{"-c", "-o", command.output});
  return argv;
}

llvm::Expected<std::vector<LedgerEntry>> redirect(const RedirectRequest &request) {
  llvm::Expected<std::vector<ObjectFacts>> objects = read_objects(request.object);
  if (!objects)
    return objects.takeError();
  return Redirection(request, objects->front()).run();
}

} // namespace tripwire::tool
