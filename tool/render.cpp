#include "tool/render.hpp"

#include "llvm/ADT/StringExtras.h"

namespace tripwire::tool {
namespace {

/// Compilers warn of longer string literals under -Wpedantic.
constexpr std::size_t longest_literal = 240;

/// Three octal digits, as the assembler reads them behind a backslash.
std::string octal(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return {static_cast<char>('0' + (byte >> 6U)), static_cast<char>('0' + ((byte >> 3U) & 7U)),
          static_cast<char>('0' + (byte & 7U))};
}

/// Statements that put \p text into \p section, which no program loads.
std::string as_assembler(llvm::StringRef section, llvm::StringRef text) {
  std::string result;
  std::string piece;
  auto flush = [&] {
    if (!piece.empty())
      result += "__asm__(\".pushsection " + section.str() + ",\\\"\\\",%progbits\\n.ascii \\\"" + piece +
                "\\\"\\n.popsection\");";
    piece.clear();
  };
  for (const char c : text) {
    // Twice quoted: for the assembler's string inside the compiler's.
    if (c == '"' || c == '\\')
      piece += c == '"' ? "\\\\\\\"" : "\\\\\\\\";
    else if (c == '\n')
      piece += "\\\\n";
    else if (llvm::isPrint(c))
      piece += c;
    else
      piece += "\\\\" + octal(c);
    if (piece.size() >= longest_literal)
      flush();
  }
  flush();
  return result;
}

} // namespace

std::string apply_edits(llvm::StringRef text, llvm::ArrayRef<Edit> edits) {
  std::string result;
  result.reserve(text.size() + edits.size() * 64);
  std::size_t at = 0;
  for (const Edit &edit : edits) {
    result += text.slice(at, edit.offset);
    result += edit.text;
    at = edit.offset + edit.length;
  }
  result += text.substr(at);
  return result;
}

std::string with_record(std::string text, llvm::StringRef record, llvm::StringRef call_sites) {
  text.resize(llvm::StringRef(text).rtrim().size());
  const std::size_t last_line = text.rfind('\n') + 1;
  // A directive has its line to itself.
  if (llvm::StringRef(text).substr(last_line).ltrim().starts_with("#"))
    text += '\n';
  return text + record_as_assembler(record) + call_sites_as_assembler(call_sites) + "\n";
}

std::string record_as_assembler(llvm::StringRef record) {
  return as_assembler(".tripwire", ("TRIPWIRE " + record + "\n").str());
}

std::string call_sites_as_assembler(llvm::StringRef call_sites) { return as_assembler(".tripwire.sites", call_sites); }

} // namespace tripwire::tool
