#include "tool/compile_step.hpp"

#include "tool/compiler.hpp"
#include "tool/configuration.hpp"
#include "tool/decide.hpp"
#include "tool/drop_ins.hpp"
#include "tool/edited_compile.hpp"
#include "tool/fallthrough.hpp"
#include "tool/in_line.hpp"
#include "tool/link.hpp"
#include "tool/lowering.hpp"
#include "tool/misspelt.hpp"
#include "tool/overlay.hpp"
#include "tool/own_words.hpp"
#include "tool/preprocess.hpp"
#include "tool/prove.hpp"
#include "tool/redirect.hpp"
#include "tool/symbol_seams.hpp"
#include "tool/unit.hpp"
#include "tool/unit_text.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

namespace fs = llvm::sys::fs;

using Ended = llvm::Expected<ProcessResult>;

/// An account of an earlier build says nothing about this one.
void forget_ledger(const CompileCommand &command) {
  if (is_plain_output(command.output))
    static_cast<void>(fs::remove(ledger_of(command.output)));
}

/// The compiler's own words, where the compiler itself ends the step.
ProcessResult say_failure(CompilerFailed failed) {
  llvm::errs() << failed.result.standard_error;
  return std::move(failed.result);
}

/// One compile on its way.
class Step {
public:
  Step(const LaunchRequest &request, CompileCommand command, config::Configuration configuration)
      : request_(request), command_(std::move(command)), configuration_(std::move(configuration)),
        by_name_(config::compiled_by_symbol(configuration_, command_.source) ? ByName::none : ByName::some),
        symbols_(configuration_, by_name_) {}

  Ended run();

private:
  /// \p exempt: what is known of references in \p text that need no edit.
  Ended run_unchanged(llvm::StringRef text, Rewritten *exempt);
  Ended run_preprocessed_source();
  /// The source as it is, and then the symbols of its object. \p known: what a parse has decided already.
  Ended compile_source(llvm::StringRef text, const Ledger &known);
  llvm::Expected<std::optional<OverlayFiles>> overlay_for(const Rewritten &rewritten, const PreprocessedText &text);
  llvm::Error redirect_object(llvm::StringRef text, Ledger &ledger);
  /// Preprocesses again without fortification when that would give the seams by symbol other arguments.
  llvm::Expected<std::optional<CompilerFailed>> drop_fortification(PreprocessedText &text);
  Ended compile(const Rewritten &rewritten, const PreprocessedText &text);
  /// What the object of \p text may run without a call.
  llvm::Expected<AuditReport> look_in_line(const Rewritten &rewritten, llvm::StringRef text, const SeamSymbols &seams);
  [[nodiscard]] llvm::Error refuse_module(const Place &module) const;
  [[nodiscard]] Ledger empty_ledger() const;
  Ended compile_text(std::vector<std::string> argv, llvm::StringRef messages);
  [[nodiscard]] std::string text_to_compile(const std::string &edited) const;
  Ended link_with(const std::string &object);
  Ended explain_failure(llvm::Error error);
  llvm::Error prove_edited(const Rewritten &rewritten, Ledger &ledger);
  llvm::Error depend_on_configuration();
  llvm::Error write_ledger(Ledger ledger);
  void say(const llvm::Twine &what) const;

  const LaunchRequest &request_;
  CompileCommand command_;
  config::Configuration configuration_;
  ByName by_name_;
  SymbolSeams symbols_;
  std::vector<std::string> by_symbol_; ///< seams of \c symbols_ that the project's code names
  bool is_of_project_ = false;
  std::string compiled_; ///< from which text, when there was a choice: for the ledger
  Compiler compiler_;
};

void Step::say(const llvm::Twine &what) const {
  if (request_.verbose)
    print(llvm::errs(), {Severity::note, {command_.source, 0, 0}, what.str(), {}});
}

Ended Step::run() {
  forget_ledger(command_);
  if (command_.preprocessed)
    return run_preprocessed_source();
  llvm::Expected<Compiler> compiler = ask_compiler(command_, default_cache_folder());
  if (!compiler)
    return compiler.takeError();
  compiler_ = std::move(*compiler);

  llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> preprocessed = preprocess(command_, compiler_);
  if (!preprocessed)
    return preprocessed.takeError();
  if (CompilerFailed *failed = std::get_if<CompilerFailed>(&*preprocessed))
    return say_failure(std::move(*failed));
  PreprocessedText &text = std::get<PreprocessedText>(*preprocessed);
  const bool parsed = by_name_ == ByName::some;
  if (parsed) {
    llvm::Expected<std::optional<CompilerFailed>> failed = include_drop_ins(command_, compiler_, configuration_, text);
    if (!failed)
      return failed.takeError();
    if (*failed)
      return say_failure(std::move(**failed));
  }
  const UnitLook look = look_at(text.text, parsed ? named_part(configuration_) : configuration_);
  is_of_project_ = look.is_of_project;
  by_symbol_ = symbols_.named_in(text.text);
  if (!by_symbol_.empty() && is_fortified(text.text, by_symbol_)) {
    llvm::Expected<std::optional<CompilerFailed>> failed = drop_fortification(text);
    if (!failed)
      return failed.takeError();
    if (*failed)
      return say_failure(std::move(**failed));
  }
  if (is_of_project_)
    for (const Diagnostic &warning : misspelt_headers(look.files, configuration_))
      print(llvm::errs(), warning);
  if (!parsed && is_of_project_) {
    std::vector<Diagnostic> refusals = symbols_.not_servable_in(text.text, command_);
    return refusals.empty() ? compile_source(text.text, empty_ledger()) : Ended(refuse(std::move(refusals)));
  }
  if (!look.may_refer && !by_symbol_.empty())
    return compile_source(text.text, empty_ledger());
  if (!look.may_refer) {
    say("refers to no seam: compiled as it is");
    return run_unchanged(text.text, nullptr);
  }
  if (const std::optional<Place> module = module_in(text.text, command_))
    return refuse_module(*module);
  llvm::Expected<std::string> resource_dir = need_resource_dir();
  if (!resource_dir)
    return resource_dir.takeError();
  const EditCache cache(request_.cache_folder);
  auto [rewritten, kept] = decide({command_, compiler_, configuration_, *resource_dir, text.text, cache});
  if (kept)
    say("decided before: taken from the cache");
  if (!rewritten)
    return explain_failure(rewritten.takeError());
  if (!rewritten->changed && !by_symbol_.empty())
    return compile_source(text.text, rewritten->ledger);
  if (!rewritten->changed) {
    say("all of its references are exempt: compiled as it is");
    Ended ended = run_unchanged(text.text, &*rewritten);
    if (ended && ended->succeeded() && !rewritten->ledger.entries.empty())
      if (llvm::Error error = write_ledger(rewritten->ledger))
        return error;
    return ended;
  }
  return compile(*rewritten, text);
}

/// What a C++20 module declares is in no text, and another compiler's modules cannot be read.
llvm::Error Step::refuse_module(const Place &module) const {
  Diagnostic refusal;
  refusal.place = module;
  refusal.message = "this unit uses C++20 modules, which the parse cannot read";
  refusal.notes.push_back({Severity::note, {}, way_by_symbol(command_, configuration_), {}});
  std::vector<Diagnostic> all;
  all.push_back(std::move(refusal));
  return refuse(std::move(all));
}

Ledger Step::empty_ledger() const { return {command_.source, command_.output, fingerprint_text(configuration_), {}}; }

/// Text that was preprocessed elsewhere cannot be parsed again by Clang (its headers were another compiler's), so a
/// seam in it is refused.
Ended Step::run_preprocessed_source() {
  llvm::Expected<std::string> text = read_whole(command_.source);
  if (!text)
    return text.takeError();
  const UnitLook look = look_at(*text, configuration_);
  is_of_project_ = look.is_of_project;
  if (look.may_refer)
    return refuse_preprocessed(command_);
  return run_unchanged(*text, nullptr);
}

/// The user's command as it is. The object is not touched; its depfile also names what may make it refer to a seam.
Ended Step::run_unchanged(llvm::StringRef text, Rewritten *exempt) {
  if (command_.links) {
    if (exempt) { // what stands in line in a program tells nobody
      llvm::Expected<AuditReport> in_line = look_in_line(*exempt, text, symbols_to_prove(configuration_, exempt));
      if (!in_line)
        return in_line.takeError();
      if (llvm::Error error = refuse_leaks(*in_line, configuration_, exempt->ledger))
        return error;
    }
    llvm::Expected<int> status =
        link({request_.configuration, request_.plugins_folders, request_.runtime_include, command_.original});
    if (!status)
      return status.takeError();
    return ProcessResult{*status, 0, {}, {}};
  }
  Ended ended = tool::run(command_.original);
  if (!ended || !ended->succeeded())
    return ended;
  if (llvm::Error error = depend_on_configuration())
    return error;
  if (!is_of_project_ || !is_plain_output(command_.output))
    return ended;
  const SeamSymbols seams = symbols_to_prove(configuration_, exempt);
  llvm::Expected<AuditReport> report = audit_output(command_, seams);
  if (!report)
    return report.takeError();
  std::vector<std::string> argv = command_.original;
  for (const Leak &leak : report->leaks)
    for (const std::string &function : made_into(leak.use.symbol))
      if (!llvm::is_contained(argv, "-fno-builtin-" + function))
        argv.push_back("-fno-builtin-" + function);
  if (argv.size() != command_.original.size()) {
    say("compiled again, since the compiler made a call to a seam by itself");
    ended = tool::run(argv, {Stream::inherit, Stream::discard}); // its warnings have been shown
    if (!ended || !ended->succeeded())
      return ended;
  }
  llvm::Expected<AuditReport> in_line = exempt ? look_in_line(*exempt, text, seams) : AuditReport();
  if (!in_line)
    return in_line.takeError();
  Ledger own = empty_ledger();
  if (llvm::Error error = prove(command_, configuration_, seams, exempt ? exempt->ledger : own, std::move(*in_line)))
    return error;
  if (!own.entries.empty())
    if (llvm::Error error = write_ledger(std::move(own)))
      return error;
  return ended;
}

/// What preprocessing took from the text and the compiler would miss.
std::string Step::text_to_compile(const std::string &edited) const {
  const bool misses_comments = compiler_.kind == CompilerKind::gcc && warns_about_fallthrough(command_);
  return misses_comments ? with_fallthrough_comments(edited) : edited;
}

llvm::Expected<std::optional<CompilerFailed>> Step::drop_fortification(PreprocessedText &text) {
  say("compiled without fortification, which would call other functions than the seams that go by symbol");
  command_.arguments.push_back({Role::preprocessor, {"-U_FORTIFY_SOURCE"}, {}, {}});
  llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> again = preprocess(command_, compiler_);
  if (!again)
    return again.takeError();
  if (CompilerFailed *failed = std::get_if<CompilerFailed>(&*again))
    return std::move(*failed);
  text = std::move(std::get<PreprocessedText>(*again));
  return std::nullopt;
}

Ended Step::compile_source(llvm::StringRef text, const Ledger &known) {
  CompileCommand compile = command_;
  if (command_.links)
    compile.output = scratch_name(command_.output, ".tripwire.o");
  const bool plain = is_plain_output(compile.output);
  ScratchFile object(plain ? compile.output : std::string(), Keep::never); // gone unless it is proven
  Ended ended = tool::run(compile_for_redirection(compile, compiler_, by_symbol_));
  if (!ended || !ended->succeeded())
    return ended;
  if (llvm::Error error = depend_on_configuration())
    return error;
  Ledger ledger = known;
  if (plain) {
    std::swap(command_.output, compile.output);
    llvm::Error error = redirect_object(text, ledger);
    if (!error && is_of_project_)
      error = prove(command_, configuration_, symbols_to_prove(configuration_, nullptr), ledger);
    std::swap(command_.output, compile.output);
    if (error)
      return error;
    if (!ledger.entries.empty())
      if (llvm::Error failed = write_ledger(ledger))
        return failed;
  }
  say("by symbol: " + summary(ledger));
  if (command_.links)
    return link_with(compile.output);
  object.keep();
  return ended;
}

llvm::Error Step::redirect_object(llvm::StringRef text, Ledger &ledger) {
  llvm::Expected<std::vector<LedgerEntry>> renamed =
      redirect({command_.output, command_, configuration_, symbols_, text});
  if (!renamed)
    return renamed.takeError();
  llvm::append_range(ledger.entries, *renamed);
  sort(ledger);
  return llvm::Error::success();
}

/// Clang's way to keep every token on its own line: none when it gains nothing, or when the unit's edits cannot be made
/// in its files.
llvm::Expected<std::optional<OverlayFiles>> Step::overlay_for(const Rewritten &rewritten,
                                                              const PreprocessedText &text) {
  if (!wants_overlay(command_, compiler_))
    return std::nullopt;
  const std::variant<Overlay, NoOverlay> made = overlay_of(command_, text.text, rewritten.text);
  if (const NoOverlay *none = std::get_if<NoOverlay>(&made)) {
    compiled_ = "preprocessed text: " + none->why;
    return std::nullopt;
  }
  llvm::Expected<OverlayFiles> files = OverlayFiles::write(std::get<Overlay>(made), command_);
  if (!files)
    return files.takeError();
  llvm::Expected<bool> right = files->gives(rewritten.text, command_, compiler_);
  if (!right)
    return right.takeError();
  compiled_ = *right ? "overlay" : "preprocessed text: a macro or a file is read in several ways";
  say("compiled from " + compiled_);
  if (!*right)
    return std::nullopt;
  return std::optional<OverlayFiles>(std::move(*files));
}

Ended Step::compile(const Rewritten &rewritten, const PreprocessedText &text) {
  const bool cxx = command_.language == Language::cxx;
  const ScratchFile edited(scratch_name(command_.output, cxx ? ".tripwire.ii" : ".tripwire.i"));
  if (llvm::Error error = write_whole(edited.path(), text_to_compile(rewritten.text)))
    return error;
  if (compiler_.kind == CompilerKind::clang) {
    Ended warned = tool::run(report_warnings(command_, compiler_));
    if (!warned || !warned->succeeded())
      return warned;
  }
  CompileCommand compile = command_;
  if (command_.links) {
    compile.links = false;
    compile.output = scratch_name(command_.output, ".tripwire.o");
  }
  const bool plain = is_plain_output(compile.output);
  ScratchFile object(plain ? compile.output : std::string(), Keep::never); // gone unless it is proven
  llvm::Expected<std::optional<OverlayFiles>> overlay = overlay_for(rewritten, text);
  if (!overlay)
    return overlay.takeError();
  std::vector<std::string> argv = *overlay ? compile_overlaid(compile, (*overlay)->path(), rewritten.c_names)
                                           : compile_edited(compile, compiler_, edited.path(), rewritten.c_names);
  if (!by_symbol_.empty())
    llvm::append_range(argv, flags_for_redirection(command_, compiler_.kind, by_symbol_));
  Ended ended = compile_text(std::move(argv), text.messages);
  if (!ended || !ended->succeeded())
    return ended;
  if (llvm::Error error = depend_on_configuration())
    return error;
  Ledger ledger = rewritten.ledger;
  if (plain) {
    std::swap(command_.output, compile.output);
    llvm::Error error = by_symbol_.empty() ? llvm::Error::success() : redirect_object(text.text, ledger);
    if (!error)
      error = prove_edited(rewritten, ledger);
    std::swap(command_.output, compile.output);
    if (error)
      return error;
    if (llvm::Error failed = write_ledger(std::move(ledger)))
      return failed;
  }
  say("rewritten: " + summary(ledger));
  if (command_.links)
    return link_with(compile.output);
  object.keep();
  return ended;
}

llvm::Expected<AuditReport> Step::look_in_line(const Rewritten &rewritten, llvm::StringRef text,
                                               const SeamSymbols &seams) {
  if (!may_run_in_line(command_, rewritten))
    return AuditReport();
  say("compiled once more without inlining, to see what headers run of a seam in line");
  const bool cxx = command_.language == Language::cxx;
  const ScratchFile file(scratch_name(command_.output, cxx ? ".tripwire.calls.ii" : ".tripwire.calls.i"));
  if (llvm::Error error = write_whole(file.path(), text))
    return error;
  return audit_in_line(command_, compiler_, file.path(), rewritten, seams);
}

llvm::Error Step::prove_edited(const Rewritten &rewritten, Ledger &ledger) {
  const SeamSymbols seams = symbols_to_prove(configuration_, &rewritten);
  llvm::Expected<AuditReport> in_line = look_in_line(rewritten, rewritten.text, seams);
  if (!in_line)
    return in_line.takeError();
  return prove(command_, configuration_, seams, ledger, std::move(*in_line));
}

/// Compiles the edited text by \p argv, with the warnings of the source. GCC is quieter about code that comes from a
/// macro, and the text has none left; so when GCC warns of the text, what counts is what it says of the source.
Ended Step::compile_text(std::vector<std::string> argv, llvm::StringRef messages) {
  if (compiler_.kind == CompilerKind::clang)
    return tool::run(argv); // see report_warnings
  Ended ended = tool::run(argv, {Stream::inherit, Stream::capture});
  if (!ended)
    return ended;
  if (ended->succeeded() && ended->standard_error.empty()) {
    llvm::errs() << messages;
    return ended;
  }
  const ScratchFile assembly(scratch_name(command_.output, ".tripwire.s"), Keep::never);
  Ended plain = tool::run(report_all_warnings(command_, assembly.path()));
  if (!plain || !plain->succeeded() || ended->succeeded())
    return !plain || !plain->succeeded() ? std::move(plain) : std::move(ended);
  argv.emplace_back("-w"); // what is left are errors, and they are not the source's
  return tool::run(argv);
}

/// The second half of a command that compiles and links: the object stands where the source stood. A process of its
/// own, since the link replaces its process and the object has to go afterwards.
Ended Step::link_with(const std::string &object) {
  std::vector<std::string> argv = again(request_, "--link");
  llvm::append_range(argv, command_.launcher);
  argv.push_back(command_.compiler);
  for (const Argument &argument : command_.arguments) {
    if (argument.role == Role::source && argument.value == command_.source)
      llvm::append_range(argv, llvm::ArrayRef<std::string>{"-x", "none", object});
    else if (argument.role != Role::dependencies && argument.role != Role::preprocessor &&
             argument.role != Role::precompiled)
      llvm::append_range(argv, argument.words);
  }
  return tool::run(argv);
}

/// A unit that the user's own compiler refuses as well is the user's to mend, with that compiler's messages and none of
/// ours.
Ended Step::explain_failure(llvm::Error error) {
  Ended own = tool::run(report_warnings(command_, compiler_));
  if (own && !own->succeeded()) {
    llvm::consumeError(std::move(error));
    return own;
  }
  llvm::consumeError(own.takeError());
  return error;
}

llvm::Error Step::depend_on_configuration() {
  std::vector<std::string> files = configuration_.files;
  files.push_back(own_path());
  return add_dependencies(command_, files);
}

llvm::Error Step::write_ledger(Ledger ledger) {
  if (!is_plain_output(command_.output))
    return llvm::Error::success();
  ledger.output = command_.output;
  if (compiled_.empty())
    return write_whole(ledger_of(command_.output), to_text(ledger));
  llvm::json::Value json = to_json(ledger);
  (*json.getAsObject())["compiled"] = compiled_;
  return write_whole(ledger_of(command_.output), llvm::formatv("{0:2}\n", json).str());
}

/// Whether the command is a compiler's that can only link, as in a Makefile whose CC is this program.
} // namespace

std::string ledger_of(const std::string &object) { return object + ".tripwire.json"; }

llvm::Expected<ProcessResult> run_compile_step(const LaunchRequest &request, CompileCommand command,
                                               config::Configuration configuration) {
  return Step(request, std::move(command), std::move(configuration)).run();
}

} // namespace tripwire::tool
