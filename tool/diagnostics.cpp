// what a step refuses --(diagnostics)--> text like the compiler's: place, severity, message, source line, caret
#include "tool/diagnostics.hpp"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"

#include <algorithm>
#include <cctype>

namespace tripwire::tool {
namespace {

llvm::StringRef word(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "error";
  case Severity::warning:
    return "warning";
  case Severity::note:
    return "note";
  }
  return "error";
}

llvm::HighlightColor colour(Severity severity) {
  switch (severity) {
  case Severity::error:
    return llvm::HighlightColor::Error;
  case Severity::warning:
    return llvm::HighlightColor::Warning;
  case Severity::note:
    return llvm::HighlightColor::Note;
  }
  return llvm::HighlightColor::Error;
}

/// The text of line \p wanted of \p text without its end; empty when there is no such line.
llvm::StringRef line_of(llvm::StringRef text, unsigned wanted) {
  for (unsigned line = 1; line < wanted && !text.empty(); ++line)
    text = text.split('\n').second;
  return text.split('\n').first.rtrim('\r');
}

void print_source_line(llvm::raw_ostream &out, const Place &place) {
  if (place.file.empty() || place.line == 0)
    return;
  auto buffer = llvm::MemoryBuffer::getFile(place.file);
  if (!buffer)
    return;
  const llvm::StringRef line = line_of((*buffer)->getBuffer(), place.line);
  if (line.trim().empty())
    return;
  const std::string number = std::to_string(place.line);
  out.indent(static_cast<unsigned>(5 - std::min<std::size_t>(4, number.size()))) << number << " | " << line << '\n';
  if (place.column == 0 || place.column > line.size())
    return;
  out.indent(static_cast<unsigned>(5 + std::max<std::size_t>(4, number.size()) - 4)) << " | ";
  for (const char character : line.take_front(place.column - 1))
    out << (character == '\t' ? '\t' : ' ');
  llvm::WithColor(out, llvm::HighlightColor::String) << '^';
  out << '\n';
}

/// "file:line:column: error: message", or with the program's name where there is no place.
void print_message(llvm::raw_ostream &out, const Diagnostic &diagnostic) {
  const Place &place = diagnostic.place;
  {
    llvm::WithColor bold(out, llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/true);
    bold << (place.file.empty() ? "tripwire-rewrite" : place.file) << ':';
    if (!place.file.empty() && place.line != 0)
      bold << place.line << ':';
    if (!place.file.empty() && place.line != 0 && place.column != 0)
      bold << place.column << ':';
    bold << ' ';
  }
  llvm::WithColor(out, colour(diagnostic.severity)) << word(diagnostic.severity) << ": ";
  llvm::WithColor(out, llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/diagnostic.severity != Severity::note)
      << diagnostic.message;
  out << '\n';
}

} // namespace

char Failure::ID = 0;

void Failure::log(llvm::raw_ostream &out) const {
  for (const Diagnostic &diagnostic : diagnostics_)
    print(out, diagnostic);
}

std::error_code Failure::convertToErrorCode() const { return llvm::inconvertibleErrorCode(); }

llvm::Error refuse(Place place, std::string message, std::string next_step) {
  Diagnostic diagnostic{Severity::error, std::move(place), std::move(message), {}};
  if (!next_step.empty())
    diagnostic.notes.push_back({Severity::note, diagnostic.place, std::move(next_step), {}});
  return refuse(std::vector<Diagnostic>{std::move(diagnostic)});
}

llvm::Error refuse(std::vector<Diagnostic> diagnostics) {
  return llvm::make_error<Failure>(std::move(diagnostics), ExitStatus::refused);
}

llvm::Error misuse(std::string message, std::string next_step) {
  Diagnostic diagnostic{Severity::error, {}, std::move(message), {}};
  if (!next_step.empty())
    diagnostic.notes.push_back({Severity::note, {}, std::move(next_step), {}});
  return llvm::make_error<Failure>(std::vector<Diagnostic>{std::move(diagnostic)}, ExitStatus::usage);
}

void print(llvm::raw_ostream &out, const Diagnostic &diagnostic) {
  print_message(out, diagnostic);
  print_source_line(out, diagnostic.place);
  for (const Diagnostic &note : diagnostic.notes) {
    const bool shown_already = note.place.file == diagnostic.place.file && note.place.line == diagnostic.place.line;
    if (shown_already)
      print_message(out, note);
    else
      print(out, note);
  }
}

ExitStatus report(llvm::raw_ostream &out, llvm::Error error) {
  ExitStatus status = ExitStatus::done;
  llvm::handleAllErrors(
      std::move(error),
      [&](const Failure &failure) {
        failure.log(out);
        status = std::max(status, failure.status());
      },
      [&](const llvm::ErrorInfoBase &other) {
        print(out, {Severity::error, {}, other.message(), {}});
        status = std::max(status, ExitStatus::refused);
      });
  return status;
}

} // namespace tripwire::tool
