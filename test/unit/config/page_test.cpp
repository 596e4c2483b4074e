// docs/seam-files.md holds what the reader reads: its examples are files that read, and it names every key.
#include "reading.hpp"

#include <iterator>
#include <set>
#include <sstream>

using namespace reading;

namespace {

std::string content(const fs::path &file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The page's fenced blocks of YAML.
std::vector<std::string> yaml_blocks(const std::string &page) {
  std::vector<std::string> blocks;
  std::istringstream in(page);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (inside && line == "```")
      inside = false;
    else if (inside)
      blocks.back() += line + '\n';
    else if (line == "```yaml") {
      blocks.emplace_back();
      inside = true;
    }
  }
  return blocks;
}

/// The keys that a message lists: those in quotes behind the first semicolon.
std::set<std::string> listed_keys(const std::string &message) {
  std::set<std::string> keys;
  std::size_t at = message.find("has ", message.find(';'));
  while (at != std::string::npos && (at = message.find('\'', at)) != std::string::npos) {
    std::size_t end = message.find('\'', at + 1);
    if (end == std::string::npos)
      break;
    keys.insert(message.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return keys;
}

const fs::path examples = TRIPWIRE_EXAMPLES;

} // namespace

TEST(Page, ItsExamplesRead) {
  for (const char *name : {"tripwire.yaml", "disabled_plugins.yaml"}) {
    auto read = config::load((examples / name).string(), {(examples / "plugins").string()});
    EXPECT_TRUE(read.value);
    EXPECT_EQ(all(read.diagnostics), "");
  }
}

TEST(Page, EveryBlockOfYamlIsPartOfAnExampleFile) {
  std::string files;
  for (const fs::directory_entry &it : fs::recursive_directory_iterator(examples))
    if (it.is_regular_file())
      files += content(it.path()) + '\0';
  std::vector<std::string> blocks = yaml_blocks(content(TRIPWIRE_SEAM_FILES_PAGE));
  EXPECT_FALSE(blocks.empty());
  for (const std::string &block : blocks)
    EXPECT_NE(files.find(block), std::string::npos) << block;
}

TEST(Page, NamesEveryKeyThatIsRead) {
  std::string page = content(TRIPWIRE_SEAM_FILES_PAGE);
  const std::string unknown = "qqqqqqqqqqqqqqqq";
  std::string messages[] = {
      wrong_in(unknown + ": 1\n"),
      wrong_in("instrument: {" + unknown + ": 1}\n"),
      wrong_in("firewall: {" + unknown + ": 1}\n"),
      wrong_in("firewall: {files: {a: {" + unknown + ": 1}}}\n"),
      wrong_in("firewall: {allow: [{mock: {function: {" + unknown + ": 1}}}]}\n"),
      wrong_in("allow_undefined: [{symbol: a, reason: b, " + unknown + ": 1}]\n"),
      wrong_in("states: [{" + unknown + ": 1}]\n"),
      wrong_in("states: [{machine: m, initial: a, transitions: [{" + unknown + ": 1}]}]\n"),
      wrong_in("units: [{files: [a], mode: symbol, " + unknown + ": 1}]\n"),
      wrong_seam("{function: f, " + unknown + ": 1}"),
      wrong_seam("{function: f, params: {a: {" + unknown + ": 1}}}"),
      wrong_seam("{function: f, result: {" + unknown + ": 1}}"),
      wrong_seam("{function: f, failure: {" + unknown + ": 1}}"),
      all(config::load_manifest_text("version: 1\nplugin: m\n" + unknown + ": 1\n", "m", "m").diagnostics),
      all(config::load_manifest_text("version: 1\nplugin: m\nlibrary: {" + unknown + ": 1}\n", "m", "m").diagnostics),
  };
  for (const std::string &message : messages) {
    std::set<std::string> keys = listed_keys(message);
    EXPECT_FALSE(keys.empty()) << message;
    for (const std::string &key : keys)
      EXPECT_NE(page.find('`' + key), std::string::npos) << "the page does not name '" << key << "' of: " << message;
  }
}
