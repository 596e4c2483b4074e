// a seam's pattern --(name_pattern)--> its file, name and parameters; and whether a qualified name answers to it.
#include "name_pattern.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace tripwire::config {

namespace {

constexpr std::string_view operator_word = "operator";
constexpr std::string_view anonymous = "(anonymous namespace)";

bool is_name_letter(char letter) {
  auto byte = static_cast<unsigned char>(letter);
  return std::isalnum(byte) || letter == '_' || letter == '$' || byte >= 0x80;
}

/// Whether the word `operator` stands at \p at of \p text.
bool operator_at(const std::string &text, std::size_t at) {
  if (text.compare(at, operator_word.size(), operator_word) != 0 || (at > 0 && is_name_letter(text[at - 1])))
    return false;
  std::size_t end = at + operator_word.size();
  return end == text.size() || !is_name_letter(text[end]);
}

std::string trimmed(const std::string &text) {
  std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Where the parameter list of a pattern opens; npos when it has none.
std::size_t parameters_at(const std::string &pattern) {
  bool in_operator = false;
  std::size_t angles = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (operator_at(pattern, at)) {
      at += operator_word.size() - 1;
      in_operator = true;
      if (pattern.compare(at + 1, 2, "()") == 0)
        at += 2;
      continue;
    }
    char letter = pattern[at];
    if (!in_operator && letter == '<')
      ++angles;
    if (!in_operator && letter == '>' && angles > 0)
      --angles;
    if (letter != '(' || angles > 0)
      continue;
    if (pattern.compare(at, anonymous.size(), anonymous) == 0)
      at += anonymous.size() - 1;
    else
      return at;
  }
  return std::string::npos;
}

/// Where a lone `:` ends the file's name; npos when there is none.
std::size_t file_ends_at(const std::string &text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != ':')
      continue;
    if (at + 1 >= text.size() || text[at + 1] != ':')
      return at;
    ++at;
  }
  return std::string::npos;
}

/// A parameter list with single spaces, and those only between words.
std::string squeezed(const std::string &text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!std::isspace(static_cast<unsigned char>(text[at]))) {
      out += text[at];
      continue;
    }
    std::size_t next = text.find_first_not_of(" \t\r\n", at);
    if (!out.empty() && next != std::string::npos && is_name_letter(out.back()) && is_name_letter(text[next]))
      out += ' ';
    at = next == std::string::npos ? text.size() : next - 1;
  }
  return out;
}

/// The sign of an operator has no wildcards: `operator*` is the one that multiplies.
bool component_matches(const std::string &glob, const std::string &name) {
  return operator_at(glob, 0) ? glob == name : wildcard_matches(glob, name);
}

bool scope_matches(const std::vector<std::string> &globs, const std::vector<std::string> &names) {
  // The furthest `**` can be asked to take one component more; what it took before stays taken.
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t glob = 0, name = 0, star = none, taken = 0;
  while (name < names.size()) {
    if (glob < globs.size() && globs[glob] == "**") {
      star = glob++;
      taken = name;
      // At the end it stands for what is inside a scope, so for one component at least.
      if (glob == globs.size())
        return true;
    } else if (glob < globs.size() && component_matches(globs[glob], names[name])) {
      ++glob;
      ++name;
    } else if (star != none) {
      glob = star + 1;
      name = ++taken;
    } else {
      return false;
    }
  }
  return glob == globs.size();
}

std::optional<std::string> wrong_component(const std::string &component, const std::string &name) {
  if (component.empty())
    return '\'' + name + "' has a scope without a name";
  if (component == anonymous || operator_at(component, 0))
    return std::nullopt;
  if (std::isdigit(static_cast<unsigned char>(component[0])))
    return '\'' + component + "' is no name: it begins with a digit";
  std::size_t angle = component.find('<');
  for (std::size_t at = 0; at < component.size() && at < angle; ++at) {
    char letter = component[at];
    if (!is_name_letter(letter) && letter != '*' && letter != '?' && !(letter == '~' && at == 0))
      return '\'' + component + "' is no name: '" + letter + "' does not belong in one";
  }
  if (angle != std::string::npos && component.back() != '>')
    return '\'' + component + "' is no name: its '<' is not closed";
  return std::nullopt;
}

} // namespace

Pattern parse_pattern(const std::string &text) {
  Pattern pattern;
  std::size_t open = parameters_at(text);
  std::string name = trimmed(text.substr(0, open));
  if (open != std::string::npos) {
    std::size_t close = text.rfind(')');
    bool closed = close != std::string::npos && close > open;
    pattern.parameters = trimmed(closed ? text.substr(open + 1, close - open - 1) : text.substr(open + 1));
    if (closed)
      pattern.qualifiers = trimmed(text.substr(close + 1));
  }
  if (std::size_t end = file_ends_at(name); end != std::string::npos) {
    pattern.file = trimmed(name.substr(0, end));
    name = trimmed(name.substr(end + 1));
  }
  if (name.compare(0, 2, "::") == 0)
    name.erase(0, 2);
  pattern.name = name;
  return pattern;
}

std::vector<std::string> components(const std::string &name) {
  std::vector<std::string> out(1);
  std::size_t nesting = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (nesting == 0 && out.back().empty() && operator_at(name, at)) {
      out.back() = name.substr(at);
      return out;
    }
    if (nesting == 0 && name.compare(at, 2, "::") == 0) {
      out.emplace_back();
      ++at;
      continue;
    }
    if (name[at] == '<' || name[at] == '(')
      ++nesting;
    if ((name[at] == '>' || name[at] == ')') && nesting > 0)
      --nesting;
    out.back() += name[at];
  }
  return out;
}

bool wildcard_matches(std::string_view glob, std::string_view text) {
  std::size_t g = 0, t = 0, star = std::string_view::npos, taken = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      taken = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*')
    ++g;
  return g == glob.size();
}

bool matches(const std::string &pattern, const std::string &qualified_name) {
  std::string name = qualified_name.compare(0, 2, "::") == 0 ? qualified_name.substr(2) : qualified_name;
  return scope_matches(components(parse_pattern(pattern).name), components(name));
}

bool names(const Seam &seam, const std::string &qualified_name) {
  if (!matches(seam.pattern, qualified_name))
    return false;
  for (const std::string &exception : seam.except)
    if (!parse_pattern(exception).parameters && matches(exception, qualified_name))
      return false;
  return true;
}

bool answers(const Seam &seam, const std::string &function) {
  return std::any_of(seam.answers.begin(), seam.answers.end(),
                     [&](const std::string &pattern) { return matches(pattern, function); });
}

bool is_exact(const std::string &pattern) {
  for (const std::string &component : components(parse_pattern(pattern).name)) {
    bool is_operator = operator_at(component, 0);
    if (!is_operator && component.substr(0, component.find('<')).find_first_of("*?") != std::string::npos)
      return false;
  }
  return true;
}

std::optional<std::string> what_is_wrong(const std::string &text) {
  Pattern pattern = parse_pattern(text);
  if (pattern.name.empty())
    return '\'' + text + "' names nothing";
  if (pattern.parameters && text.find(')', parameters_at(text)) == std::string::npos)
    return '\'' + text + "' opens a parameter list and does not close it";
  for (const std::string &component : components(pattern.name))
    if (std::optional<std::string> wrong = wrong_component(component, pattern.name))
      return wrong;
  return std::nullopt;
}

std::string canonical(const std::string &text) {
  Pattern pattern = parse_pattern(text);
  std::string out = pattern.file.empty() ? pattern.name : pattern.file + ':' + pattern.name;
  if (pattern.parameters)
    out += '(' + squeezed(*pattern.parameters) + ')' + squeezed(pattern.qualifiers);
  return out;
}

} // namespace tripwire::config
