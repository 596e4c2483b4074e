// what a step refuses --(diagnostics)--> text like the compiler's: place, severity, message, source line, caret
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace tripwire::tool {

enum class Severity { error, warning, note };

/// The exit status that an error leads to (design, section 6).
enum class ExitStatus : int { done = 0, refused = 1, usage = 2 };

/// A place in a file. Line and column count from 1; zero is "not known", an empty file is "no place".
struct Place {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
};

/// One message. Lower case, no full stop; notes carry the next step or further places.
struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string message;
  std::vector<Diagnostic> notes;
};

/// The error that steps return: everything the user has to read, and the exit status it leads to.
class Failure : public llvm::ErrorInfo<Failure> {
public:
  static char ID;
  Failure(std::vector<Diagnostic> diagnostics, ExitStatus status)
      : diagnostics_(std::move(diagnostics)), status_(status) {}

  [[nodiscard]] const std::vector<Diagnostic> &diagnostics() const { return diagnostics_; }
  [[nodiscard]] ExitStatus status() const { return status_; }
  void log(llvm::raw_ostream &out) const override;
  [[nodiscard]] std::error_code convertToErrorCode() const override;

private:
  std::vector<Diagnostic> diagnostics_;
  ExitStatus status_;
};

/// A refusal with \p message at \p place and, as a note, what to do about it (may be empty).
llvm::Error refuse(Place place, std::string message, std::string next_step = {});
/// Several refusals at once.
llvm::Error refuse(std::vector<Diagnostic> diagnostics);
/// A wrong command line or configuration.
llvm::Error misuse(std::string message, std::string next_step = {});

/// Prints \p diagnostic with the source line and a caret where the file can be read; coloured when \p out is a terminal
/// that shows colours. Without a place the line begins with the program's name.
void print(llvm::raw_ostream &out, const Diagnostic &diagnostic);

/// Prints all that \p error carries; returns the exit status it leads to. \c done for success.
ExitStatus report(llvm::raw_ostream &out, llvm::Error error);

} // namespace tripwire::tool
