// a unit's source --(find)--> which names are references, and what becomes of each
#include "tool/find.hpp"

#include "tool/clang_arguments.hpp"
#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"

#include "workspace.hpp"

namespace tripwire::tool {
namespace {

constexpr const char *header = R"(
extern "C" int get(int);
extern "C" int printf(const char *, ...);
namespace lib {
int send(int);
int send(const char *);
struct Client {
  int charge(int);
  int charge(const char *) const;
  static int version();
};
}
)";

constexpr const char *seams = R"yaml(version: 1
plugins: []
seams:
  - function: get
  - function: tidy
  - function: "print*"
  - function: "lib::send(int)"
  - method: "lib::Client::charge"
  - method: "lib::Client::version"
)yaml";

class Find : public WorkspaceTest {
protected:
  /// "COLUMN verdict" of each reference in the last line of \p source; "!" marks a call that may throw.
  static std::vector<std::string> in_last_line(const std::string &source, const std::string &flags = "-std=c++20") {
    write("lib.h", header);
    write("tripwire.yaml", seams);
    write("in.cpp", "#include \"lib.h\"\n" + source + "\n");
    const auto last = static_cast<unsigned>(2 + std::count(source.begin(), source.end(), '\n'));
    llvm::Expected<Command> command = read_command({"g++", flags, "-c", "in.cpp", "-o", "in.o"});
    const auto &compile = std::get<CompileCommand>(*command);
    llvm::Expected<Compiler> compiler = ask_compiler(compile, "");
    config::Read<config::Configuration> configuration = config::load("tripwire.yaml", {});
    llvm::Expected<Found> found = find(clang_arguments(compile, *compiler, find_resource_dir()), *configuration.value);
    if (!found)
      return {llvm::toString(found.takeError())};
    std::vector<std::string> verdicts;
    for (const Reference &reference : found->references) {
      if (reference.line != last)
        continue;
      std::string text = std::to_string(reference.column);
      switch (reference.verdict) {
      case Verdict::rewritten:
        text += reference.may_throw ? " rewritten!" : " rewritten";
        break;
      case Verdict::exempt:
        text += " exempt: " + reference.reason;
        break;
      case Verdict::refused:
        text += " refused: " + reference.reason;
        break;
      }
      verdicts.push_back(text);
    }
    for (const Diagnostic &refusal : found->refusals)
      verdicts.push_back("refused: " + refusal.message);
    std::sort(verdicts.begin(), verdicts.end());
    return verdicts;
  }
};

using Verdicts = std::vector<std::string>;

TEST_F(Find, ACallInCodeThatMayThrowMayThrow) {
  EXPECT_EQ(in_last_line("int x() { return get(1); }"), (Verdicts{"18 rewritten!"}));
}

TEST_F(Find, ACallInANoexceptFunctionOrADestructorMayNot) {
  EXPECT_EQ(in_last_line("int x() noexcept { return get(1); }"), (Verdicts{"27 rewritten"}));
  EXPECT_EQ(in_last_line("struct S { ~S() { get(1); } };"), (Verdicts{"19 rewritten"}));
  EXPECT_EQ(in_last_line("extern \"C\" int callback() { return get(1); }"), (Verdicts{"36 rewritten"}));
  EXPECT_EQ(in_last_line("int x() { return get(1); }", "-fno-exceptions"), (Verdicts{"18 rewritten"}));
}

TEST_F(Find, WhatNoexceptIsReadOffKeepsItsType) {
  EXPECT_EQ(in_last_line("struct S { int member = get(1); };"), (Verdicts{"25 rewritten"}));
  EXPECT_EQ(in_last_line("int x(int a = get(1));"), (Verdicts{"15 rewritten"}));
}

TEST_F(Find, AnAddressMayNotThrow) { EXPECT_EQ(in_last_line("int (*p)(int) = &get;"), (Verdicts{"18 rewritten"})); }

TEST_F(Find, ParenthesesAndAmpersandsDoNotHideACall) {
  EXPECT_EQ(in_last_line("int x() { return (get)(1); }"), (Verdicts{"19 rewritten!"}));
  EXPECT_EQ(in_last_line("int x() { return (*&get)(1); }"), (Verdicts{"21 rewritten!"}));
}

TEST_F(Find, AnUnevaluatedOperandIsExempt) {
  EXPECT_EQ(in_last_line("int x = sizeof(get(1));"), (Verdicts{"16 exempt: an unevaluated operand"}));
  EXPECT_EQ(in_last_line("decltype(get(1)) x;"), (Verdicts{"10 exempt: an unevaluated operand"}));
  EXPECT_EQ(in_last_line("bool x = noexcept(get(1));"), (Verdicts{"19 exempt: an unevaluated operand"}));
  EXPECT_EQ(in_last_line("void x() noexcept(noexcept(get(1)));"), (Verdicts{"28 exempt: an unevaluated operand"}));
  EXPECT_EQ(in_last_line("template <class T> concept C = requires(T t) { get(t); };"), (Verdicts{}));
}

TEST_F(Find, ATemplateArgumentOfTripwireNamesTheSeam) {
  EXPECT_EQ(in_last_line(
                "namespace tripwire { template <auto F> int mock() { return 0; } }\nint x = tripwire::mock<&get>();"),
            (Verdicts{"25 exempt: a template argument of tripwire"}));
}

TEST_F(Find, AnyOtherTemplateArgumentIsTheOnlyPlaceWhereTheCallIsVisible) {
  EXPECT_EQ(in_last_line("template <auto F> int call() { return F(1); }\nint x = call<&get>();"),
            (Verdicts{"15 rewritten"}));
}

TEST_F(Find, ACommentTakesALineOut) {
  EXPECT_EQ(in_last_line("int x() { return get(1); } // tripwire: ignore(the till is real)"),
            (Verdicts{"18 exempt: ignored here: the till is real"}));
}

TEST_F(Find, ANameThatIsNoReferenceIsNone) {
  EXPECT_EQ(in_last_line("struct S { int get; int send() { return get; } }; int x() { int get = 1; goto charge; "
                         "charge: return get; }"),
            (Verdicts{}));
  EXPECT_EQ(in_last_line("struct get; enum send { charge }; template <class version> void get(version);"),
            (Verdicts{}));
}

TEST_F(Find, OneOverloadCanBeASeamAndTheOtherNot) {
  EXPECT_EQ(in_last_line("int x() { return lib::send(1) + lib::send(\"\"); }"), (Verdicts{"23 rewritten!"}));
}

TEST_F(Find, MembersAreFoundInEachSpelling) {
  EXPECT_EQ(in_last_line("int x(lib::Client c) { return c.charge(1); }"), (Verdicts{"33 rewritten!"}));
  EXPECT_EQ(in_last_line("int x(const lib::Client *c) { return c->lib::Client::charge(\"\"); }"),
            (Verdicts{"54 rewritten!"}));
  EXPECT_EQ(in_last_line("struct D : lib::Client { int x() { return charge(1); } };"), (Verdicts{"43 rewritten!"}));
  EXPECT_EQ(in_last_line("int x(lib::Client c) { return c.version() + lib::Client::version(); }"),
            (Verdicts{"33 rewritten!", "58 rewritten!"}));
  EXPECT_EQ(in_last_line("int (lib::Client::*p)(int) = &lib::Client::charge;"), (Verdicts{"44 rewritten"}));
}

TEST_F(Find, ADependentNameIsDecidedByItsInstantiations) {
  const std::string call = "template <class T> int x(T t) { return t.charge(1); }\n";
  EXPECT_EQ(in_last_line("struct O { int charge(int); };\ntemplate <class T> int x(T t) { return t.charge(1); } "
                         "template int x(O);"),
            (Verdicts{}));
  EXPECT_EQ(in_last_line("template <class T> int x(T t) { return t.charge(1); } template int x(lib::Client);"),
            (Verdicts{"42 rewritten!"}));
  EXPECT_EQ(in_last_line("struct O { int charge(int); };\ntemplate <class T> int x(T t) { return t.charge(1); } "
                         "template int x(lib::Client); template int x(O);"),
            (Verdicts{"42 refused: some instantiations of this template name the seam here and others do not"}));
}

TEST_F(Find, AnInstantiationThatOnlyASystemHeaderAsksForIsSeen) {
  EXPECT_EQ(
      in_last_line(
          "#include <algorithm>\n#include <vector>\n"
          "void x(std::vector<lib::Client> &v) { std::for_each(v.begin(), v.end(), [](auto &c) { c.charge(1); }); }"),
      (Verdicts{"89 rewritten!"}));
}

TEST_F(Find, TheCleanupAttributeIsRefused) {
  EXPECT_EQ(in_last_line("extern \"C\" void tidy(int *);\nvoid x() { int a __attribute__((cleanup(tidy))) = 1; }"),
            (Verdicts{"refused: the cleanup attribute calls the seam 'tidy' where nothing can be rewritten"}));
}

TEST_F(Find, AWordInAnAttributeIsNoReference) {
  EXPECT_EQ(in_last_line("void log(const char *, ...) __attribute__((format(printf, 1, 2)));"), (Verdicts{}));
}

TEST_F(Find, AUnitThatClangCannotParseIsAnErrorWithAdvice) {
  const Verdicts verdicts = in_last_line("int x() { return unknown(1); }");
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_NE(verdicts[0].find("in.cpp:2:18: error: Clang cannot parse this: use of undeclared identifier 'unknown'"),
            std::string::npos)
      << verdicts[0];
  EXPECT_NE(verdicts[0].find("exclude the file under 'instrument:'"), std::string::npos);
}

} // namespace
} // namespace tripwire::tool
