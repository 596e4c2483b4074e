// words of a command line --(commands)--> what the tool reads in it
#pragma once

#include "tool/compile_command.hpp"

#include "gtest/gtest.h"

#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tripwire::tool {

using Words = std::vector<std::string>;

inline Words split(const std::string &command) {
  std::istringstream stream(command);
  Words words;
  for (std::string word; stream >> word;)
    words.push_back(word);
  return words;
}

inline Command command_of(const Words &words) {
  llvm::Expected<Command> command = read_command(words);
  if (!command) {
    ADD_FAILURE() << llvm::toString(command.takeError());
    return PassThrough();
  }
  return std::move(*command);
}

inline CompileCommand compile_of(const Words &words) {
  Command command = command_of(words);
  if (auto *compile = std::get_if<CompileCommand>(&command))
    return std::move(*compile);
  ADD_FAILURE() << "no single compile";
  return {};
}

inline CompileCommand compile_of(const std::string &words) { return compile_of(split(words)); }

} // namespace tripwire::tool
