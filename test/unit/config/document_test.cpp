// bytes --> one YAML document, or why there is none.
#include "reading.hpp"

#include <random>

using namespace reading;

TEST(Document, AnEmptyFileSaysHowAFileBegins) {
  std::string out = "tripwire.yaml:1:1: error: the file is empty; it begins with 'version: 1'\n";
  EXPECT_EQ(wrong(""), out);
  EXPECT_EQ(wrong("# nothing but a comment\n"), out);
  EXPECT_EQ(wrong("---\n...\n"), out);
}

TEST(Document, ASyntaxErrorIsLocated) {
  EXPECT_EQ(wrong_in("seams: [a\n"), "tripwire.yaml:3:1: error: not valid YAML: end of sequence flow not found\n");
  EXPECT_EQ(wrong_in("}\n"), "tripwire.yaml:2:1: error: not valid YAML: illegal flow end\n");
  EXPECT_EQ(wrong_in("seams: a: b\n"), "tripwire.yaml:2:9: error: not valid YAML: illegal map value\n");
  EXPECT_EQ(wrong_in("seams: *none\n"),
            "tripwire.yaml:2:8: error: not valid YAML: the referenced anchor is not defined\n");
}

TEST(Document, ATabInTheIndentationIsNamed) {
  EXPECT_EQ(wrong_in("seams:\n\t- function: f\n"),
            "tripwire.yaml:3:2: error: a tab indents this line; YAML wants spaces\n");
}

TEST(Document, AnOpenQuoteIsReportedWhereItOpens) {
  EXPECT_EQ(wrong_in("firewall: {allow: [\"a, b]}\n"),
            "tripwire.yaml:2:20: error: the quote that opens here is never closed\n");
}

TEST(Document, ADuplicateKeyShowsTheFirst) {
  EXPECT_EQ(wrong_in("plugins: []\nplugins: []\n"), "tripwire.yaml:3:1: error: duplicate key 'plugins'\n"
                                                    "tripwire.yaml:2:1: note: first given here\n");
  EXPECT_EQ(wrong_in("seams: [{function: f, params: {a: {secret: true, secret: false}}}]\n"),
            "tripwire.yaml:2:50: error: duplicate key 'secret'\n"
            "tripwire.yaml:2:36: note: first given here\n");
}

TEST(Document, ASecondDocumentIsAnError) {
  EXPECT_EQ(wrong_in("---\nversion: 1\n"),
            "tripwire.yaml:2:1: error: a second document begins here; one file holds one document\n");
}

TEST(Document, AnAliasIsTheValueOfItsAnchor) {
  config::Configuration it = right("version: 1\nplugins: []\nseams:\n  - {function: f, failure: &minus {returns: -1}}\n"
                                   "  - {function: g, failure: *minus}\n");
  EXPECT_EQ(it.seams.at(1).failure->returns, "-1");
}

TEST(Document, AnAliasInsideItsOwnAnchorIsAnError) {
  EXPECT_EQ(wrong_in("seams: &s [*s]\n"), "tripwire.yaml:2:12: error: an alias inside its own anchor\n");
}

TEST(Document, AliasesThatExplodeAreAnError) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 0; j < 9; ++j)
      bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_NE(wrong_in(bomb).find("error: the aliases make the file too large; write out what is meant\n"),
            std::string::npos);
}

TEST(Document, MergeKeysAreRefused) {
  EXPECT_EQ(wrong_in("firewall: &f {allow: [a]}\nguard:\n  <<: *f\n"),
            "tripwire.yaml:4:3: error: merge keys are not read; write the keys out\n");
}

TEST(Document, TagsAreRefused) {
  EXPECT_EQ(wrong_in("seams: [{function: !name f}]\n"),
            "tripwire.yaml:2:20: error: the tag '!name' means nothing here; take it out\n");
}

TEST(Document, AKeyThatIsAListIsRefused) {
  EXPECT_EQ(wrong_in("? [a]\n: b\n"), "tripwire.yaml:2:3: error: a key is one word here\n");
}

TEST(Document, AByteOrderMarkIsNoPartOfTheText) {
  EXPECT_EQ(wrong("\xEF\xBB\xBFversion: 1\nsems: []\n"),
            "tripwire.yaml:2:1: error: unknown key 'sems'; did you mean 'seams'?\n");
}

TEST(Document, BytesThatAreNoTextAreRefusedWithTheirPlace) {
  EXPECT_EQ(wrong(std::string("version: 1\na\0b: c\n", 17)),
            "tripwire.yaml:2:2: error: a NUL byte in the file; is it text?\n");
  EXPECT_EQ(wrong("version: 1\n\x04\n"), "tripwire.yaml:2:1: error: a control character in the file; take it out\n");
  EXPECT_EQ(wrong("version: 1\n# \xC3\n"), "tripwire.yaml:2:3: error: not valid UTF-8; save the file as UTF-8\n");
  EXPECT_EQ(wrong("\xFF\xFEv\0"), "tripwire.yaml:1:1: error: the file is UTF-16; save it as UTF-8\n");
}

TEST(Document, DeepNestingIsRefused) {
  for (const char *open : {"[", "{a: ", "- "}) {
    std::string deep = "version: 1\nseams: ";
    if (*open == '-')
      deep += "\n  ";
    for (int i = 0; i < 100000; ++i)
      deep += open;
    EXPECT_NE(wrong(deep).find(" error: "), std::string::npos) << open;
  }
  EXPECT_NE(wrong_in("seams: " + std::string(70, '[') + std::string(70, ']') + "\n").find("error: nested too deeply"),
            std::string::npos);
}

TEST(Document, WindowsLineEndsAreLineEnds) {
  EXPECT_EQ(wrong("version: 1\r\nsems: []\r\n"),
            "tripwire.yaml:2:1: error: unknown key 'sems'; did you mean 'seams'?\n");
}

TEST(Document, ColumnsCountBytes) {
  EXPECT_EQ(wrong_in("instrument: {exclude: [\"h\xC3\xA9\", [a]]}\n"),
            "tripwire.yaml:2:31: error: each entry of 'exclude' wants text, not a list\n");
}

TEST(Document, ALongTextIsShownShort) {
  EXPECT_EQ(wrong_in("seams: \"" + std::string(500, 'x') + "\"\n"),
            "tripwire.yaml:2:8: error: 'seams' wants a list, not '" + std::string(60, 'x') + "...'\n");
}

namespace {

/// Text in which some bytes were changed, taken out, doubled or moved about.
std::string damaged(std::string text, std::mt19937 &random) {
  auto any = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  const std::string alphabet = "[]{}:,-\"'#&*!|>%@`?~ \n\tab1\\\xEF\x80";
  std::size_t changes = 1 + any(8);
  for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
    std::size_t at = any(text.size());
    switch (any(4)) {
    case 0:
      text[at] = alphabet[any(alphabet.size())];
      break;
    case 1:
      text.erase(at, 1 + any(10));
      break;
    case 2:
      text.insert(at, 1 + any(3), alphabet[any(alphabet.size())]);
      break;
    default:
      text.insert(any(text.size()), text.substr(at, any(40)));
      break;
    }
  }
  return text;
}

void expect_value_or_reason(const std::string &text) {
  config::Read<config::Configuration> read = config::load_text(text, "t.yaml", {});
  bool error = false;
  for (const config::Diagnostic &diagnostic : read.diagnostics) {
    error = error || diagnostic.severity == config::Severity::error;
    EXPECT_EQ(diagnostic.place.file, "t.yaml");
    EXPECT_GE(diagnostic.place.line, 0);
    EXPECT_FALSE(diagnostic.message.empty());
  }
  EXPECT_NE(read.value.has_value(), error) << text;
}

} // namespace

TEST(Document, DamagedTextGivesAValueOrAReason) {
  const std::string whole =
      "version: 1\nplugins: []\ninstrument: {include: [\"src/**\"], exclude: ['a/*']}\nseams:\n"
      "  - function: acme_charge\n    params: {receipt: {out: struct, fields: [a, b]}, b: {in: bytes, size: n * 2}}\n"
      "    failure: &f {returns: -1, errno: EPERM}\n  - method: \"acme::Gateway::operator()(int) const\"\n"
      "    except: [\"acme::*\"]\n    failure: *f\nguard: {default: error}\nfirewall:\n  allow: [\"dns:*\"]\n";
  std::mt19937 random(4711);
  for (int i = 0; i < 5000; ++i)
    expect_value_or_reason(damaged(whole, random));
}

TEST(Document, RandomBytesGiveAReason) {
  std::mt19937 random(1147);
  std::uniform_int_distribution<int> any(0, 255);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes;
    for (int length = any(random); length > 0; --length)
      bytes += static_cast<char>(any(random));
    expect_value_or_reason(bytes);
  }
}
