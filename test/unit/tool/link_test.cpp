// objects and archives --(link)--> one program, or the reason why its meaning would depend on the order of its objects
#include "tool/link_command.hpp"

#include "workspace.hpp"

namespace tripwire::tool {
namespace {

namespace fs = std::filesystem;

const std::string rewrite_program = std::string("'") + TRIPWIRE_REWRITE + "' --config tripwire.yaml ";
/// The runtime is not needed to see what the link step decides.
const std::string without_runtime = " -Wl,--unresolved-symbols=ignore-all";

class Link : public BothCompilers {
protected:
  void SetUp() override {
    write("tripwire.yaml", "version: 1\nplugins: []\nseams:\n  - function: acme_charge\n");
    write("acme.h",
          "extern \"C\" int acme_charge(int cents);\ninline int twice(int x) { return 2 * acme_charge(x); }\n");
    write("acme.cpp", "#include \"acme.h\"\nextern \"C\" int acme_charge(int cents) { return cents; }\n");
    write("a.cpp", "#include \"acme.h\"\nint a() { return twice(1); }\n");
    write("main.cpp", "#include \"acme.h\"\nint a();\nint main() { return a() + twice(2); }\n");
    ASSERT_EQ(shell(compiler() + " -c acme.cpp -o acme.o").status, 0);
  }

  static ShellResult compile(const std::string &unit, const std::string &configuration = "tripwire.yaml") {
    return shell(std::string("'") + TRIPWIRE_REWRITE + "' --config " + configuration + " --compile -- " + compiler() +
                 " -std=c++17 -c " + unit + ".cpp -o " + unit + ".o");
  }
  static ShellResult link(const std::string &inputs) {
    return shell(rewrite_program + "--link -- " + compiler() + " " + inputs + " -o program" + without_runtime);
  }
};

TEST_P(Link, MakesTheDefinitionsOnceAndKeepsThemWhileNothingChanges) {
  ASSERT_EQ(compile("a").status, 0);
  ASSERT_EQ(compile("main").status, 0);
  const ShellResult first = link("main.o a.o acme.o");
  ASSERT_EQ(first.status, 0) << first.output;
  const fs::file_time_type made = fs::last_write_time("program.tripwire/definitions.o");
  ASSERT_EQ(link("main.o a.o acme.o").status, 0);
  EXPECT_EQ(fs::last_write_time("program.tripwire/definitions.o"), made);
  write("acme.h", read("acme.h") + "// a change\n");
  ASSERT_EQ(link("main.o a.o acme.o").status, 0);
  EXPECT_NE(fs::last_write_time("program.tripwire/definitions.o"), made);
}

TEST_P(Link, ReadsTheRecordsOfAnArchivesMembers) {
  ASSERT_EQ(compile("a").status, 0);
  write("main.cpp", "int a();\nint main() { return a(); }\n");
  ASSERT_EQ(compile("main").status, 0);
  ASSERT_EQ(shell("ar rcs liba.a a.o").status, 0);
  const ShellResult linked = link("main.o -L. -la acme.o");
  EXPECT_EQ(linked.status, 0) << linked.output;
  EXPECT_TRUE(exists("program.tripwire/definitions.o"));
}

TEST_P(Link, DefinesTheSeamsOfAHeaderThatOnlyKnowsC) {
  const std::string cc = is_gcc() ? "gcc" : compiler() + " -x c";
  write("till.h", "#include <stdlib.h>\nint acme_charge(int cents);\n");
  write("till.c", "#include \"till.h\"\nint acme_charge(int cents) { return cents; }\n");
  write("main.c", "#include \"till.h\"\nint main(void) { return acme_charge(0); }\n");
  ASSERT_EQ(shell(cc + " -c till.c -o till.o").status, 0);
  ASSERT_EQ(shell(rewrite_program + "--compile -- " + cc + " -c main.c -o main.o").status, 0);
  const ShellResult linked = link("main.o till.o");
  EXPECT_EQ(linked.status, 0) << linked.output;
}

TEST_P(Link, RefusesAnInlineFunctionThatIsRewrittenInOneObjectOnly) {
  ASSERT_EQ(compile("main").status, 0);
  ASSERT_EQ(shell(compiler() + " -c a.cpp -o a.o").status, 0);
  const ShellResult linked = link("main.o a.o acme.o");
  EXPECT_EQ(linked.status, 1);
  EXPECT_NE(
      linked.output.find("a.o: error: the inline function 'twice(int)' is not rewritten here, but it is in 'main.o'"),
      std::string::npos)
      << linked.output;
  EXPECT_FALSE(exists("program"));
}

TEST_P(Link, RefusesObjectsOfDifferentConfigurations) {
  write("other.yaml", "version: 1\nplugins: []\nseams:\n  - function: acme_charge\n    failure: {returns: -1}\n");
  ASSERT_EQ(compile("main").status, 0);
  ASSERT_EQ(compile("a", "other.yaml").status, 0);
  const ShellResult linked = link("main.o a.o acme.o");
  EXPECT_EQ(linked.status, 1);
  EXPECT_NE(linked.output.find("a.o: error: this was rewritten with another configuration"), std::string::npos)
      << linked.output;
}

TEST_P(Link, RunsTheLinkAsItIsWhenNothingWasRewritten) {
  write("main.cpp", "int main() {}\n");
  ASSERT_EQ(compile("main").status, 0);
  EXPECT_EQ(link("main.o").status, 0);
  EXPECT_FALSE(exists("program.tripwire"));
}

TEST_P(Link, SaysWhichParameterASeamFileInvents) {
  write("tripwire.yaml",
        "version: 1\nplugins: []\nseams:\n  - function: acme_charge\n    params: {sents: {secret: true}}\n");
  ASSERT_EQ(compile("a").status, 0);
  ASSERT_EQ(compile("main").status, 0);
  const ShellResult linked = link("main.o a.o acme.o");
  EXPECT_EQ(linked.status, 1);
  EXPECT_NE(linked.output.find("tripwire.yaml:5:14: error: 'acme_charge' has no parameter 'sents'"), std::string::npos)
      << linked.output;
  EXPECT_NE(linked.output.find("it has: cents"), std::string::npos) << linked.output;
}

TEST_P(Link, SaysWhichFailureValueIsMissing) {
  write("tripwire.yaml", "version: 1\nplugins: []\nseams:\n  - function: acme_charge\n    failure: {errno: EPERM}\n");
  ASSERT_EQ(compile("a").status, 0);
  ASSERT_EQ(compile("main").status, 0);
  const ShellResult linked = link("main.o a.o acme.o");
  EXPECT_EQ(linked.status, 1);
  EXPECT_NE(linked.output.find("'acme_charge' returns a value: say which one a refusal gives"), std::string::npos)
      << linked.output;
}

TRIPWIRE_WITH_BOTH_COMPILERS(Link);

class LinkCommandTest : public WorkspaceTest {};

TEST_F(LinkCommandTest, SharedLibrariesAndRelocatableObjectsAreNoPrograms) {
  write("a.o", "");
  for (const char *flag : {"-shared", "-r", "-c", "-S"}) {
    llvm::Expected<LinkCommand> command = read_link_command({"g++", flag, "a.o", "-o", "x"});
    ASSERT_TRUE(static_cast<bool>(command));
    EXPECT_FALSE(command->makes_program) << flag;
  }
}

TEST_F(LinkCommandTest, ResponseFilesAndLaunchersAreSeenThrough) {
  write("a.o", "");
  write("objects", "a.o -o 'the program'");
  llvm::Expected<LinkCommand> command = read_link_command({"ccache", "clang", "@objects"});
  ASSERT_TRUE(static_cast<bool>(command));
  EXPECT_TRUE(command->makes_program);
  EXPECT_EQ(command->output, "the program");
  EXPECT_EQ(command->files, std::vector<std::string>{"a.o"});
  EXPECT_FALSE(command->cxx_driver);
}

} // namespace
} // namespace tripwire::tool
