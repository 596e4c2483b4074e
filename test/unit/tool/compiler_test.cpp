#include "commands.hpp"
#include "tool/clang_arguments.hpp"
#include "tool/compiler.hpp"
#include "workspace.hpp"

#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

Compiler compiler_of(const Words &words, const std::string &cache = {}) {
  llvm::Expected<Compiler> compiler = ask_compiler(compile_of(words), cache);
  if (compiler)
    return std::move(*compiler);
  ADD_FAILURE() << llvm::toString(compiler.takeError());
  return {};
}

using Ask = WorkspaceTest;

TEST_F(Ask, KnowsGccFromClang) {
  const Compiler gcc = compiler_of({"g++", "-c", "a.cpp"});
  EXPECT_EQ(gcc.kind, CompilerKind::gcc);
  EXPECT_GE(gcc.major, 9U);
  EXPECT_TRUE(exists(gcc.gcc_install_dir + "/crtbegin.o")) << gcc.gcc_install_dir;
  EXPECT_EQ(gcc.path.front(), '/');
  const Compiler clang = compiler_of({TRIPWIRE_TEST_CLANGXX, "-c", "a.cpp"});
  EXPECT_EQ(clang.kind, CompilerKind::clang);
  EXPECT_TRUE(exists(clang.gcc_install_dir + "/crtbegin.o")) << clang.gcc_install_dir;
  EXPECT_NE(clang.target.find('-'), std::string::npos);
}

TEST_F(Ask, KeepsTheAnswersUntilTheCompilerChanges) {
  write("count.sh", "#!/bin/sh\necho run >> '" + (folder() / "runs").string() + "'\nexec g++ \"$@\"\n");
  shell("chmod +x count.sh");
  const auto runs = [&] {
    const std::string log = read("runs");
    return std::count(log.begin(), log.end(), '\n');
  };
  // The answers of this process are not kept between two programs' runs, so the program itself is run.
  write("tripwire.yaml", "version: 1\nplugins: []\nseams: [{function: acme}]\n");
  write("a.cpp", "int a;\n");
  const std::string build = "'" TRIPWIRE_REWRITE "' --compile -- ./count.sh -c a.cpp -o a.o";
  ASSERT_EQ(shell(build).status, 0);
  const auto first = runs();
  ASSERT_EQ(shell(build).status, 0);
  EXPECT_EQ(runs() - first, 2) << "one to preprocess, one to compile";
  write("count.sh", read("count.sh") + "# changed\n");
  ASSERT_EQ(shell(build).status, 0);
  EXPECT_EQ(runs() - first - 2, first);
}

TEST_F(Ask, SaysThatACompilerCannotBeFound) {
  llvm::Expected<Compiler> compiler = ask_compiler(compile_of({"no-such-g++", "-c", "a.cpp"}), "");
  ASSERT_FALSE(static_cast<bool>(compiler));
  EXPECT_EQ(
      llvm::toString(compiler.takeError()).find("tripwire-rewrite: error: compiler 'no-such-g++' cannot be found\n"),
      0U);
}

Compiler example(CompilerKind kind, unsigned major, unsigned minor) {
  return {kind, "/usr/bin/x", major, minor, "x86_64-linux-gnu", "/gcc/12"};
}

Words arguments_of(const Words &words, const Compiler &compiler) {
  return clang_arguments(compile_of(words), compiler, "/res").command_line;
}

/// The newest GCC that libstdc++'s headers may be told of, as Clang's own version bears it.
const std::string newest_gcc = CLANG_VERSION_MAJOR < 22 ? "10.5" : "12.2";

TEST(ClangArguments, NameTargetResourceFolderAndLibrary) {
  const Words arguments = arguments_of({"g++", "-c", "a.cpp", "-o", "a.o"}, example(CompilerKind::gcc, 12, 2));
  EXPECT_EQ(arguments, Words({"clang++", "-fsyntax-only", "-w", "-fno-caret-diagnostics", "--target=x86_64-linux-gnu",
                              "-resource-dir", "/res", "--gcc-install-dir=/gcc/12", "-fgnuc-version=" + newest_gcc,
                              "-std=gnu++17", "-x", "c++", "a.cpp"}));
}

TEST(ClangArguments, PretendToBeNoNewerGccThanTheHeadersBear) {
  const auto version = [](const char *driver, const char *source, unsigned major, unsigned minor) {
    for (const std::string &word : arguments_of({driver, "-c", source}, example(CompilerKind::gcc, major, minor)))
      if (word.rfind("-fgnuc-version=", 0) == 0)
        return word.substr(15);
    return std::string();
  };
  EXPECT_EQ(version("g++", "a.cpp", 15, 1), newest_gcc);
  EXPECT_EQ(version("g++", "a.cpp", 9, 4), "9.4");
  EXPECT_EQ(version("gcc", "a.c", 12, 2), "6.5");
  EXPECT_EQ(version("gcc", "a.c", 5, 3), "5.3");
}

TEST(ClangArguments, TakeOverWhatMattersAndDropTheRest) {
  const ClangArguments result = clang_arguments(compile_of({"g++",
                                                            "-std=c++20",
                                                            "-DX=1",
                                                            "-U",
                                                            "Y",
                                                            "-Iinc",
                                                            "-isystem",
                                                            "sys",
                                                            "-include",
                                                            "pre.h",
                                                            "-fno-exceptions",
                                                            "-fno-rtti",
                                                            "-m32",
                                                            "-O2",
                                                            "-g",
                                                            "-Wall",
                                                            "-Werror",
                                                            "-MD",
                                                            "-MF",
                                                            "a.d",
                                                            "-fipa-pta",
                                                            "-fno-ipa-sra",
                                                            "-c",
                                                            "a.cpp",
                                                            "-o",
                                                            "a.o",
                                                            "-lfoo"}),
                                                example(CompilerKind::gcc, 12, 2), "");
  const auto has = [&](const std::string &word) { return llvm::is_contained(result.command_line, word); };
  for (const char *word : {"-std=c++20", "-DX=1", "-U", "Y", "-Iinc", "-isystem", "sys", "-include", "pre.h",
                           "-fno-exceptions", "-fno-rtti", "-m32", "-O2"})
    EXPECT_TRUE(has(word)) << word;
  for (const char *word : {"-Wall", "-Werror", "-MD", "-MF", "a.d", "-fipa-pta", "-o", "-lfoo", "-c", "-g"})
    EXPECT_FALSE(has(word)) << word;
  EXPECT_EQ(result.dropped, Words({"-fipa-pta", "-fno-ipa-sra"}));
}

TEST(ClangArguments, DropWhatOurClangDoesNotKnow) {
  const ClangArguments result = clang_arguments(
      compile_of({"g++", "-mpreferred-stack-boundary=4", "-mavx2", "-mno-such-thing-xyz", "-c", "a.cpp"}),
      example(CompilerKind::gcc, 12, 2), "");
  EXPECT_TRUE(llvm::is_contained(result.command_line, "-mavx2"));
  EXPECT_FALSE(llvm::is_contained(result.command_line, "-mno-such-thing-xyz"));
}

TEST(ClangArguments, KnowTheDefaultStandards) {
  const auto standard = [](const Words &words, const Compiler &compiler) {
    for (const std::string &word : arguments_of(words, compiler))
      if (word.rfind("-std=", 0) == 0)
        return word.substr(5);
    return std::string();
  };
  EXPECT_EQ(standard({"g++", "-c", "a.cpp"}, example(CompilerKind::gcc, 10, 2)), "gnu++14");
  EXPECT_EQ(standard({"gcc", "-c", "a.c"}, example(CompilerKind::gcc, 15, 1)), "gnu23");
  EXPECT_EQ(standard({"clang", "-c", "a.c"}, example(CompilerKind::clang, 22, 1)), "gnu17");
  EXPECT_EQ(standard({"clang++", "-std=c++23", "-c", "a.cc"}, example(CompilerKind::clang, 22, 1)), "c++23");
}

TEST(ClangArguments, FindTheResourceFolderOfTheLinkedClang) {
  EXPECT_TRUE(std::filesystem::exists(find_resource_dir() + "/include/stddef.h"));
}

} // namespace
} // namespace tripwire::tool
