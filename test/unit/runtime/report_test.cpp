// The steps of the report (docs/report.md)
#include "report/call_sites.hpp"
#include "report/file.hpp"
#include "report/json.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using tripwire::runtime::report::File;
using tripwire::runtime::report::Json;
using tripwire::runtime::report::KnownSites;
using tripwire::runtime::report::without_template_arguments;

std::string quoted(std::string_view text) {
  std::string json;
  Json(json).text(text);
  return json;
}

std::string written(const KnownSites &sites) {
  std::string json;
  Json writer(json);
  writer.open_object();
  sites.write(writer);
  writer.close_object();
  return json;
}

KnownSites known(std::string_view section) {
  KnownSites sites;
  sites.read(section);
  return sites;
}

constexpr std::string_view in_a = "unit\t/p\nfile\ta.cpp\nin\tf\n";

std::string lines(std::string_view lines_of_a) { return std::string(in_a) + std::string(lines_of_a); }

TEST(Json, SeparatesValuesAndNothingElse) {
  std::string text;
  Json json(text);
  json.open_object().key("a").number(-1).key("b").open_array().text("x").null().boolean(true).open_object();
  json.close_object().close_array().key("c").open_array().close_array().close_object();
  EXPECT_EQ(text, R"({"a":-1,"b":["x",null,true,{}],"c":[]})");
}

TEST(Json, EscapesWhatWouldEndTheTextAndWhatIsNoCharacter) {
  EXPECT_EQ(quoted("a\"b\\c\n\t"), R"("a\"b\\c\n\t")");
  EXPECT_EQ(quoted(std::string_view("\0\x1f\x7f", 3)), R"("\u0000\u001f\u007f")");
  EXPECT_EQ(quoted("</script>"), R"("</script>")");
}

TEST(Json, KeepsCharactersAndReplacesEachByteThatIsNone) {
  EXPECT_EQ(quoted("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"), "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
  EXPECT_EQ(quoted("\xff"), R"("\ufffd")");
  EXPECT_EQ(quoted("\xc3"), R"("\ufffd")") << "cut short";
  EXPECT_EQ(quoted("\xc3x"), R"("\ufffdx")");
  EXPECT_EQ(quoted("\xc0\xaf"), R"("\ufffd\ufffd")") << "overlong";
  EXPECT_EQ(quoted("\xe0\x80\xaf"), R"("\ufffd\ufffd\ufffd")") << "overlong";
  EXPECT_EQ(quoted("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")") << "a surrogate";
  EXPECT_EQ(quoted("\xf4\x90\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")") << "behind the last character";
}

TEST(KnownSites, AreReadOnceHoweverManyObjectsHoldThem) {
  const std::string section = lines("call\t3\t5\tclose\n");
  EXPECT_EQ(written(known(section + section)), written(known(section)));
  EXPECT_EQ(written(known(section + std::string(3, '\0') + section)), written(known(section))) << "padding";
  EXPECT_EQ(written(known(section)),
            R"({"reached":[],"unreached":[{"file":"/p/a.cpp","references":[{"line":3,"column":5,"seam":"close",)"
            R"("function":"f"}]}],"never_called":[],"exempt":[]})");
}

TEST(KnownSites, AreReachedInTheirLineElseTheNearestOfTheSeamIs) {
  KnownSites sites = known(lines("call\t3\t5\tclose\ncall\t3\t9\topen\ncall\t9\t5\tclose\n"));
  sites.mark("/p/a.cpp", 8, "close");
  EXPECT_NE(written(sites).find(R"("reached":[{"file":"/p/a.cpp","references":[{"line":9)"), std::string::npos);
  EXPECT_NE(written(sites).find(R"("unreached":[{"file":"/p/a.cpp","references":[{"line":3,"column":5,"seam":"close")"),
            std::string::npos);
  sites.mark("/p/a.cpp", 3, "close");
  sites.mark("/p/a.cpp", 3, "open");
  EXPECT_NE(written(sites).find(R"("unreached":[],)"), std::string::npos) << written(sites);
}

TEST(KnownSites, OfOtherFilesAndSeamsAreNotReached) {
  KnownSites sites = known(lines("call\t3\t5\tclose\nname\t4\t5\topen\n"));
  const std::string before = written(sites);
  sites.mark("/p/b.cpp", 3, "close");
  sites.mark("/p/a.cpp", 3, "read");
  sites.mark("/p/a.cpp", 4, "open");
  EXPECT_EQ(written(sites), before);
}

TEST(KnownSites, InATemplateStandForEachSpecialisation) {
  KnownSites sites = known(lines("call\t3\t5\tacme::Box::get\n"));
  sites.mark("/p/a.cpp", 3, "acme::Box<std::pair<int, long>>::get");
  EXPECT_NE(written(sites).find(R"("unreached":[],)"), std::string::npos);
  EXPECT_EQ(without_template_arguments("acme::twice<int>"), "acme::twice");
  EXPECT_EQ(without_template_arguments("acme::operator<"), "acme::operator<");
  EXPECT_EQ(without_template_arguments("acme::Box<int>::operator->"), "acme::Box::operator->");
}

class ReportFile : public ::testing::Test {
protected:
  ReportFile() {
    char name[] = "/tmp/tripwire-report-XXXXXX";
    folder = ::mkdtemp(name);
  }
  ~ReportFile() override { std::filesystem::remove_all(folder); }

  std::string only_file() const {
    std::string found;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
      found += entry.path().filename().string();
    }
    return found;
  }

  std::filesystem::path folder;
};

TEST_F(ReportFile, HasItsNameOnlyOnceItIsWhole) {
  File file;
  const auto inside = folder / "made" / "here";
  EXPECT_EQ(file.prepare(inside.string()), "");
  EXPECT_EQ(file.create("a/program"), "");
  folder = inside;
  const std::string name = "a_program." + std::to_string(::getpid()) + ".json";
  EXPECT_EQ(file.append("one"), "");
  EXPECT_EQ(only_file(), name + ".part");
  EXPECT_EQ(file.append(" two"), "");
  EXPECT_EQ(file.publish(), "");
  EXPECT_EQ(only_file(), name);
  std::ifstream in(inside / name);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "one two");
}

} // namespace
