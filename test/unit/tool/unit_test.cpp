#include "tool/unit.hpp"
#include "workspace.hpp"

namespace tripwire::tool {
namespace {

/// A project with seams in `seams`, as they stand in tripwire.yaml.
class MayRefer : public WorkspaceTest {
protected:
  static bool may_refer_to(const std::string &seams, const std::string &text) {
    write("tripwire.yaml", "version: 1\nplugins: []\ninstrument: {include: [\"src/**\"]}\nseams:\n" + seams);
    write("src/a.cpp", "");
    const config::Read<config::Configuration> read = config::load("tripwire.yaml", {});
    EXPECT_TRUE(read.value.has_value());
    return read.value && look_at(text, *read.value).may_refer;
  }
  static std::string in_project(const std::string &code) { return "# 1 \"src/a.cpp\"\n" + code + "\n"; }
};

TEST_F(MayRefer, WhenTheNameOccursInTheProjectsCode) {
  const std::string seams = "  - function: acme_charge\n";
  EXPECT_TRUE(may_refer_to(seams, in_project("int x = acme_charge(1);")));
  EXPECT_FALSE(may_refer_to(seams, in_project("int x = acme_charges(1);")));
  EXPECT_FALSE(may_refer_to(seams, "# 1 \"other/a.cpp\"\nint x = acme_charge(1);\n"));
  EXPECT_FALSE(may_refer_to(
      seams, in_project("# 1 \"/usr/include/acme.h\" 1 3 4\nint acme_charge(int);\n# 2 \"src/a.cpp\" 2\nint x;")));
}

TEST_F(MayRefer, WhenAHeaderHoldsTheBodyThatItsOtherFunctionsMayRun) {
  const std::string seams = "  - function: acme_charge\n";
  auto with_header = [](const std::string &header) {
    return in_project("# 1 \"/usr/include/acme.h\" 1 3\n" + header + "\n# 2 \"src/a.cpp\" 2\nint x;");
  };
  for (const char *body : {"inline int acme_charge(int n) { return n; }", "auto acme_charge(int (*f)(int)) -> int & {",
                           "int acme_charge(int n) noexcept(noexcept(f({}))) {"})
    EXPECT_TRUE(may_refer_to(seams, with_header(body))) << body;
  for (const char *none : {"int acme_charge(int n);", "inline void f() { if (acme_charge(1)) { g(); } }",
                           "inline int f() { return acme_charge(1) + 1; } inline int g() {", "int acme_charge = 1;"})
    EXPECT_FALSE(may_refer_to(seams, with_header(none))) << none;
}

TEST_F(MayRefer, WhenANameBeginsAsTheSeamsDo) {
  const std::string seams = "  - function: \"acme_*\"\n";
  EXPECT_TRUE(may_refer_to(seams, in_project("int x = acme_refund(1);")));
  EXPECT_FALSE(may_refer_to(seams, in_project("int x = my_acme_refund(1);")));
}

TEST_F(MayRefer, WhenTheScopeIsKnownAtAll) {
  const std::string seams = "  - function: \"acme::v1::*\"\n";
  EXPECT_TRUE(may_refer_to(seams, in_project("# 1 \"/usr/include/acme.h\" 1 3 4\nnamespace acme { namespace v1 { int "
                                             "f(); } }\n# 2 \"src/a.cpp\" 2\nint x;")));
  EXPECT_FALSE(may_refer_to(seams, in_project("int x = acme::v2::f();")));
}

TEST_F(MayRefer, WhenTheScopeOfAnOperatorIsKnownAtAll) {
  const std::string text = in_project(
      "# 1 \"/usr/include/acme.h\" 1 3 4\nnamespace acme { struct Money; }\n# 2 \"src/a.cpp\" 2\nint x = a + b;");
  for (const char *pattern : {"acme::operator+", "acme::operator*", "acme::op*"})
    EXPECT_TRUE(may_refer_to("  - function: \"" + std::string(pattern) + "\"\n", text)) << pattern;
  for (const char *pattern : {"other::operator+", "acme::operators", "acme::operate*"})
    EXPECT_FALSE(may_refer_to("  - function: \"" + std::string(pattern) + "\"\n", text)) << pattern;
}

TEST_F(MayRefer, WhenTheHeaderIsAmongTheFiles) {
  const std::string seams = "  - header: \"acme/*.h\"\n";
  EXPECT_TRUE(may_refer_to(
      seams, in_project("# 1 \"/usr/include/acme/pay.h\" 1 3 4\nint pay();\n# 2 \"src/a.cpp\" 2\nint x;")));
  EXPECT_FALSE(may_refer_to(
      seams, in_project("# 1 \"/usr/include/other/pay.h\" 1 3 4\nint pay();\n# 2 \"src/a.cpp\" 2\nint x;")));
}

} // namespace
} // namespace tripwire::tool
