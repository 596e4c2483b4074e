// a document --> written to a file with C's streams, read back, patched, and refused where it is broken
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using nlohmann::json;

struct Account {
  std::string name;
  long cents = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Account, name, cents)

int main() {
  json document = {{"pi", 3.141}, {"list", {1, 0, 2}}, {"nothing", nullptr}, {"text", "h\u00e9llo"}};
  document["accounts"] = std::vector<Account>{{"one", 1}, {"two", 200}};
  const char *name = "json_files.json";
  if (std::FILE *file = std::fopen(name, "w")) {
    const std::string text = document.dump(2);
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
  }
  std::FILE *file = std::fopen(name, "r");
  const json read = json::parse(file);
  std::fclose(file);
  std::remove(name);
  std::cout << read.dump() << "\n" << (read == document) << "\n";
  for (const auto &account : read["accounts"].get<std::vector<Account>>())
    std::printf("%s %ld\n", account.name.c_str(), account.cents);
  std::cout << json::diff(read, json{{"pi", 3}}).dump() << "\n";
  for (const char *broken : {"{\"a\":", "[1,]", "nul", "\"\xff\""}) {
    try {
      static_cast<void>(json::parse(broken));
    } catch (const json::exception &error) {
      std::cout << error.what() << "\n";
    }
  }
  const std::vector<std::uint8_t> packed = json::to_msgpack(read);
  std::cout << packed.size() << " " << (json::from_msgpack(packed) == read) << "\n";
  std::cout << (std::getenv("NO_SUCH_VARIABLE") == nullptr) << "\n";
}
