// names as the compiler mangles and prints them --> names as people write them
#include "demangle.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <utility>

namespace tripwire::runtime {

namespace {

void replace_all(std::string &text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Where the parameter list that ends at \p close begins.
std::size_t opening(std::string_view name, std::size_t close) noexcept {
  int depth = 0;
  for (std::size_t at = close + 1; at-- > 0;) {
    if (name[at] == ')') {
      ++depth;
    } else if (name[at] == '(' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

} // namespace

std::string demangle(const char *symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void *)> name(abi::__cxa_demangle(symbol, nullptr, nullptr, &status), std::free);
  return status == 0 && name != nullptr ? name.get() : symbol;
}

std::string name_without_parameters(std::string name) {
  for (std::size_t clone = name.find(" [clone"); clone != std::string::npos; clone = name.find(" [clone")) {
    name.erase(clone, name.find(']', clone) - clone + 1);
  }
  for (std::size_t abi = name.find("[abi:"); abi != std::string::npos; abi = name.find("[abi:")) {
    name.erase(abi, name.find(']', abi) - abi + 1);
  }
  const std::size_t close = name.rfind(')');
  if (close == std::string::npos || name.compare(close, 3, ")::") == 0) {
    return name;
  }
  const std::size_t open = opening(name, close);
  if (open == std::string::npos || open == 0) {
    return name;
  }
  const bool is_call_operator =
      name.compare(open, 2, "()") == 0 && open >= 8 && name.compare(open - 8, 8, "operator") == 0;
  if (!is_call_operator) {
    name.erase(open);
  }
  // A function template prints its result in front.
  int depth = 0;
  for (std::size_t at = name.size(); at-- > 0;) {
    const char c = name[at];
    if (c == '>' || c == ')' || c == '}') {
      ++depth;
    } else if (c == '<' || c == '(' || c == '{') {
      --depth;
    } else if (c == ' ' && depth == 0 && name.compare(at + 1, 8, "operator") != 0 &&
               (at < 8 || name.compare(at - 8, 8, "operator") != 0)) {
      name.erase(0, at + 1);
      break;
    }
  }
  return name;
}

std::string friendly_type(std::string_view type) {
  std::string text(type);
  for (const std::string_view space : {"std::__cxx11::", "std::"}) {
    replace_all(text, std::string(space) + "basic_string<char>", "std::string");
  }
  replace_all(text, "std::basic_string_view<char>", "std::string_view");
  return text;
}

} // namespace tripwire::runtime
