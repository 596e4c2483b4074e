#include "tool/own_words.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {

std::string own_path() {
  static int here = 0;
  return llvm::sys::fs::getMainExecutable("tripwire-rewrite", &here);
}

std::vector<std::string> again(const LaunchRequest &request, llvm::StringRef form) {
  std::vector<std::string> argv = {own_path(), "--config", request.configuration, "--runtime-include",
                                   request.runtime_include};
  for (const std::string &folder : request.plugins_folders)
    llvm::append_range(argv, std::vector<std::string>{"--plugins-folder", folder});
  if (request.verbose)
    argv.emplace_back("--verbose");
  llvm::append_range(argv, std::vector<std::string>{form.str(), "--"});
  return argv;
}

} // namespace tripwire::tool
