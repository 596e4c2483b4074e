#include "commands.hpp"
#include "tool/edited_compile.hpp"
#include "tool/fallthrough.hpp"
#include "tool/preprocess.hpp"
#include "workspace.hpp"

#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

Compiler gcc() { return {CompilerKind::gcc, "/usr/bin/g++", 12, 2, "x86_64-linux-gnu", ""}; }
Compiler clang() { return {CompilerKind::clang, TRIPWIRE_TEST_CLANGXX, 22, 1, "x86_64-linux-gnu", ""}; }

TEST(EscapeForMake, IsWhatMakeReads) {
  EXPECT_EQ(escape_for_make("plain/a.yaml"), "plain/a.yaml");
  EXPECT_EQ(escape_for_make("a b$c#d"), "a\\ b$$c\\#d");
  EXPECT_EQ(escape_for_make("a\\ b"), "a\\\\\\ b");
}

using DepfileOfACompile = WorkspaceTest;

TEST_F(DepfileOfACompile, GetsTheNewPrerequisitesOnceAndInItsFirstRule) {
  write("a.d", "a.o: a.cpp \\\n x.h\n\nx.h:\n");
  const CompileCommand command = compile_of({"g++", "-MD", "-MP", "-c", "a.cpp", "-o", "a.o"});
  for (int i = 0; i < 2; ++i)
    ASSERT_FALSE(static_cast<bool>(add_dependencies(command, {"the file.yaml", "x.h"})));
  EXPECT_EQ(read("a.d"), "a.o: a.cpp \\\n x.h \\\n the\\ file.yaml\n\nx.h:\nthe\\ file.yaml:\n");
}

TEST_F(DepfileOfACompile, ThatNobodyWantsIsNotMade) {
  ASSERT_FALSE(static_cast<bool>(add_dependencies(compile_of({"g++", "-c", "a.cpp"}), {"x"})));
  EXPECT_FALSE(exists("a.d"));
}

TEST(PreprocessCommand, KeepsWhatTheTextDependsOnAndNothingElse) {
  EXPECT_EQ(preprocess_command(compile_of({"ccache", "g++", "-DX", "-O2", "-Wall", "-MMD", "-MP", "-C", "-save-temps",
                                           "-c", "a.cpp", "-o", "b/a.o", "-lm"}),
                               gcc(), "t.ii"),
            Words({"g++", "-DX", "-O2", "-Wall", "a.cpp", "-E", "-o", "t.ii", "-MMD", "-MF", "b/a.d", "-MQ", "b/a.o",
                   "-MP"}));
}

TEST(EditedCompile, KeepsCodeFlagsAndTheLauncher) {
  EXPECT_EQ(compile_edited(compile_of({"ccache", "g++", "-std=c++17", "-DX", "-Iinc", "-O2", "-Wall", "-MD", "-include",
                                       "p.h", "-c", "a.cpp", "-o", "a.o", "-lm"}),
                           gcc(), "t.ii", {"puts"}),
            Words({"ccache", "g++", "-std=c++17", "-O2", "-Wall", "-fno-optimize-sibling-calls", "-fno-builtin-printf",
                   "-fno-builtin-puts", "-fno-builtin-vprintf", "-fno-ipa-icf", "-fno-crossjumping",
                   "-fno-tree-tail-merge", "-fpreprocessed", "-x", "c++", "-c", "t.ii", "-o", "a.o"}));
  const Words of_clang = compile_edited(compile_of({"clang", "-c", "a.c"}), clang(), "t.i", {});
  EXPECT_EQ(of_clang,
            Words({"clang", "-fno-optimize-sibling-calls", "-w", "-x", "cpp-output", "-c", "t.i", "-o", "a.o"}));
  EXPECT_TRUE(llvm::is_contained(compile_edited(compile_of({"g++", "-flto", "-c", "a.cpp"}), gcc(), "t.ii", {}),
                                 "-ffat-lto-objects"));
}

using Fallthrough = WorkspaceTest;

TEST_F(Fallthrough, PutsCommentsBackWithoutMovingALine) {
  write("a.cpp", "int f(int n) {\n  switch (n) {\n  case 1: // fall through\n  case 2:\n    // \"no\" /* fall */\n    "
                 "return 1; }\n  return 0; }\n");
  const std::string text =
      "# 1 \"a.cpp\"\nint f(int n) {\n  switch (n) {\n  case 1:\n  case 2:\n\n    return 1; }\n  return 0; }\n";
  EXPECT_EQ(with_fallthrough_comments(text),
            "# 1 \"a.cpp\"\nint f(int n) {\n  switch (n) {\n  case 1:/* fall through*/\n  case 2:\n\n    return 1; }\n"
            "  return 0; }\n");
}

TEST_F(Fallthrough, LeavesLiteralsAlone) {
  write("a.cpp", "auto a = \"// fall\";\nauto b = R\"x(/* fall */)\" )x\";\nint c = 1'000; // fall\nint d;\n");
  const std::string text =
      "# 1 \"a.cpp\"\nauto a = \"// fall\";\nauto b = R\"x(/* fall */)\" )x\";\nint c = 1'000;\nint d;\n";
  EXPECT_EQ(
      with_fallthrough_comments(text),
      "# 1 \"a.cpp\"\nauto a = \"// fall\";\nauto b = R\"x(/* fall */)\" )x\";\nint c = 1'000;/* fall*/\nint d;\n");
}

} // namespace
} // namespace tripwire::tool
