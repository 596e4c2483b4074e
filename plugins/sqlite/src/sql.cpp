#include "sql.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <map>

namespace tripwire::plugins::sql {

namespace {

enum class Token : unsigned char { space, line_comment, comment, quoted, parameter, word, semicolon, sign };

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_of_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

template <class Is> std::size_t while_is(std::string_view text, std::size_t at, Is is) {
  while (at < text.size() && is(text[at]))
    ++at;
  return at;
}

std::size_t behind(std::string_view text, std::size_t at) { return at == std::string_view::npos ? text.size() : at; }

/// Behind the end of what \p end ends; a doubled one is none.
std::size_t quoted_end(std::string_view text, std::size_t at, char end) {
  for (++at; at < text.size(); ++at) {
    if (text[at] != end)
      continue;
    if (end == ']' || at + 1 >= text.size() || text[at + 1] != end)
      return at + 1;
    ++at;
  }
  return text.size();
}

/// `:name`, and `$name::part(rest)` of Tcl.
std::size_t parameter_end(std::string_view text, std::size_t at) {
  const bool is_tcl = text[at] == '$';
  at = while_is(text, at + 1, is_of_word);
  while (is_tcl && text.substr(at, 2) == "::")
    at = while_is(text, at + 2, is_of_word);
  if (is_tcl && at < text.size() && text[at] == '(') {
    const std::size_t close = text.find_first_of(") \t\r\n", at);
    if (close != std::string_view::npos && text[close] == ')')
      return close + 1;
  }
  return at;
}

struct Piece {
  Token token;
  std::size_t end;
};

Piece piece_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_space(c))
    return {Token::space, while_is(text, at, is_space)};
  if (text.substr(at, 2) == "--")
    return {Token::line_comment, behind(text, text.find('\n', at))};
  if (text.substr(at, 2) == "/*") {
    const std::size_t end = text.find("*/", at + 2);
    return {Token::comment, end == std::string_view::npos ? text.size() : end + 2};
  }
  if (c == '\'' || c == '"' || c == '`' || c == '[')
    return {Token::quoted, quoted_end(text, at, c == '[' ? ']' : c)};
  if (c == '?')
    return {Token::parameter, while_is(text, at + 1, is_digit)};
  if ((c == ':' || c == '@' || c == '$') && at + 1 < text.size() && is_of_word(text[at + 1]))
    return {Token::parameter, parameter_end(text, at)};
  if (is_of_word(c))
    return {Token::word, while_is(text, at, is_of_word)};
  return {c == ';' ? Token::semicolon : Token::sign, at + 1};
}

std::string upper(std::string_view word) {
  std::string made(word);
  std::transform(made.begin(), made.end(), made.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return made;
}

/// Numbers parameters as SQLite does.
class Numbering {
public:
  int of(std::string_view name) {
    int index = highest_ + 1;
    if (name.size() > 1 && name[0] == '?') {
      index = 0;
      for (const char digit : name.substr(1))
        index = index > 1000000 ? index : index * 10 + (digit - '0');
    } else if (name.size() > 1) {
      index = named_.emplace(name, index).first->second;
    }
    highest_ = std::max(highest_, index);
    return index;
  }
  int highest() const { return highest_; }

private:
  int highest_ = 0;
  std::map<std::string, int, std::less<>> named_;
};

/// The words that decide what a statement is, one after the other.
class Words {
public:
  void add(std::string_view word) {
    if (all_.size() < 64)
      all_.push_back(upper(word));
  }
  void open() { ++depth_; }
  void close() { --depth_; }
  /// A word outside of parentheses that may be the verb behind `WITH`.
  void add_verb(std::string_view word) {
    if (depth_ != 0 || !verb_.empty())
      return;
    const std::string one = upper(word);
    if (one == "SELECT" || one == "VALUES" || one == "INSERT" || one == "REPLACE" || one == "UPDATE" || one == "DELETE")
      verb_ = one;
  }

  void tell(Statement &statement) const {
    if (all_.empty())
      return;
    statement.first = all_.front();
    std::size_t at = 0;
    if (all_[0] == "EXPLAIN") {
      const bool is_plan = all_.size() > 2 && all_[1] == "QUERY" && all_[2] == "PLAN";
      statement.explains = is_plan ? 2 : 1;
      at = is_plan ? 3 : 1;
    }
    statement.main = at < all_.size() ? all_[at] : "";
    if (statement.main == "WITH" && !verb_.empty())
      statement.main = verb_;
    if (statement.explains != 0)
      return;
    if (statement.first == "BEGIN")
      statement.kind = Kind::begin;
    else if (statement.first == "COMMIT" || statement.first == "END")
      statement.kind = Kind::commit;
    else if (statement.first == "ROLLBACK")
      statement.kind = std::find(all_.begin(), all_.end(), "TO") == all_.end() ? Kind::rollback : Kind::savepoint;
    else if (statement.first == "SAVEPOINT" || statement.first == "RELEASE")
      statement.kind = Kind::savepoint;
  }

private:
  std::vector<std::string> all_;
  std::string verb_;
  int depth_ = 0;
};

} // namespace

namespace {

bool is_one_of(const std::string &word, std::initializer_list<const char *> names) {
  return std::any_of(names.begin(), names.end(), [&](const char *name) { return word == name; });
}

/// The statement without a key to a database that is encrypted: `PRAGMA key = ...`, `ATTACH ... KEY ...`.
std::string without_key(const std::string &shown, const std::string &main) {
  if (main != "PRAGMA" && main != "ATTACH")
    return shown;
  for (std::size_t at = 0; at < shown.size();) {
    const Piece piece = piece_at(shown, at);
    const std::string word = upper(std::string_view(shown).substr(at, piece.end - at));
    at = piece.end;
    const bool is_key = main == "ATTACH"
                            ? word == "KEY"
                            : is_one_of(word, {"KEY", "REKEY", "HEXKEY", "HEXREKEY", "TEXTKEY", "TEXTREKEY"});
    if (piece.token == Token::word && is_key && at < shown.size())
      return shown.substr(0, at) + (main == "ATTACH" ? " <secret>" : " = <secret>");
  }
  return shown;
}

} // namespace

bool Statement::is_read_only() const {
  return explains != 0 || main == "SELECT" || main == "VALUES" || kind == Kind::begin || kind == Kind::commit ||
         kind == Kind::rollback || kind == Kind::savepoint;
}

Statement first_statement(std::string_view text) {
  Statement statement;
  Numbering numbering;
  Words words;
  bool needs_space = false;
  bool needs_line = false; // behind a comment that ends with its line
  bool has_begun = false;  // there is more than comments
  std::size_t at = 0;
  while (at < text.size()) {
    const Piece piece = piece_at(text, at);
    const std::string_view spelled = text.substr(at, piece.end - at);
    const std::size_t begin = at;
    at = piece.end;
    if (piece.token == Token::space) {
      needs_space = true;
      continue;
    }
    if (piece.token == Token::semicolon) {
      if (!has_begun)
        continue;
      if (sqlite3_complete(std::string(text.substr(0, at)).c_str()) != 0)
        break;
    }
    if (!statement.shown.empty() && (needs_space || needs_line))
      statement.shown += needs_line ? '\n' : ' ';
    needs_space = false;
    needs_line = piece.token == Token::line_comment;
    has_begun = has_begun || (piece.token != Token::line_comment && piece.token != Token::comment);
    statement.shown += spelled;
    if (piece.token == Token::parameter)
      statement.parameters.push_back({std::string(spelled), numbering.of(spelled), begin});
    if (piece.token == Token::word) {
      words.add(spelled);
      words.add_verb(spelled);
    }
    if (spelled == "(")
      words.open();
    if (spelled == ")")
      words.close();
  }
  statement.text = std::string(text.substr(0, at));
  if (!has_begun)
    statement.shown.clear();
  statement.parameter_count = numbering.highest();
  words.tell(statement);
  statement.shown = without_key(statement.shown, statement.main);
  return statement;
}

} // namespace tripwire::plugins::sql
