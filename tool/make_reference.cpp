// a manifest --(make_reference)--> its reference: printed, written into the plugin's page, or compared with it
#include "tool/make_reference.hpp"

#include "tool/configuration.hpp"
#include "tool/diagnostics.hpp"
#include "tool/process.hpp"
#include "tool/reference.hpp"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

constexpr llvm::StringRef begin_mark = "\n<!-- reference -->\n";
constexpr llvm::StringRef end_mark = "\n<!-- end of reference -->\n";

/// A plugin is named as the folder of its manifest.
std::string name_of(llvm::StringRef manifest) {
  llvm::SmallString<256> absolute(manifest);
  llvm::sys::fs::make_absolute(absolute);
  llvm::sys::path::remove_dots(absolute, true);
  return llvm::sys::path::filename(llvm::sys::path::parent_path(absolute)).str();
}

llvm::Expected<config::Plugin> read_manifest(const std::string &file) {
  config::Read<config::Plugin> read = config::load_manifest(file, name_of(file));
  std::vector<Diagnostic> messages;
  for (const config::Diagnostic &diagnostic : read.diagnostics)
    messages.push_back(as_ours(diagnostic));
  if (!read.value)
    return llvm::make_error<Failure>(std::move(messages), ExitStatus::usage);
  for (const Diagnostic &warning : messages)
    print(llvm::errs(), warning);
  return std::move(*read.value);
}

llvm::Expected<std::string> read_page(const std::string &file) {
  auto text = llvm::MemoryBuffer::getFile(file);
  if (!text)
    return misuse("cannot read '" + file + "': " + text.getError().message());
  return (*text)->getBuffer().str();
}

/// The first line in which the two differ.
unsigned different_line(llvm::StringRef one, llvm::StringRef other) {
  unsigned line = 1;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()) && one[i] == other[i]; ++i)
    line += one[i] == '\n' ? 1 : 0;
  return line;
}

} // namespace

std::optional<std::string> page_with(llvm::StringRef page, llvm::StringRef reference) {
  const std::size_t begin = page.find(begin_mark);
  if (begin == llvm::StringRef::npos)
    return std::nullopt;
  const std::size_t text = begin + begin_mark.size();
  const std::size_t end = page.find(end_mark, text - 1);
  if (end == llvm::StringRef::npos)
    return std::nullopt;
  return (page.take_front(text) + reference + page.drop_front(end + 1)).str();
}

llvm::Expected<int> make_reference(const ReferenceStep &task) {
  llvm::Expected<config::Plugin> plugin = read_manifest(task.manifest);
  if (!plugin)
    return plugin.takeError();
  const std::string text = reference(*plugin);
  const std::string &file = task.page.empty() ? task.output : task.page;
  if (file.empty() || file == "-") {
    llvm::outs() << text;
    return 0;
  }
  llvm::Expected<std::string> page = read_page(file);
  if (!page)
    return page.takeError();
  const std::optional<std::string> wanted = page_with(*page, text);
  if (!wanted)
    return refuse({file, 0, 0}, "the page has no place for the reference",
                  "put the lines '" + begin_mark.trim().str() + "' and '" + end_mark.trim().str() +
                      "' where it belongs");
  if (*wanted == *page)
    return 0;
  if (!task.page.empty())
    return refuse({file, different_line(*page, *wanted), 0}, "the reference is not what '" + task.manifest + "' says",
                  "'tripwire-rewrite --reference " + task.manifest + " -o " + file + "' writes it");
  if (llvm::Error error = write_whole(file, *wanted))
    return error;
  return 0;
}

} // namespace tripwire::tool
