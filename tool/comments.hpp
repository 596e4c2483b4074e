// comments in the source --(comments)--> the lines that say `// tripwire: ignore(reason)`
#pragma once

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"

#include <map>
#include <memory>
#include <string>

namespace tripwire::tool {

/// Lines whose references the project takes out itself, with its reason.
class IgnoreComments {
public:
  IgnoreComments();
  ~IgnoreComments();
  /// Starts to listen. This object must outlive the preprocessor's work.
  void listen(clang::Preprocessor &preprocessor);
  /// The reason given on the line of \p location; empty when there is none.
  [[nodiscard]] std::string reason_at(clang::SourceLocation location, const clang::SourceManager &sources) const;

private:
  class Listener;
  std::unique_ptr<Listener> listener_;
  std::map<std::pair<clang::FileID, unsigned>, std::string> reasons_;
};

} // namespace tripwire::tool
