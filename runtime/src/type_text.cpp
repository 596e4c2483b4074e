#include "type_text.hpp"

#include <cstddef>

namespace tripwire::runtime {

namespace {

bool is_of_word(char letter) noexcept {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_';
}

/// A word, a sign, or a run of words that make one integer type: `long unsigned int` and `unsigned long` are one.
struct Piece {
  std::string_view text; ///< empty behind the last
  int integer = 0;       ///< of such a run: which words, in whatever order
  bool operator==(const Piece &other) const noexcept { return integer == other.integer && text == other.text; }
};

class Pieces {
public:
  explicit Pieces(std::string_view text) noexcept : rest_(text) {}

  Piece next() noexcept {
    for (;;) {
      const std::string_view word = take();
      if (word == "__cxx11") { // the inline namespace, which Clang leaves out
        take();
        take();
        continue;
      }
      if (word == "noexcept") {
        continue;
      }
      const int integer = part_of_integer(word);
      return integer == 0 ? Piece{word} : Piece{"integer", rest_of_integer(integer)};
    }
  }

private:
  static constexpr int one_long = 1, is_short = 4, is_unsigned = 8, is_signed = 16, is_char = 32, is_int = 64;

  static int part_of_integer(std::string_view word) noexcept {
    return word == "long"       ? one_long
           : word == "short"    ? is_short
           : word == "unsigned" ? is_unsigned
           : word == "signed"   ? is_signed
           : word == "char"     ? is_char
           : word == "int"      ? is_int
                                : 0;
  }

  int rest_of_integer(int words) noexcept {
    for (;;) {
      const std::string_view before = rest_;
      const int part = part_of_integer(take());
      if (part == 0) {
        rest_ = before;
        break;
      }
      words += part; // two longs are two
    }
    // `int` goes without saying behind every other, and so does `signed`, but for `char`.
    const bool is_of_char = (words & is_char) != 0;
    words &= is_of_char ? ~is_int : ~(is_int | is_signed);
    return words == 0 ? is_int : words;
  }

  std::string_view take() noexcept {
    while (!rest_.empty() && rest_.front() == ' ') {
      rest_.remove_prefix(1);
    }
    std::size_t size = 0;
    while (size < rest_.size() && is_of_word(rest_[size])) {
      ++size;
    }
    size = size == 0 && !rest_.empty() ? 1 : size;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

} // namespace

bool same_type_text(std::string_view one, std::string_view other) noexcept {
  if (one == other) {
    return true;
  }
  Pieces of_one(one);
  Pieces of_other(other);
  for (;;) {
    const Piece piece = of_one.next();
    if (!(piece == of_other.next())) {
      return false;
    }
    if (piece.text.empty()) {
      return true;
    }
  }
}

} // namespace tripwire::runtime
