// Diagnostic --> the compiler's manner of text.
#include <tripwire/config/diagnostic.hpp>

namespace tripwire::config {

std::string text(const Place &place) {
  if (place.line <= 0)
    return place.file;
  return place.file + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

std::string text(const Diagnostic &diagnostic) {
  std::string out = text(diagnostic.place);
  out += diagnostic.severity == Severity::error ? ": error: " : ": warning: ";
  out += diagnostic.message + '\n';
  for (const Note &note : diagnostic.notes)
    out += text(note.place) + ": note: " + note.message + '\n';
  return out;
}

} // namespace tripwire::config
