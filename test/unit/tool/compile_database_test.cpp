// compile_commands.json --(compile_database)--> commands, read as other programs write them
#include "tool/compile_database.hpp"

#include "tool/diagnostics.hpp"

#include "commands.hpp"
#include "workspace.hpp"

#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

class CompileDatabase : public WorkspaceTest {
protected:
  static std::vector<DatabaseEntry> entries_in(const std::string &text) {
    write("build/compile_commands.json", text);
    llvm::Expected<std::vector<DatabaseEntry>> entries = read_compile_database("build");
    if (entries)
      return std::move(*entries);
    ADD_FAILURE() << llvm::toString(entries.takeError());
    return {};
  }

  static std::string complaint(llvm::Error error) {
    std::string text;
    llvm::raw_string_ostream out(text);
    EXPECT_EQ(report(out, std::move(error)), ExitStatus::usage);
    return text;
  }
};

TEST_F(CompileDatabase, CommandsAreReadAsTextAndAsWords) {
  const auto entries = entries_in(R"([
    {"directory": "/b", "file": "../src/a.cpp", "command": "g++ -DNAME=\"two words\" -c ../src/a.cpp"},
    {"directory": "/b", "file": "/src/b.c", "arguments": ["gcc", "-c", "/src/b.c"]}])");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].file, "/src/a.cpp");
  EXPECT_EQ(entries[0].command, (Words{"g++", "-DNAME=two words", "-c", "../src/a.cpp"}));
  EXPECT_EQ(entries[1].directory, "/b");
  EXPECT_EQ(entries[1].command, (Words{"gcc", "-c", "/src/b.c"}));
}

TEST_F(CompileDatabase, ABuildStepInFrontOfTheCompilerIsTakenOff) {
  const auto entries = entries_in(R"([{"directory": "/b", "file": "/a.cpp",
    "command": "/opt/bin/tripwire-rewrite --config t.yaml --compile -- ccache g++ -c /a.cpp"}])");
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].command, (Words{"ccache", "g++", "-c", "/a.cpp"}));
}

TEST_F(CompileDatabase, CommandsThatDifferInWhatTheyWriteAreOne) {
  EXPECT_EQ(entries_in(R"([
    {"directory": "/b", "file": "/a.cpp", "command": "g++ -c /a.cpp -o a.o -MD -MF a.d"},
    {"directory": "/b", "file": "/a.cpp", "command": "g++ -c /a.cpp -otwin.o -MD -MF twin.d"}])")
                .size(),
            1U);
  EXPECT_EQ(entries_in(R"([
    {"directory": "/b", "file": "/a.cpp", "command": "g++ -c /a.cpp -o a.o"},
    {"directory": "/b", "file": "/a.cpp", "command": "g++ -DX -c /a.cpp -o b.o"}])")
                .size(),
            2U);
}

TEST_F(CompileDatabase, ASourceThatNothingCompilesIsNamedWithWhatWasMeant) {
  const auto entries = entries_in(R"([{"directory": "/b", "file": "/src/pay.cpp", "command": "g++ -c /src/pay.cpp"}])");
  EXPECT_NE(complaint(entries_for(entries, {"src/pya.cpp"}).takeError()).find("did you mean '/src/pay.cpp'?"),
            std::string::npos);
  EXPECT_EQ(entries_for(entries, {"/src/pay.cpp"})->size(), 1U);
}

TEST_F(CompileDatabase, AFileThatIsNoneIsSaidToBeNone) {
  EXPECT_NE(complaint(read_compile_database("nowhere").takeError()).find("there is no 'nowhere'"), std::string::npos);
  for (const char *text : {"{", "{}", "[]", R"([{"file": "a.cpp"}])"}) {
    write("build/compile_commands.json", text);
    EXPECT_NE(complaint(read_compile_database("build").takeError()).find("error: not a compilation database"),
              std::string::npos)
        << text;
  }
}

} // namespace
} // namespace tripwire::tool
