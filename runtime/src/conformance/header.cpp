// the text of a header of C --(functions_in)--> the functions that it declares
#include "header.hpp"

#include <cctype>

namespace tripwire::conformance {

namespace {

bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t behind(std::string_view text, std::string_view what, std::size_t from) {
  const std::size_t at = text.find(what, from);
  return at == std::string_view::npos ? text.size() : at + what.size();
}

/// Behind the line, and behind those that a backslash joins to it.
std::size_t behind_line(std::string_view text, std::size_t from) {
  std::size_t at = behind(text, "\n", from);
  while (at < text.size() && at >= 2 && text[at - 2] == '\\') {
    at = behind(text, "\n", at);
  }
  return at;
}

std::size_t behind_literal(std::string_view text, std::size_t from) {
  std::size_t at = from + 1;
  while (at < text.size() && text[at] != text[from]) {
    at += text[at] == '\\' ? 2 : 1;
  }
  return at + 1;
}

/// Words and signs; no comments, and nothing of what the preprocessor reads.
Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  bool begins_line = true;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      begins_line = begins_line || c == '\n';
      ++at;
    } else if (c == '#' && begins_line) {
      at = behind_line(text, at);
    } else if (text.substr(at, 2) == "//") {
      at = behind_line(text, at);
      begins_line = true;
    } else if (text.substr(at, 2) == "/*") {
      at = behind(text, "*/", at);
    } else {
      std::size_t end = at + 1;
      if (c == '"' || c == '\'') {
        end = behind_literal(text, at);
      }
      while (is_of_word(c) && end < text.size() && is_of_word(text[end])) {
        ++end;
      }
      tokens.emplace_back(text.substr(at, end - at));
      at = end;
      begins_line = false;
    }
  }
  return tokens;
}

/// Behind the sign that closes what stands at \p from.
std::size_t behind_closing(const Tokens &tokens, std::size_t from, std::string_view open, std::string_view close) {
  std::size_t depth = 0;
  std::size_t at = from;
  do {
    depth += tokens[at] == open ? 1U : 0U;
    depth -= tokens[at] == close ? 1U : 0U;
    ++at;
  } while (depth > 0 && at < tokens.size());
  return at;
}

bool is_attribute(std::string_view word) {
  return word == "__attribute__" || word == "__declspec" || word == "__asm__" || word == "noexcept" ||
         word == "throw" || word == "alignas";
}

/// What one declaration declares, when it is a function: the last name in front of parentheses.
void add_function(const Tokens &declaration, std::vector<DeclaredFunction> &functions) {
  if (declaration.empty() || declaration[0] == "typedef") {
    return;
  }
  DeclaredFunction function;
  for (std::size_t at = 1; at < declaration.size();) {
    if (declaration[at] != "(") {
      ++at;
      continue;
    }
    const std::size_t end = behind_closing(declaration, at, "(", ")");
    const std::string &name = declaration[at - 1];
    if (is_of_word(name[0]) && !is_attribute(name)) {
      function.name = name;
      function.parameters.assign(declaration.begin() + static_cast<std::ptrdiff_t>(at + 1),
                                 declaration.begin() + static_cast<std::ptrdiff_t>(end - 1));
    }
    at = end;
  }
  if (!function.name.empty()) {
    functions.push_back(std::move(function));
  }
}

bool has_parentheses(const Tokens &declaration) {
  for (const std::string &token : declaration) {
    if (token == "(") {
      return true;
    }
  }
  return false;
}

} // namespace

std::vector<DeclaredFunction> functions_in(std::string_view header) {
  const Tokens tokens = tokens_of(header);
  std::vector<DeclaredFunction> functions;
  Tokens declaration;
  for (std::size_t at = 0; at < tokens.size();) {
    const std::string &token = tokens[at];
    const bool is_linkage =
        token == "{" && !declaration.empty() && declaration[0] == "extern" && declaration.size() == 2;
    if (token == ";" || token == "}" || is_linkage) {
      if (!is_linkage) {
        add_function(declaration, functions);
      }
      declaration.clear();
      ++at;
    } else if (token == "{") {
      at = behind_closing(tokens, at, "{", "}");
      if (has_parentheses(declaration)) { // the body of a function, which no semicolon ends
        add_function(declaration, functions);
        declaration.clear();
      }
    } else {
      declaration.push_back(token);
      ++at;
    }
  }
  return functions;
}

bool takes(const DeclaredFunction &function, std::string_view type) {
  const Tokens wanted = tokens_of(type);
  for (std::size_t at = 0; at + wanted.size() <= function.parameters.size(); ++at) {
    std::size_t same = 0;
    while (same < wanted.size() && function.parameters[at + same] == wanted[same]) {
      ++same;
    }
    const bool goes_on = at + same < function.parameters.size() && function.parameters[at + same] == "*";
    if (same == wanted.size() && !goes_on) {
      return true;
    }
  }
  return false;
}

} // namespace tripwire::conformance
