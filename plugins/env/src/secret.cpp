#include "secret.hpp"

#include <tripwire/setting.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

namespace {

constexpr std::string_view words[] = {"PASSWORD", "PASSWD", "PASSPHRASE", "PWD",        "SECRET",
                                      "SECRETS",  "TOKEN",  "TOKENS",     "CREDENTIAL", "CREDENTIALS"};
constexpr std::string_view last_words[] = {"KEY", "APIKEY"}; ///< elsewhere they speak of keyboards and tables

template <std::size_t N> bool is_one_of(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool has_word_of_a_secret(const std::string &name) {
  std::string word;
  for (const char letter : name) {
    if (letter != '_' && letter != '-' && letter != '.') {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
      continue;
    }
    if (is_one_of(words, word))
      return true;
    word.clear();
  }
  return is_one_of(words, word) || is_one_of(last_words, word);
}

} // namespace

bool is_secret_variable(const std::string &name) {
  if (name == "PWD" || name == "OLDPWD") // folders
    return false;
  if (has_word_of_a_secret(name))
    return true;
  const std::vector<std::string> listed = plugin::setting("env", "secrets");
  return std::find(listed.begin(), listed.end(), name) != listed.end();
}

} // namespace tripwire::plugins
