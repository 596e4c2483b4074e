#include "tripwire/plugin_names.hpp"

#include "message.hpp"

namespace tripwire::plugin {

std::string name_of_number(int number, Rows<Named> names) {
  for (const Named &one : names) {
    if (one.number == number) {
      return one.name;
    }
  }
  return std::to_string(number);
}

std::string names_of_bits(int bits, Rows<Named> names) {
  std::string text;
  const auto add = [&](const std::string &name) { text += (text.empty() ? "" : " | ") + name; };
  for (const Named &one : names) {
    if (one.number != 0 && (bits & one.number) == one.number) {
      add(one.name);
      bits &= ~one.number;
    }
  }
  if (bits != 0 || text.empty()) {
    add(std::to_string(bits));
  }
  return text;
}

std::string name_of_errno(int error) { return runtime::errno_text(error); }

} // namespace tripwire::plugin
