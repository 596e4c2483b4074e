// How a field of a plugin's requests is spelled, as its manifest says it.
#ifndef TRIPWIRE_CONFIG_FIELD_KIND_HPP
#define TRIPWIRE_CONFIG_FIELD_KIND_HPP

namespace tripwire::config {

/// How two spellings of a field are the same.
enum class FieldKind : unsigned char {
  text,    ///< byte by byte
  word,    ///< without regard to case: a method, a scheme
  host,    ///< case, brackets, a dot at the end, spellings of an address, names of the loopback
  port,    ///< as a number
  path,    ///< of a URL: percent-decoded once, `.`, `..` and `//` resolved
  file,    ///< of the file system: `.`, `..` and `//` resolved
  program, ///< the same; a rule without a `/` names a program wherever it is
  uri,     ///< part by part
};

/// The kind as the manifest names it: `host`.
const char *word(FieldKind kind);

} // namespace tripwire::config

#endif
