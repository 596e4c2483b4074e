// what became of each reference --(ledger)--> a JSON file, a summary, a stable text of the edits
#include "tool/ledger.hpp"
#include "tool/diagnostics.hpp"
#include "tool/json.hpp"
#include "tool/llvm_compat.hpp"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace tripwire::tool {
namespace {

llvm::StringRef word(Verdict verdict) {
  switch (verdict) {
  case Verdict::rewritten:
    return "rewritten";
  case Verdict::exempt:
    return "exempt";
  case Verdict::refused:
    return "refused";
  }
  return "";
}

llvm::StringRef word(EditKind kind) {
  switch (kind) {
  case EditKind::none:
    return "none";
  case EditKind::name:
    return "name";
  case EditKind::declare:
    return "declare";
  case EditKind::argument:
    return "argument";
  case EditKind::symbol:
    return "symbol";
  }
  return "";
}

std::optional<Verdict> verdict_of(llvm::StringRef text) {
  return StringSwitch<std::optional<Verdict>>(text)
      .Case("rewritten", Verdict::rewritten)
      .Case("exempt", Verdict::exempt)
      .Case("refused", Verdict::refused)
      .Default(std::nullopt);
}

std::optional<EditKind> kind_of(llvm::StringRef text) {
  return StringSwitch<std::optional<EditKind>>(text)
      .Case("none", EditKind::none)
      .Case("name", EditKind::name)
      .Case("declare", EditKind::declare)
      .Case("argument", EditKind::argument)
      .Case("symbol", EditKind::symbol)
      .Default(std::nullopt);
}

auto order(const LedgerEntry &entry) {
  return std::tie(entry.file, entry.line, entry.column, entry.kind, entry.seam, entry.verdict, entry.text, entry.reason,
                  entry.wrapper, entry.function);
}

/// JSON wants UTF-8, file names may be anything.
std::string valid(llvm::StringRef text) { return llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text); }

llvm::json::Value to_json(const LedgerEntry &entry) {
  llvm::json::Object result{{"file", valid(entry.file)},      {"line", entry.line},
                            {"column", entry.column},         {"function", valid(entry.function)},
                            {"verdict", word(entry.verdict)}, {"seam", valid(entry.seam)}};
  if (entry.kind != EditKind::none)
    result["kind"] = word(entry.kind);
  if (!entry.wrapper.empty())
    result["wrapper"] = valid(entry.wrapper);
  if (!entry.text.empty())
    result["text"] = valid(entry.text);
  if (!entry.reason.empty())
    result["reason"] = valid(entry.reason);
  return result;
}

std::optional<LedgerEntry> entry_of(const llvm::json::Value &value) {
  const llvm::json::Object *object = value.getAsObject();
  if (object == nullptr)
    return std::nullopt;
  const auto number = [&](llvm::StringRef key) { return static_cast<unsigned>(object->getInteger(key).value_or(0)); };
  const std::optional<Verdict> verdict = verdict_of(text_at(*object, "verdict"));
  const std::optional<EditKind> kind =
      object->get("kind") == nullptr ? EditKind::none : kind_of(text_at(*object, "kind"));
  if (!verdict || !kind)
    return std::nullopt;
  return LedgerEntry{text_at(*object, "file"),
                     number("line"),
                     number("column"),
                     text_at(*object, "function"),
                     *verdict,
                     *kind,
                     text_at(*object, "seam"),
                     text_at(*object, "wrapper"),
                     text_at(*object, "text"),
                     text_at(*object, "reason")};
}

llvm::Error broken(llvm::StringRef file, const llvm::Twine &why) {
  return refuse({file.str(), 0, 0}, ("not a ledger: " + why).str(), "build the object again");
}

} // namespace

void sort(Ledger &ledger) {
  std::sort(ledger.entries.begin(), ledger.entries.end(),
            [](const LedgerEntry &left, const LedgerEntry &right) { return order(left) < order(right); });
}

llvm::json::Value to_json(const Ledger &ledger) {
  Ledger sorted = ledger;
  sort(sorted);
  llvm::json::Array entries;
  for (const LedgerEntry &entry : sorted.entries)
    entries.push_back(to_json(entry));
  return llvm::json::Object{{"version", 1},
                            {"unit", valid(ledger.unit)},
                            {"output", valid(ledger.output)},
                            {"configuration", ledger.configuration},
                            {"references", std::move(entries)}};
}

std::string to_text(const Ledger &ledger) { return llvm::formatv("{0:2}\n", to_json(ledger)).str(); }

llvm::Expected<Ledger> read_ledger(llvm::StringRef text, llvm::StringRef file) {
  llvm::Expected<llvm::json::Value> json = llvm::json::parse(text);
  if (!json)
    return broken(file, llvm::toString(json.takeError()));
  return ledger_in(*json, file);
}

llvm::Expected<Ledger> ledger_in(const llvm::json::Value &json, llvm::StringRef file) {
  const llvm::json::Object *object = json.getAsObject();
  const llvm::json::Array *entries = object == nullptr ? nullptr : object->getArray("references");
  if (entries == nullptr)
    return broken(file, "it has no 'references'");
  if (object->getInteger("version") != 1)
    return broken(file, "its version is not 1");
  Ledger ledger;
  ledger.unit = text_at(*object, "unit");
  ledger.output = text_at(*object, "output");
  ledger.configuration = text_at(*object, "configuration");
  for (const llvm::json::Value &value : *entries) {
    std::optional<LedgerEntry> entry = entry_of(value);
    if (!entry)
      return broken(file, "a reference has no known verdict or kind");
    ledger.entries.push_back(std::move(*entry));
  }
  return ledger;
}

std::string summary(const Ledger &ledger) {
  std::string text;
  for (const Verdict verdict : {Verdict::rewritten, Verdict::exempt, Verdict::refused}) {
    const auto count = std::count_if(ledger.entries.begin(), ledger.entries.end(), [&](const LedgerEntry &entry) {
      return entry.verdict == verdict && entry.kind != EditKind::declare;
    });
    if (count != 0)
      text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + word(verdict).str();
  }
  return ledger.unit + ": " + (text.empty() ? "no references" : text);
}

std::string edits_text(const Ledger &ledger) {
  Ledger sorted = ledger;
  sort(sorted);
  std::string text;
  for (const LedgerEntry &entry : sorted.entries)
    if (entry.verdict == Verdict::rewritten)
      text += llvm::formatv("{0}:{1}:{2} {3} {4} -> {5}\n", entry.file, entry.line, entry.column, word(entry.kind),
                            entry.seam, entry.text)
                  .str();
  return text;
}

} // namespace tripwire::tool
