// Where the readers put what is wrong.
#ifndef TRIPWIRE_SRC_CONFIG_LOG_HPP
#define TRIPWIRE_SRC_CONFIG_LOG_HPP

#include <tripwire/config/diagnostic.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tripwire::config {

/// Diagnostics in the order in which they were found.
struct Log {
  std::vector<Diagnostic> diagnostics;

  void error(const Place &place, std::string message, std::vector<Note> notes = {}) {
    diagnostics.push_back({Severity::error, place, std::move(message), std::move(notes)});
  }
  void warning(const Place &place, std::string message, std::vector<Note> notes = {}) {
    diagnostics.push_back({Severity::warning, place, std::move(message), std::move(notes)});
  }
  bool has_errors() const {
    for (const Diagnostic &diagnostic : diagnostics)
      if (diagnostic.severity == Severity::error)
        return true;
    return false;
  }
};

/// The value when nothing was wrong with it, and the diagnostics sorted by place; files keep the order in which they
/// were first named.
template <class T> Read<T> finish(T value, Log log);

void sort_by_place(std::vector<Diagnostic> &diagnostics);

template <class T> Read<T> finish(T value, Log log) {
  Read<T> read;
  if (!log.has_errors())
    read.value = std::move(value);
  sort_by_place(log.diagnostics);
  read.diagnostics = std::move(log.diagnostics);
  return read;
}

} // namespace tripwire::config

#endif
