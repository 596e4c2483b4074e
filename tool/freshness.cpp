#include "tool/freshness.hpp"

#include "tool/build_facts.hpp"
#include "tool/process.hpp"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {
namespace {

std::string note_of(const std::string &object) { return object + ".from"; }

/// The prerequisites of a depfile, make's escapes undone.
std::vector<std::string> prerequisites(llvm::StringRef depfile) {
  std::vector<std::string> files;
  std::string word;
  auto flush = [&] {
    if (!word.empty() && word.back() != ':')
      files.push_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < depfile.size(); ++i) {
    const char c = depfile[i];
    if (c == '\\' && i + 1 < depfile.size()) {
      const char next = depfile[++i];
      if (next == '\n')
        flush();
      else
        word += next;
    } else if (c == '$' && i + 1 < depfile.size() && depfile[i + 1] == '$') {
      word += '$';
      ++i;
    } else if (llvm::isSpace(c)) {
      flush();
    } else {
      word += c;
    }
  }
  flush();
  return files;
}

} // namespace

std::string ingredients_of(const std::vector<Record> &records, const std::vector<std::string> &words,
                           const std::string &prelude, const config::Configuration &configuration) {
  std::string text = std::string(build_facts.version) + "\n" + std::to_string(configuration.fingerprint) + "\n" +
                     configuration.file + "\n" + llvm::join(words, " ") + "\n" + prelude;
  for (const Record &record : records)
    for (const RecordedSeam &seam : record.seams) {
      text += seam.usr;
      for (const auto &[kind, count] : seam.wrappers)
        text += (kind.may_throw ? " t" : " s") + kind.variadic_types + (kind.qualified ? " q" : "");
      text += "\n";
    }
  return text;
}

bool is_fresh(const std::string &object, const std::string &ingredients) {
  llvm::Expected<std::string> noted = read_whole(note_of(object));
  llvm::Expected<std::string> depfile = read_whole(object + ".d");
  llvm::sys::fs::file_status made;
  const bool holds = noted && depfile && *noted == ingredients && !llvm::sys::fs::status(object, made);
  if (!noted)
    llvm::consumeError(noted.takeError());
  if (!depfile) {
    llvm::consumeError(depfile.takeError());
    return false;
  }
  if (!holds)
    return false;
  const std::string own_source = llvm::StringRef(object).drop_back(2).str() + ".cpp";
  return llvm::all_of(prerequisites(*depfile), [&](const std::string &file) {
    llvm::sys::fs::file_status status;
    return file == own_source ||
           (!llvm::sys::fs::status(file, status) && status.getLastModificationTime() <= made.getLastModificationTime());
  });
}

llvm::Error remember_ingredients(const std::string &object, const std::string &ingredients) {
  return write_whole(note_of(object), ingredients);
}

} // namespace tripwire::tool
