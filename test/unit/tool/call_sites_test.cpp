// references, to the section of an object that a report reads
#include "tool/call_sites.hpp"
#include "tool/render.hpp"

#include "workspace.hpp"

namespace tripwire::tool {
namespace {

using Kind = CallSite::Kind;

std::string text_of(std::vector<CallSite> sites) {
  CompileCommand command;
  const std::string text = call_sites_text(std::move(sites), command);
  const std::size_t behind_unit = text.find('\n');
  return behind_unit == std::string::npos ? text : text.substr(behind_unit + 1);
}

TEST(CallSites, AreInOrderWhateverTheOrderOfDiscovery) {
  EXPECT_EQ(text_of({{Kind::exempt, "b.cpp", 1, 1, "g", "open", "why"},
                     {Kind::name, "a.cpp", 9, 2, "f", "close", ""},
                     {Kind::call, "a.cpp", 3, 4, "f", "close", ""}}),
            "file\ta.cpp\nin\tf\ncall\t3\t4\tclose\nname\t9\t2\tclose\nfile\tb.cpp\nin\tg\nexempt\t1\t1\topen\twhy\n");
}

TEST(CallSites, AreWrittenOnce) {
  const CallSite site{Kind::call, "a.cpp", 3, 4, "f", "close", ""};
  EXPECT_EQ(text_of({site, site}), "file\ta.cpp\nin\tf\ncall\t3\t4\tclose\n");
}

TEST(CallSites, OfAUnitWithoutReferencesAreNoText) { EXPECT_EQ(text_of({}), ""); }

TEST(CallSites, KeepTheirLinesWhateverStandsInAName) {
  EXPECT_EQ(text_of({{Kind::call, "a\n\t.cpp", 3, 4, "f", "close", ""}}), "file\ta  .cpp\nin\tf\ncall\t3\t4\tclose\n");
}

class CallSitesInObject : public BothCompilers {};

TEST_P(CallSitesInObject, ComeBackOutOfTheObjectWhole) {
  const std::string text = "unit\t/p \"q\" \\\nfile\ta.cpp\nin\tf\ncall\t3\t4\tclose\n";
  write("a.ii", "int x;\n" + call_sites_as_assembler(text) + "\n");
  const ShellResult compiled = shell(compiler() + " -Wall -Wextra -Wpedantic -Werror -c a.ii -o a.o");
  ASSERT_EQ(compiled.status, 0) << compiled.output;
  shell("objcopy -O binary --only-section=.tripwire.sites --set-section-flags .tripwire.sites=alloc a.o a.bin");
  EXPECT_EQ(read("a.bin"), text);
}

TRIPWIRE_WITH_BOTH_COMPILERS(CallSitesInObject);

} // namespace
} // namespace tripwire::tool
