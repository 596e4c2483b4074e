// argv --(options)--> one of the things this program does
#include "tool/options.hpp"
#include "tool/build_facts.hpp"
#include "tool/compiler.hpp"
#include "tool/diagnostics.hpp"

#include "tripwire/config/configuration.hpp"
#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cstdlib>
#include <optional>

namespace tripwire::tool {
namespace {

namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

enum class Mode { by_hand, compile, link, audit, check, inventory, explain, report, reference };

/// The words as they are read, before it is known whether they go together.
struct Words {
  CommonOptions common;
  std::optional<Mode> mode;
  std::vector<std::string> modes; ///< as written
  std::vector<std::string> files;
  std::string output;
  std::string ledger;
  bool dump_edits = false;
  std::string build;
  std::string line;     ///< of --explain
  std::string report;   ///< the folder of --report
  std::string manifest; ///< of --reference
  std::string page;
  bool no_cache = false;
  bool json = false;
  bool has_command = false;
  std::vector<std::string> command;
};

std::string beside_program(llvm::StringRef installed, llvm::StringRef built) {
  static int here = 0;
  const std::string program = fs::getMainExecutable("tripwire-rewrite", &here);
  llvm::SmallString<256> folder(path::parent_path(program));
  path::append(folder, "..", installed);
  llvm::SmallString<256> real;
  if (!fs::real_path(folder, real))
    return real.str().str();
  return built.str();
}

/// Where decisions are kept: what the environment says goes before the build's own.
std::string cache_folder(const std::string &given, bool no_cache) {
  const char *choice = std::getenv("TRIPWIRE_CACHE");
  if (no_cache || (choice != nullptr && llvm::StringRef(choice) == "off"))
    return {};
  const char *folder = std::getenv("TRIPWIRE_CACHE_DIR");
  const bool is_set = folder != nullptr && *folder != '\0';
  return is_set || given.empty() ? default_cache_folder() : given;
}

void add_defaults(CommonOptions &common) {
  if (common.configuration.empty())
    common.configuration = config::find_nearest(".").value_or("tripwire.yaml");
  if (common.plugins_folders.empty())
    common.plugins_folders.push_back(beside_program("share/tripwire/plugins", build_facts.plugins));
  if (common.runtime_include.empty()) {
    std::string folder = beside_program("include", build_facts.runtime_include);
    common.runtime_include = fs::exists(folder + "/tripwire/seam") ? folder : build_facts.runtime_include;
  }
}

void set_mode(Words &result, Mode mode, llvm::StringRef word) {
  result.mode = mode;
  if (!llvm::is_contained(result.modes, word))
    result.modes.push_back(word.str());
}

constexpr const char *look_at_help = "'tripwire-rewrite --help' shows the command lines";

/// The value of the option that begins at words[i]: behind "=" or the next word.
llvm::Expected<std::string> value_of(llvm::ArrayRef<std::string> words, std::size_t &i, llvm::StringRef name) {
  const llvm::StringRef word = words[i];
  if (word.size() > name.size())
    return word.drop_front(name.size() + 1).str();
  if (i + 1 == words.size() || words[i + 1] == "--")
    return misuse(("'" + name + "' wants a value").str(), look_at_help);
  return words[++i];
}

bool is_option(llvm::StringRef word, llvm::StringRef name) {
  return word == name || (word.starts_with(name) && word.drop_front(name.size()).starts_with("="));
}

std::string nearest_option(llvm::StringRef word) {
  std::string best;
  unsigned best_distance = 4;
  for (const llvm::StringRef option : {"--config", "--plugins-folder", "--runtime-include", "--cache",  "--no-cache",
                                       "--ledger", "--dump-edits",     "--compile",         "--link",   "--audit",
                                       "--check",  "--inventory",      "--explain",         "--report", "--reference",
                                       "--page",   "--json",           "--verbose",         "--help",   "--version"}) {
    const unsigned distance = word.split('=').first.edit_distance(option, true, best_distance);
    if (distance < best_distance) {
      best_distance = distance;
      best = option.str();
    }
  }
  return best;
}

llvm::Error read_option(llvm::ArrayRef<std::string> words, std::size_t &i, Words &result) {
  const llvm::StringRef word = words[i];
  const auto take = [&](llvm::StringRef name, std::string &into) -> llvm::Error {
    llvm::Expected<std::string> value = value_of(words, i, name);
    if (!value)
      return value.takeError();
    into = std::move(*value);
    return llvm::Error::success();
  };
  if (is_option(word, "--config"))
    return take("--config", result.common.configuration);
  if (is_option(word, "--runtime-include"))
    return take("--runtime-include", result.common.runtime_include);
  if (is_option(word, "--cache"))
    return take("--cache", result.common.cache_folder);
  if (is_option(word, "--ledger"))
    return take("--ledger", result.ledger);
  if (is_option(word, "-p"))
    return take("-p", result.build);
  if (is_option(word, "--explain")) {
    set_mode(result, Mode::explain, "--explain");
    return take("--explain", result.line);
  }
  if (is_option(word, "--report")) {
    set_mode(result, Mode::report, "--report");
    return take("--report", result.report);
  }
  if (is_option(word, "--reference")) {
    set_mode(result, Mode::reference, "--reference");
    return take("--reference", result.manifest);
  }
  if (is_option(word, "--page"))
    return take("--page", result.page);
  if (word == "-o")
    return take("-o", result.output);
  if (is_option(word, "--plugins-folder")) {
    result.common.plugins_folders.emplace_back();
    return take("--plugins-folder", result.common.plugins_folders.back());
  }
  if (word == "--dump-edits")
    result.dump_edits = true;
  else if (word == "--no-cache")
    result.no_cache = true;
  else if (word == "--verbose")
    result.common.verbose = true;
  else if (word == "--compile")
    set_mode(result, Mode::compile, word);
  else if (word == "--link")
    set_mode(result, Mode::link, word);
  else if (word == "--audit")
    set_mode(result, Mode::audit, word);
  else if (word == "--check")
    set_mode(result, Mode::check, word);
  else if (word == "--inventory")
    set_mode(result, Mode::inventory, word);
  else if (word == "--json")
    result.json = true;
  else if (word.starts_with("-") && word.size() > 1) {
    const std::string nearest = nearest_option(word);
    return misuse(
        ("unknown option '" + word + "'" + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?")).str(),
        look_at_help);
  } else
    result.files.push_back(word.str());
  return llvm::Error::success();
}

/// The forms over a build tree.
llvm::Expected<Task> build_tree_task(Words words, Mode mode) {
  if (words.has_command)
    return misuse("'" + words.modes[0] + "' wants a build tree and no command", look_at_help);
  if (words.build.empty())
    return misuse("'" + words.modes[0] + "' wants a build tree",
                  "name the folder of its compile_commands.json with -p");
  if (mode == Mode::check)
    return CheckStep{std::move(words.common), std::move(words.build), std::move(words.files)};
  if (mode == Mode::inventory)
    return InventoryStep{std::move(words.common), std::move(words.build), std::move(words.files), words.json};
  const auto [file, number] = llvm::StringRef(words.line).rsplit(':');
  unsigned line = 0;
  if (file.empty() || number.getAsInteger(10, line) || line == 0)
    return misuse("'--explain' wants FILE:LINE, not '" + words.line + "'", "lines count from 1");
  return ExplainStep{std::move(words.common), std::move(words.build), std::move(words.files), file.str(), line};
}

llvm::Expected<Task> report_task(Words words) {
  if (words.has_command || !words.files.empty() || !words.build.empty())
    return misuse("'--report' wants the folder of the reports and '-o', and nothing else", look_at_help);
  if (words.dump_edits || words.json || !words.ledger.empty())
    return misuse("'--ledger', '--dump-edits' and '--json' are not for '--report'", look_at_help);
  if (words.output.empty())
    return misuse("'--report' wants a file for the page", "name it with -o");
  return ReportStep{std::move(words.report), std::move(words.output)};
}

llvm::Expected<Task> reference_task(Words words) {
  if (words.has_command || !words.files.empty() || !words.build.empty() || words.dump_edits || words.json ||
      !words.ledger.empty())
    return misuse("'--reference' wants a plugin's seams.yaml and its page, and nothing else", look_at_help);
  if (!words.output.empty() && !words.page.empty())
    return misuse("'-o' and '--page' do not go together", "-o writes into the page, --page compares with it");
  return ReferenceStep{std::move(words.manifest), std::move(words.output), std::move(words.page)};
}

llvm::Expected<Task> task_of(Words words) {
  if (words.modes.size() > 1)
    return misuse("'" + words.modes[0] + "' and '" + words.modes[1] + "' do not go together", "choose one of them");
  const Mode mode = words.mode.value_or(Mode::by_hand);
  if (mode == Mode::reference)
    return reference_task(std::move(words));
  if (!words.page.empty())
    return misuse("'--page' is for '--reference'", look_at_help);
  if (mode == Mode::report)
    return report_task(std::move(words));
  if (mode != Mode::by_hand && (!words.output.empty() || words.dump_edits || !words.ledger.empty()))
    return misuse("'-o', '--ledger' and '--dump-edits' are for rewriting one source by hand, not for '" +
                      words.modes[0] + "'",
                  look_at_help);
  if (words.json && mode != Mode::inventory)
    return misuse("'--json' is for '--inventory'", look_at_help);
  if (mode == Mode::check || mode == Mode::inventory || mode == Mode::explain)
    return build_tree_task(std::move(words), mode);
  if (!words.build.empty())
    return misuse("'-p' is for '--check', '--inventory' and '--explain'", look_at_help);
  if (mode == Mode::audit) {
    if (words.files.empty() || words.has_command)
      return misuse("'--audit' wants objects, archives or programs and no command", look_at_help);
    return AuditStep{std::move(words.common), std::move(words.files)};
  }
  if (words.command.empty())
    return misuse("no compile command behind '--'", look_at_help);
  if (mode != Mode::by_hand && !words.files.empty())
    return misuse("'" + words.files[0] + "' in front of '--' is not understood", "the command belongs behind '--'");
  if (mode == Mode::compile)
    return CompileStep{std::move(words.common), std::move(words.command)};
  if (mode == Mode::link)
    return LinkStep{std::move(words.common), std::move(words.command)};
  if (words.files.size() != 1)
    return misuse(words.files.empty()
                      ? "no source to rewrite"
                      : "one source at a time, not '" + words.files[0] + "' and '" + words.files[1] + "'",
                  look_at_help);
  if (words.output.empty() && !words.dump_edits && words.ledger.empty())
    return misuse("nothing to write: no '-o', '--ledger' or '--dump-edits'", look_at_help);
  return ByHand{std::move(words.common), words.files[0],   std::move(words.output),
                std::move(words.ledger), words.dump_edits, std::move(words.command)};
}

} // namespace

llvm::Expected<Task> read_options(llvm::ArrayRef<std::string> words) {
  Words result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") {
      result.has_command = true;
      result.command = words.drop_front(i + 1).vec();
      break;
    }
    if (words[i] == "--help" || words[i] == "-h")
      return ShowHelp{};
    if (words[i] == "--version")
      return ShowVersion{};
    if (llvm::Error error = read_option(words, i, result))
      return error;
  }
  add_defaults(result.common);
  result.common.cache_folder = cache_folder(result.common.cache_folder, result.no_cache);
  return task_of(std::move(result));
}

std::string version_text() {
  return std::string("tripwire-rewrite ") + build_facts.version + ", with Clang " CLANG_VERSION_STRING "\n";
}

std::string help_text() {
  return R"(tripwire-rewrite turns references to seams into calls of their wrappers, so that tests can mock them.

  tripwire-rewrite [OPTIONS] SOURCE -o OUT -- g++ FLAGS     one file, by hand: the edited text
  tripwire-rewrite [OPTIONS] --compile -- g++ -c a.cpp ...  a build step: rewrite, compile, prove the object
  tripwire-rewrite [OPTIONS] --link -- g++ a.o -o prog ...  a build step: define the seams of a program and link it
  tripwire-rewrite [OPTIONS] -p BUILD [SOURCE...] --check   what a build would rewrite and refuse, without compiling
  tripwire-rewrite [OPTIONS] -p BUILD [SOURCE...] --inventory   the functions of others that are called and are no seams
  tripwire-rewrite [OPTIONS] -p BUILD [SOURCE...] --explain FILE:LINE   what becomes of the references in a line, and why
  tripwire-rewrite [OPTIONS] --audit FILE...                which seams objects, archives and programs reach past their wrappers
  tripwire-rewrite --report DIR -o FILE.html                one page of what the tests did with TRIPWIRE_REPORT=DIR
  tripwire-rewrite --reference DIR/seams.yaml [-o PAGE.md]  what a plugin's manifest says, for the plugin's page

Options:
  --config FILE            the configuration; by default $TRIPWIRE_CONFIG, else the nearest tripwire.yaml upwards
  --plugins-folder DIR     a folder with one folder per plugin; may be given more than once
  --runtime-include DIR    the folder that holds tripwire's own headers
  --cache DIR              the folder where decisions about unchanged units are kept; by default the user's own
  --no-cache               decide everything again
  --verbose                say what becomes of each command
  --help, --version

By hand:
  -o FILE                  where the edited text goes; '-' for standard output
  --ledger FILE            where the account of every reference goes, as JSON
  --dump-edits             print each edit as 'file:line:column kind seam -> text'

Over a build tree:
  -p BUILD                 the folder that holds compile_commands.json; all of its sources, or those that are named
  --json                   the inventory as JSON

Of a plugin's manifest:
  -o PAGE.md               writes it between '<!-- reference -->' and '<!-- end of reference -->'; else it is printed
  --page PAGE.md           the page has to say it already

Environment: TRIPWIRE_KEEP=1 keeps intermediate text, TRIPWIRE_CACHE_DIR goes before --cache and also holds what
compilers answered, TRIPWIRE_CACHE=off is as --no-cache.

Exit status: 0 done; 1 something was refused, leaked or does not compile; 2 usage or configuration.
)";
}

} // namespace tripwire::tool
