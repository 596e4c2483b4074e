#include "tripwire/secret_name.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>

namespace tripwire::plugin {

namespace {

constexpr std::string_view words[] = {"PASSWORD", "PASSWD", "PASSPHRASE", "PWD",        "SECRET",
                                      "SECRETS",  "TOKEN",  "TOKENS",     "CREDENTIAL", "CREDENTIALS"};
constexpr std::string_view last_words[] = {"KEY", "APIKEY"}; ///< elsewhere they speak of keyboards and tables

template <std::size_t N> bool is_one_of(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

} // namespace

bool names_a_secret(std::string_view name) {
  if (name == "PWD" || name == "OLDPWD") { // folders
    return false;
  }
  std::string word;
  for (const char letter : name) {
    if (letter != '_' && letter != '-' && letter != '.') {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
      continue;
    }
    if (is_one_of(words, word)) {
      return true;
    }
    word.clear();
  }
  return is_one_of(words, word) || is_one_of(last_words, word);
}

} // namespace tripwire::plugin
