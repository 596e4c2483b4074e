// What was read, or why it was not: values and located diagnostics, for whoever reads a user's YAML.
//
//   tripwire.yaml --(document)--> Node --(section readers)--> Configuration | Diagnostic...
#ifndef TRIPWIRE_CONFIG_DIAGNOSTIC_HPP
#define TRIPWIRE_CONFIG_DIAGNOSTIC_HPP

#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

/// Where something stands. Lines and columns count from one, columns in bytes; a line of zero means the file as a
/// whole. The file is spelled as the caller spelled it.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

/// A second place that explains a diagnostic ("first named here").
struct Note {
  Place place;
  std::string message;
};

enum class Severity { error, warning };

/// One thing that is wrong, in the compiler's manner: lower case, no full stop, the next step at its end where there is
/// one.
struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string message;
  std::vector<Note> notes;
};

/// A value, or what kept it from being one. The value is absent exactly when one of the diagnostics is an error.
template <class T> struct Read {
  std::optional<T> value;
  std::vector<Diagnostic> diagnostics; ///< in the order of their places, file by file
};

/// `file:line:column`; the file alone when no line is known.
std::string text(const Place &place);

/// `file:line:column: error: message` and one line for each note, every line with its newline. Never coloured.
std::string text(const Diagnostic &diagnostic);

} // namespace tripwire::config

#endif
