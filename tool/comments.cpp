#include "tool/comments.hpp"

#include "llvm/Support/Regex.h"

namespace tripwire::tool {

class IgnoreComments::Listener : public clang::CommentHandler {
public:
  explicit Listener(IgnoreComments &comments) : comments_(comments) {}
  bool HandleComment(clang::Preprocessor &preprocessor, clang::SourceRange comment) override {
    const clang::SourceManager &sources = preprocessor.getSourceManager();
    const llvm::StringRef rest(sources.getCharacterData(comment.getBegin()));
    const std::size_t length = sources.getFileOffset(comment.getEnd()) - sources.getFileOffset(comment.getBegin());
    static const llvm::Regex ignore("tripwire:[ \t]*ignore\\(([^)]+)\\)");
    llvm::SmallVector<llvm::StringRef, 2> groups;
    if (rest.take_front(length).contains("tripwire:") && ignore.match(rest.take_front(length), &groups))
      comments_.reasons_[{sources.getFileID(comment.getBegin()), sources.getSpellingLineNumber(comment.getBegin())}] =
          groups[1].trim().str();
    return false;
  }

private:
  IgnoreComments &comments_;
};

IgnoreComments::IgnoreComments() : listener_(std::make_unique<Listener>(*this)) {}
IgnoreComments::~IgnoreComments() = default;

void IgnoreComments::listen(clang::Preprocessor &preprocessor) { preprocessor.addCommentHandler(listener_.get()); }

std::string IgnoreComments::reason_at(clang::SourceLocation location, const clang::SourceManager &sources) const {
  const auto reason = reasons_.find({sources.getFileID(location), sources.getSpellingLineNumber(location)});
  return reason == reasons_.end() ? std::string() : reason->second;
}

} // namespace tripwire::tool
