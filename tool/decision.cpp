// what becomes of a unit <--(decision)--> bytes to keep
#include "tool/decision.hpp"

#include "tool/delta.hpp"

namespace tripwire::tool {
namespace {

enum class Kind : unsigned { rewritten, refused };

template <typename Enumeration> void pack_enum(Enumeration value, Packer &packer) {
  packer.number(static_cast<unsigned>(value));
}

/// The enumerator, when there is one up to \p last.
template <typename Enumeration> bool unpack_enum(Unpacker &unpacker, Enumeration last, Enumeration &value) {
  const std::uint64_t number = unpacker.number();
  value = static_cast<Enumeration>(number);
  return number <= static_cast<std::uint64_t>(last);
}

void pack_entry(const LedgerEntry &entry, Packer &packer) {
  packer.text(entry.file);
  packer.number(entry.line);
  packer.number(entry.column);
  packer.text(entry.function);
  pack_enum(entry.verdict, packer);
  pack_enum(entry.kind, packer);
  for (const std::string *text : {&entry.seam, &entry.wrapper, &entry.text, &entry.reason})
    packer.text(*text);
}

bool unpack_entry(Unpacker &unpacker, LedgerEntry &entry) {
  entry.file = unpacker.text().str();
  entry.line = static_cast<unsigned>(unpacker.number());
  entry.column = static_cast<unsigned>(unpacker.number());
  entry.function = unpacker.text().str();
  const bool known =
      unpack_enum(unpacker, Verdict::refused, entry.verdict) && unpack_enum(unpacker, EditKind::argument, entry.kind);
  for (std::string *text : {&entry.seam, &entry.wrapper, &entry.text, &entry.reason})
    *text = unpacker.text().str();
  return known && !unpacker.ran_out();
}

void pack_rewritten(const Rewritten &rewritten, llvm::StringRef text, Packer &packer) {
  packer.number(rewritten.changed ? 1 : 0);
  const std::vector<Piece> pieces = rewritten.changed ? delta(text, rewritten.text) : std::vector<Piece>();
  packer.number(pieces.size());
  for (const Piece &piece : pieces) {
    packer.number(piece.begin);
    packer.number(piece.length);
    packer.text(piece.added);
  }
  packer.text(hash_of(rewritten.text));
  packer.text(rewritten.ledger.unit);
  packer.text(rewritten.ledger.configuration);
  packer.number(rewritten.ledger.entries.size());
  for (const LedgerEntry &entry : rewritten.ledger.entries)
    pack_entry(entry, packer);
  packer.number(rewritten.seams.size());
  for (const ReferredSeam &seam : rewritten.seams) {
    packer.text(seam.name);
    packer.texts(seam.symbols);
    packer.number(seam.ignored ? 1 : 0);
    packer.number(seam.may_be_in_line ? 1 : 0);
  }
  packer.texts(rewritten.c_names);
}

std::optional<Decision> unpack_rewritten(Unpacker &unpacker, llvm::StringRef text) {
  Rewritten rewritten;
  rewritten.changed = unpacker.number() != 0;
  std::vector<Piece> pieces(unpacker.count());
  for (Piece &piece : pieces) {
    piece.begin = static_cast<std::size_t>(unpacker.number());
    piece.length = static_cast<std::size_t>(unpacker.number());
    piece.added = unpacker.text().str();
  }
  std::optional<std::string> made = with_delta(text, pieces);
  if (!made || hash_of(*made) != unpacker.text())
    return std::nullopt;
  rewritten.text = std::move(*made);
  rewritten.ledger.unit = unpacker.text().str();
  rewritten.ledger.configuration = unpacker.text().str();
  rewritten.ledger.entries.resize(unpacker.count());
  for (LedgerEntry &entry : rewritten.ledger.entries)
    if (!unpack_entry(unpacker, entry))
      return std::nullopt;
  rewritten.seams.resize(unpacker.count());
  for (ReferredSeam &seam : rewritten.seams) {
    seam.name = unpacker.text().str();
    seam.symbols = unpacker.texts();
    seam.ignored = unpacker.number() != 0;
    seam.may_be_in_line = unpacker.number() != 0;
  }
  rewritten.c_names = unpacker.texts();
  if (unpacker.failed())
    return std::nullopt;
  return rewritten;
}

void pack_diagnostics(const std::vector<Diagnostic> &diagnostics, Packer &packer) {
  packer.number(diagnostics.size());
  for (const Diagnostic &diagnostic : diagnostics) {
    pack_enum(diagnostic.severity, packer);
    packer.text(diagnostic.place.file);
    packer.number(diagnostic.place.line);
    packer.number(diagnostic.place.column);
    packer.text(diagnostic.message);
    pack_diagnostics(diagnostic.notes, packer);
  }
}

bool unpack_diagnostics(Unpacker &unpacker, std::vector<Diagnostic> &diagnostics) {
  diagnostics.resize(unpacker.count());
  for (Diagnostic &diagnostic : diagnostics) {
    const bool known = unpack_enum(unpacker, Severity::note, diagnostic.severity);
    diagnostic.place.file = unpacker.text().str();
    diagnostic.place.line = static_cast<unsigned>(unpacker.number());
    diagnostic.place.column = static_cast<unsigned>(unpacker.number());
    diagnostic.message = unpacker.text().str();
    if (!known || unpacker.ran_out() || !unpack_diagnostics(unpacker, diagnostic.notes))
      return false;
  }
  return true;
}

} // namespace

void pack(const Decision &decision, llvm::StringRef text, Packer &packer) {
  if (const auto *rewritten = std::get_if<Rewritten>(&decision)) {
    pack_enum(Kind::rewritten, packer);
    pack_rewritten(*rewritten, text, packer);
    return;
  }
  const Refused &refused = std::get<Refused>(decision);
  pack_enum(Kind::refused, packer);
  pack_enum(refused.status, packer);
  pack_diagnostics(refused.diagnostics, packer);
}

std::optional<Decision> unpack(Unpacker &unpacker, llvm::StringRef text) {
  Kind kind = Kind::rewritten;
  if (!unpack_enum(unpacker, Kind::refused, kind))
    return std::nullopt;
  if (kind == Kind::rewritten)
    return unpack_rewritten(unpacker, text);
  Refused refused;
  if (!unpack_enum(unpacker, ExitStatus::usage, refused.status) || !unpack_diagnostics(unpacker, refused.diagnostics) ||
      unpacker.failed())
    return std::nullopt;
  return refused;
}

} // namespace tripwire::tool
