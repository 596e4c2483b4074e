#include "tool/compile_command.hpp"

#include "commands.hpp"
#include "workspace.hpp"

namespace tripwire::tool {
namespace {

std::string reason_of(const std::string &words) {
  const Command command = command_of(split(words));
  if (const auto *passed = std::get_if<PassThrough>(&command))
    return describe(passed->reason).str();
  return "a compile";
}

TEST(CompileCommand, NamesSourceOutputAndLanguage) {
  const CompileCommand command = compile_of("g++ -std=c++20 -Wall -DX=1 -c src/a.cpp -o out/a.o");
  EXPECT_EQ(command.compiler, "g++");
  EXPECT_EQ(command.source, "src/a.cpp");
  EXPECT_EQ(command.output, "out/a.o");
  EXPECT_EQ(command.standard, "c++20");
  EXPECT_EQ(command.language, Language::cxx);
  EXPECT_FALSE(command.links);
  EXPECT_TRUE(command.launcher.empty());
}

TEST(CompileCommand, ChoosesTheOutputAsTheCompilerWould) {
  EXPECT_EQ(compile_of("g++ -c src/a.b.cpp").output, "a.b.o");
  EXPECT_EQ(compile_of("g++ a.cpp").output, "a.out");
  EXPECT_EQ(compile_of("g++ -c a.cpp -oa.o").output, "a.o");
}

TEST(CompileCommand, TakesTheLanguageFromDriverExtensionAndFlag) {
  EXPECT_EQ(compile_of("gcc -c a.c").language, Language::c);
  EXPECT_EQ(compile_of("g++ -c a.c").language, Language::cxx);
  EXPECT_EQ(compile_of("gcc -c a.cc").language, Language::cxx);
  EXPECT_EQ(compile_of("gcc -c a.C").language, Language::cxx);
  EXPECT_EQ(compile_of("x86_64-linux-gnu-gcc-12 -c -x c++ a.inc").language, Language::cxx);
  EXPECT_EQ(compile_of("g++ -xc -c a.cpp").language, Language::c);
  EXPECT_EQ(compile_of("clang --driver-mode=g++ -c a.c").language, Language::cxx);
  EXPECT_TRUE(compile_of("g++ -c a.ii").preprocessed);
  EXPECT_FALSE(compile_of("g++ -c a.cpp").preprocessed);
}

TEST(CompileCommand, FindsTheCompilerBehindItsLaunchers) {
  EXPECT_EQ(compile_of("ccache g++ -c a.cpp").launcher, Words({"ccache"}));
  EXPECT_EQ(compile_of("/usr/bin/ccache distcc clang++-22 -c a.cpp").compiler, "clang++-22");
  EXPECT_EQ(compile_of("cmake -E env A=b CC=gcc ccache /opt/x/g++-12 -c a.cpp").compiler, "/opt/x/g++-12");
  EXPECT_EQ(compile_of("cmake -E __run_co_compile --tidy=clang-tidy --source=a.cpp -- g++ -c a.cpp").compiler, "g++");
  EXPECT_EQ(compile_of("ccache my-own-cc1plus -c a.cpp").compiler, "my-own-cc1plus");
  EXPECT_EQ(compile_of("./wrapper.sh -c a.cpp").compiler, "./wrapper.sh");
}

TEST(CompileCommand, SaysThatThereIsNoCompiler) {
  llvm::Expected<Command> command = read_command(Words{"ccache"});
  ASSERT_FALSE(command);
  EXPECT_NE(llvm::toString(command.takeError()).find("no compiler in the command behind '--'"), std::string::npos);
}

TEST(CompileCommand, PassesThroughWhatIsNoSingleCompile) {
  EXPECT_EQ(reason_of("g++ a.o b.o -o prog"), "it compiles no source");
  EXPECT_EQ(reason_of("g++ --version"), "it asks about the compiler");
  EXPECT_EQ(reason_of("g++ -E a.cpp -o a.ii"), "it only preprocesses");
  EXPECT_EQ(reason_of("g++ -MM a.cpp"), "it only preprocesses");
  EXPECT_EQ(reason_of("g++ -M -MF a.d a.cpp"), "it only preprocesses");
  EXPECT_EQ(reason_of("g++ -S a.cpp"), "it only writes assembly");
  EXPECT_EQ(reason_of("g++ -fsyntax-only a.cpp"), "it writes no object");
  EXPECT_EQ(reason_of("gcc -c a.s"), "its source is assembly");
  EXPECT_EQ(reason_of("gcc -c a.S -o a.o"), "its source is assembly");
  EXPECT_EQ(reason_of("gfortran -c a.f90"), "its source is neither C nor C++");
  EXPECT_EQ(reason_of("g++ -x c++-header -c pch.hxx -o pch.hxx.gch"), "it precompiles a header");
  EXPECT_EQ(reason_of("g++ pch.hpp"), "it precompiles a header");
  EXPECT_EQ(reason_of("clang++ -Xclang -emit-pch -x c++-header -c a.cxx -o a.pch"), "it precompiles a header");
  EXPECT_EQ(reason_of("g++ -x c++ -c -"), "its source is standard input");
  EXPECT_EQ(reason_of("g++ -E -x c++ a.cpp -MD -MF a.d -fdeps-format=p1689r5"), "it scans for modules");
  EXPECT_EQ(reason_of("clang-scan-deps-22 -format=p1689 -- clang++ -c a.cpp"), "it scans for modules");
  EXPECT_EQ(reason_of("g++ -print-file-name=crtbegin.o"), "it asks about the compiler");
}

TEST(CompileCommand, KnowsSeveralSourcesFromOne) {
  const Command several = command_of(split("g++ a.cpp b.cc -o prog"));
  ASSERT_TRUE(std::holds_alternative<SeveralSources>(several));
  EXPECT_EQ(std::get<SeveralSources>(several).sources, Words({"a.cpp", "b.cc"}));
  EXPECT_TRUE(compile_of("g++ a.cpp b.o -lm -o prog").links);
  EXPECT_TRUE(compile_of("g++ a.cpp start.s -o prog").links);
}

TEST(CompileCommand, TakesNoValueForASource) {
  EXPECT_EQ(compile_of("g++ -include a.cpp -I b.cpp -MF c.cpp -MT d.cpp -MQ e.cpp -isystem f.cpp -Xlinker g.cpp "
                       "-D h.cpp -U i.cpp -iquote j.cpp -idirafter k.cpp -imacros l.cpp -aux-info m.cpp --param n.cpp "
                       "-Xclang o.cpp -L p.cpp -T q.cpp -u r.cpp -z s.cpp -B t.cpp --sysroot u.cpp -c real.cpp")
                .source,
            "real.cpp");
}

TEST(CompileCommand, ReadsTheDepfileForms) {
  EXPECT_EQ(depfile_path(compile_of("g++ -MD -c a.cpp -o out/a.cpp.o")), "out/a.cpp.d");
  EXPECT_EQ(depfile_path(compile_of("g++ -MMD -c src/a.cpp")), "a.d");
  EXPECT_EQ(depfile_path(compile_of("g++ -MD -MT x -MF deps/a.d -c a.cpp -o a.o")), "deps/a.d");
  EXPECT_EQ(depfile_path(compile_of("g++ -MMD -MFdeps/a.d -c a.cpp -o a.o")), "deps/a.d");
  EXPECT_EQ(depfile_path(compile_of("g++ -Wp,-MMD,deps/a.d -c a.cpp -o a.o")), "deps/a.d");
  EXPECT_EQ(depfile_path(compile_of("g++ -c a.cpp -o a.o")), "");
  EXPECT_EQ(depfile_targets(compile_of("g++ -MD -MT x -MQ y -c a.cpp -o a.o")), Words({"-MT", "x", "-MQ", "y"}));
  EXPECT_EQ(depfile_targets(compile_of("g++ -MD -c a.cpp -o a.o")), Words({"-MQ", "a.o"}));
  EXPECT_TRUE(compile_of("g++ -MMD -MP -c a.cpp").depfile.user_headers_only);
  EXPECT_TRUE(compile_of("g++ -MMD -MP -c a.cpp").depfile.phony);
}

TEST(CompileCommand, KnowsWhatTheFlagsMean) {
  EXPECT_TRUE(compile_of("g++ -c a.cpp").exceptions);
  EXPECT_FALSE(compile_of("g++ -fno-exceptions -c a.cpp").exceptions);
  EXPECT_FALSE(compile_of("gcc -c a.c").exceptions);
  EXPECT_TRUE(compile_of("gcc -fexceptions -c a.c").exceptions);
  EXPECT_TRUE(compile_of("g++ -ggdb3 -c a.cpp").debug_info);
  EXPECT_FALSE(compile_of("g++ -g -g0 -c a.cpp").debug_info);
  EXPECT_TRUE(compile_of("g++ -flto=auto -c a.cpp").lto);
  EXPECT_FALSE(compile_of("g++ -flto -fno-lto -c a.cpp").lto);
  EXPECT_TRUE(compile_of("g++ --coverage -c a.cpp").coverage);
  EXPECT_EQ(compile_of("g++ -ansi -c a.cpp").standard, "c++98");
}

TEST(CompileCommand, KeepsThePrecompiledHeaderApartFromItsText) {
  const CompileCommand command = compile_of("clang++ -Xclang -include-pch -Xclang /b/cmake_pch.hxx.pch -Xclang "
                                            "-include -Xclang /b/cmake_pch.hxx -c a.cpp -o a.o");
  EXPECT_EQ(command.words_without({Role::precompiled}),
            Words({"-Xclang", "-include", "-Xclang", "/b/cmake_pch.hxx", "-c", "a.cpp", "-o", "a.o"}));
}

using ResponseFile = WorkspaceTest;

TEST_F(ResponseFile, IsReadWithItsQuotesAndMayNameAnother) {
  write("outer.rsp", "-I\"include files\" @inner.rsp\n");
  write("inner.rsp", "-c 'the source.cpp' -o a\\ b.o");
  const Command command = command_of({"g++", "@outer.rsp"});
  ASSERT_TRUE(std::holds_alternative<CompileCommand>(command));
  const auto &compile = std::get<CompileCommand>(command);
  EXPECT_EQ(compile.source, "the source.cpp");
  EXPECT_EQ(compile.output, "a b.o");
  EXPECT_EQ(compile.original, Words({"g++", "@outer.rsp"}));
  EXPECT_EQ(compile.words_without({Role::source, Role::output, Role::compile_only}), Words({"-Iinclude files"}));
}

TEST_F(ResponseFile, ThatCannotBeReadStaysAWord) {
  const Command command = command_of({"g++", "@nowhere.rsp", "-c", "a.cpp"});
  ASSERT_TRUE(std::holds_alternative<CompileCommand>(command));
}

} // namespace
} // namespace tripwire::tool
