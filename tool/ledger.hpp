// what became of each reference --(ledger)--> a JSON file, a summary, a stable text of the edits
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// How a reference ended. There is no fourth way.
enum class Verdict { rewritten, exempt, refused };

/// The kinds of edit (decisions 1 and 35), none for what was left alone, and symbol for what was renamed in the object.
enum class EditKind { none, name, declare, argument, symbol };

struct LedgerEntry {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function; ///< the enclosing function, qualified; empty at namespace scope
  Verdict verdict = Verdict::rewritten;
  EditKind kind = EditKind::none;
  std::string seam;    ///< qualified name
  std::string wrapper; ///< its name in the text; empty unless rewritten
  std::string text;    ///< what stands there now; empty unless rewritten
  std::string reason;  ///< why it is exempt or refused; empty when rewritten
};

/// One translation unit's account.
struct Ledger {
  std::string unit;          ///< the source as the command names it
  std::string output;        ///< the object; empty for a run by hand
  std::string configuration; ///< the hash of the configuration
  std::vector<LedgerEntry> entries;
};

/// Entries in order of file, line, column, kind, seam, text: the same bytes whatever the order of discovery.
void sort(Ledger &ledger);

llvm::json::Value to_json(const Ledger &ledger);
/// The file's text: indented JSON with a final line end.
std::string to_text(const Ledger &ledger);
/// Reads \p text back; \p file is for the error.
llvm::Expected<Ledger> read_ledger(llvm::StringRef text, llvm::StringRef file);
/// The same, from JSON that is read already.
llvm::Expected<Ledger> ledger_in(const llvm::json::Value &json, llvm::StringRef file);

/// One line for people: "payments.cpp: 3 rewritten, 1 exempt".
std::string summary(const Ledger &ledger);

/// Lines "file:line:col kind seam -> text", sorted.
std::string edits_text(const Ledger &ledger);

} // namespace tripwire::tool
