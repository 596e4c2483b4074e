#include "workspace.hpp"

#include <thread>
#include <unistd.h>

namespace tripwire::tool {
namespace {

using Names = std::vector<std::string>;

/// A project with one seam, `acme_charge`, and tripwire-rewrite in front of the compiler.
class Launch : public BothCompilers {
protected:
  void SetUp() override {
    write("tripwire.yaml",
          "version: 1\nplugins: []\ninstrument: {include: [\"src/**\"]}\nseams:\n  - function: acme_charge\n"
          "    failure: {returns: -1}\n");
    write("src/acme.h",
          "#pragma once\n#ifdef __cplusplus\nextern \"C\"\n#endif\nint acme_charge(const char *who, int cents);\n");
    write("src/pay.cpp", "#include \"acme.h\"\n\nint pay(int cents) {\n  return acme_charge(\"me\", cents) + 1;\n}\n");
    write("src/plain.cpp", "#include <string>\nint plain() { return 1; }\n");
  }

  static std::string tool() { return "'" TRIPWIRE_REWRITE "' --config tripwire.yaml"; }
  static ShellResult compile(const std::string &arguments) {
    return shell(tool() + " --compile -- " + compiler() + " " + arguments);
  }
  static ShellResult plain(const std::string &arguments) { return shell(compiler() + " " + arguments); }
  static std::string undefined_in(const std::string &object) {
    return shell("nm -u " + object + " | sed 's/ *U //'").output;
  }
};
TRIPWIRE_WITH_BOTH_COMPILERS(Launch);

/// gcov is GCC's.
class LaunchWithGcc : public Launch {};

INSTANTIATE_TEST_SUITE_P(, LaunchWithGcc, testing::Values(TRIPWIRE_TEST_GXX), name_of_compiler);

TEST_P(Launch, RewritesAndLeavesOnlyTheObjectAndItsLedger) {
  const ShellResult result = compile("-g -O2 -Wall -Wextra -c src/pay.cpp -o pay.o");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(undefined_in("pay.o"), "tripwire_may_throw_acme_charge\n");
  EXPECT_EQ(names_in("."), Names({"pay.o", "pay.o.tripwire.json", "src", "tripwire.yaml"}));
  EXPECT_NE(read("pay.o.tripwire.json").find("\"verdict\": \"rewritten\""), std::string::npos);
}

TEST_P(Launch, LeavesTheObjectOfAUnitWithoutReferencesAsItIs) {
  ASSERT_EQ(plain("-g -O2 -c src/plain.cpp -o plain.o").status, 0);
  const std::string expected = read("plain.o");
  std::filesystem::remove("plain.o");
  ASSERT_EQ(compile("-g -O2 -c src/plain.cpp -o plain.o").status, 0);
  EXPECT_EQ(read("plain.o"), expected);
  EXPECT_FALSE(exists("plain.o.tripwire.json"));
}

TEST_P(Launch, ForgetsTheLedgerOfAUnitThatHasNoReferencesAnyMore) {
  ASSERT_EQ(compile("-c src/pay.cpp -o pay.o").status, 0);
  ASSERT_TRUE(exists("pay.o.tripwire.json"));
  write("src/pay.cpp", "int pay() { return 1; }\n");
  ASSERT_EQ(compile("-c src/pay.cpp -o pay.o").status, 0);
  EXPECT_FALSE(exists("pay.o.tripwire.json"));
}

TEST_P(Launch, AddsConfigurationAndItselfToTheCompilersOwnDepfile) {
  for (const std::string flags : {"-MD", "-MMD", "-MD -MF other.d", "-MMD -MFother.d -MT 'a target' -MP",
                                  "-MD -MP -MQ 'a$b'", "-Wp,-MMD,other.d"})
    for (const std::string source : {"src/pay.cpp", "src/plain.cpp"}) {
      ASSERT_EQ(plain(flags + " -c " + source + " -o x.o").status, 0);
      const std::string depfile = exists("other.d") ? "other.d" : "x.d";
      const std::string expected = read(depfile);
      std::filesystem::remove(depfile);
      ASSERT_EQ(compile(flags + " -c " + source + " -o x.o").status, 0) << flags;
      std::string actual = read(depfile);
      for (const std::string &added : {std::string("tripwire.yaml"), std::string(TRIPWIRE_REWRITE)})
        for (const std::string &text : {" \\\n " + added, added + ":\n"})
          if (const std::size_t at = actual.find(text); at != std::string::npos)
            actual.erase(at, text.size());
      EXPECT_EQ(actual, expected) << flags << ' ' << source;
      EXPECT_NE(read(depfile).find(" tripwire.yaml"), std::string::npos) << flags << ' ' << source;
      std::filesystem::remove(depfile);
    }
}

TEST_P(Launch, NamesWhatLiesBelowTheBuildFolderAsNinjaDoes) {
  const std::string here = std::filesystem::current_path().string();
  const ShellResult result = shell("'" TRIPWIRE_REWRITE "' --config '" + here + "/tripwire.yaml' --compile -- " +
                                   compiler() + " -MD -c src/pay.cpp -o x.o");
  ASSERT_EQ(result.status, 0) << result.output;
  EXPECT_NE(read("x.d").find(" tripwire.yaml"), std::string::npos);
  EXPECT_EQ(read("x.d").find("/tripwire.yaml"), std::string::npos);
}

TEST_P(Launch, WorksInPathsWithSpacesAndDollars) {
  write("src/the folder/a $b#.cpp", "#include \"../acme.h\"\nint f() { return acme_charge(\"x\", 1); }\n");
  const ShellResult result = compile("-MD -c 'src/the folder/a $b#.cpp' -o 'src/the folder/a $b.o'");
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(undefined_in("'src/the folder/a $b.o'"), "tripwire_may_throw_acme_charge\n");
  EXPECT_NE(read("src/the folder/a $b.d").find(" tripwire.yaml"), std::string::npos);
}

TEST_P(Launch, ReadsResponseFiles) {
  write("flags.rsp", "-O1 -c \"src/pay.cpp\"\n-o 'pay it.o'");
  ASSERT_EQ(compile("@flags.rsp").status, 0);
  EXPECT_EQ(undefined_in("'pay it.o'"), "tripwire_may_throw_acme_charge\n");
}

TEST_P(Launch, HandsOnTheCompilersStatusAndMessages) {
  write("src/wrong.cpp", "#include \"acme.h\"\nint f() { return acme_charge(1) + nothing; }\n");
  const ShellResult expected = plain("-c src/wrong.cpp -o wrong.o");
  const ShellResult actual = compile("-c src/wrong.cpp -o wrong.o");
  EXPECT_EQ(actual.status, expected.status);
  EXPECT_EQ(actual.output, expected.output);
  EXPECT_FALSE(exists("wrong.o"));
  const ShellResult missing = compile("-c src/nowhere.cpp -o nowhere.o");
  EXPECT_EQ(missing.output, plain("-c src/nowhere.cpp -o nowhere.o").output);
  EXPECT_EQ(missing.status, 1);
}

TEST_P(Launch, ShowsTheWarningsOfThePlainCompileOnce) {
  write("src/warn.cpp", "#include \"acme.h\"\n#warning careful\n#define UNUSED int unused\n#pragma message \"hello\"\n"
                        "int f(int argument) { UNUSED; return acme_charge(\"x\", 1); }\n");
  const std::string flags = "-Wall -Wextra -Wshadow -Wconversion -c src/warn.cpp -o warn.o";
  const ShellResult expected = plain(flags);
  const ShellResult actual = compile(flags);
  EXPECT_EQ(actual.status, 0);
  for (const std::string text : {"careful", "unused variable 'unused'", "unused parameter", "hello"}) {
    const auto count = [&](const std::string &output) {
      std::size_t number = 0;
      std::string plain_quotes;
      for (std::size_t i = 0; i < output.size(); ++i)
        if (output.compare(i, 3, "\u2018") == 0 || output.compare(i, 3, "\u2019") == 0)
          plain_quotes += '\'', i += 2;
        else
          plain_quotes += output[i];
      for (std::size_t at = plain_quotes.find(text); at != std::string::npos; at = plain_quotes.find(text, at + 1))
        ++number;
      return number;
    };
    EXPECT_EQ(count(actual.output), count(expected.output)) << text << '\n'
                                                            << actual.output << "\n-- plain:\n"
                                                            << expected.output;
  }
  EXPECT_NE(compile("-Werror " + flags).status, 0);
}

TEST_P(Launch, WarnsOfTheSameCasesThatFallThrough) {
  write("src/fall.cpp",
        "#include \"acme.h\"\nint f(int n) {\n  switch (n) {\n  case 1:\n    n += acme_charge(\"// fall\", 1);\n    // "
        "fall through\n\n"
        "  case 2:\n    ++n;\n  case 3:\n    ++n; /* FALLTHRU */\n  case 4:\n    ++n;\n  /* falls through */ case 5:\n "
        "   --n;\n"
        "    [[fallthrough]];\n  case 6:\n    --n;\n    // not a word of it\n  default:\n    return n;\n  }\n}\n");
  const auto warnings = [](const std::string &output) {
    std::string lines;
    std::istringstream stream(output);
    for (std::string line; std::getline(stream, line);)
      if (line.find("warning:") != std::string::npos)
        lines += line + '\n';
    return lines;
  };
  const std::string expected = warnings(plain("-Wall -Wextra -Wimplicit-fallthrough -c src/fall.cpp -o fall.o").output);
  EXPECT_NE(expected, "");
  EXPECT_EQ(warnings(compile("-Wall -Wextra -Wimplicit-fallthrough -c src/fall.cpp -o fall.o").output), expected);
}

TEST_P(Launch, ProvesObjectsThatHoldIntermediateCode) {
  ASSERT_EQ(compile("-O2 -flto -c src/pay.cpp -o pay.o").output, "");
  write("acme.cpp", "extern \"C\" int tripwire_may_throw_acme_charge(const char *, int c) { return c; }\nint "
                    "pay(int);\nint main() { return pay(6); }\n");
  EXPECT_EQ(plain("-O2 -flto acme.cpp pay.o -o prog" + std::string(is_gcc() ? "" : " -fuse-ld=lld || true")).status, 0);
  if (is_gcc()) {
    EXPECT_EQ(shell("./prog").status, 7);
  }
}

TEST_P(Launch, PassesEverythingElseThrough) {
  ASSERT_EQ(compile("-E src/pay.cpp -o pay.ii").status, 0);
  EXPECT_NE(read("pay.ii").find("return acme_charge("), std::string::npos);
  EXPECT_EQ(compile("--version").output, plain("--version").output);
  ASSERT_EQ(compile("-S src/pay.cpp -o pay.s").status, 0);
  ASSERT_EQ(compile("-c src/plain.cpp -o plain.o").status, 0);
  write("main.cpp", "int plain(); int main() { return plain(); }");
  ASSERT_EQ(compile("-c main.cpp -o main.o").status, 0);
  ASSERT_EQ(compile("main.o plain.o -o prog").status, 0);
  EXPECT_EQ(shell("./prog").status, 1);
}

TEST_P(Launch, RewritesEachOfSeveralSourcesInOneCommand) {
  ASSERT_EQ(compile("-c src/pay.cpp src/plain.cpp").status, 0);
  EXPECT_EQ(undefined_in("pay.o"), "tripwire_may_throw_acme_charge\n");
  EXPECT_EQ(names_in("."), Names({"pay.o", "pay.o.tripwire.json", "plain.o", "src", "tripwire.yaml"}));
}

TEST_P(Launch, CompilesSeveralSourcesAndLinksThem) {
  write("src/main.cpp", "int pay(int); int main() { return pay(6); }\n");
  write("acme.c", "int acme_charge(const char *who, int cents) { return who ? cents : 0; }\n");
  const ShellResult result =
      compile("-MMD -x c acme.c -x c++ src/pay.cpp src/main.cpp -shared -fPIC -Wl,-O1 -lm -o 'a b.so'");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(names_in("."), Names({"a b.d", "a b.so", "a b.so-pay.tripwire.json", "acme.c", "src", "tripwire.yaml"}));
  EXPECT_NE(undefined_in("'a b.so'").find("tripwire_may_throw_acme_charge"), std::string::npos);
  EXPECT_EQ(read("a b.d").substr(0, 7), "a\\ b.so");
}

TEST_P(Launch, CompilesTheOtherSourcesWhenOneFailsAndLinksNothing) {
  write("wrong.cpp", "int wrong() { return unknown; }\n");
  const ShellResult result = compile("-c wrong.cpp src/pay.cpp");
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(exists("pay.o"));
  EXPECT_EQ(compile("wrong.cpp src/pay.cpp -shared -fPIC -o both.so").status, 1);
  EXPECT_FALSE(exists("both.so"));
  EXPECT_EQ(names_in("."),
            Names({"both.so-pay.tripwire.json", "pay.o", "pay.o.tripwire.json", "src", "tripwire.yaml", "wrong.cpp"}));
}

TEST_P(Launch, RefusesPreprocessedTextThatNamesASeam) {
  ASSERT_EQ(plain("-E src/pay.cpp -o src/pay.ii").status, 0);
  const ShellResult result = compile("-c src/pay.ii -o pay.o");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output.find("src/pay.ii: error: preprocessed text that may refer to a seam cannot be rewritten\n"),
            0U);
}

TEST_P(Launch, RewritesHeadersOfTheProjectInUnitsOutsideIt) {
  write("src/inline.hpp", "#include \"acme.h\"\ninline int charge_twice(int c) { return acme_charge(\"a\", c) + "
                          "acme_charge(\"b\", c); }\n");
  write("other/user.cpp", "#include \"../src/inline.hpp\"\nint use() { return charge_twice(1); }\n");
  ASSERT_EQ(compile("-c other/user.cpp -o user.o").status, 0);
  EXPECT_EQ(undefined_in("user.o"), "tripwire_may_throw_acme_charge\n");
}

TEST_P(Launch, RefusesAnObjectThatStillReachesASeamAndRemovesIt) {
  write("outside/inline.hpp",
        "extern \"C\" int acme_charge(const char *, int);\ninline int leaky() { return acme_charge(\"a\", 1); }\n");
  write("src/leak.cpp", "#include \"../outside/inline.hpp\"\nint f() { return leaky(); }\n");
  const ShellResult result = compile("-g -c src/leak.cpp -o leak.o");
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(
      result.output.find("outside/inline.hpp:2: error: seam 'acme_charge' is reached past its wrapper in 'leaky()'"),
      std::string::npos)
      << result.output;
  EXPECT_NE(result.output.find("'allow_undefined:' of tripwire.yaml"), std::string::npos);
  EXPECT_FALSE(exists("leak.o"));
  EXPECT_FALSE(exists("leak.o.tripwire.json"));
  write("tripwire.yaml", read("tripwire.yaml") + "allow_undefined: [{symbol: acme_charge, reason: \"a test\"}]\n");
  EXPECT_EQ(compile("-g -c src/leak.cpp -o leak.o").status, 0);
}

TEST_P(Launch, TakesTheWordOfACommentThatLeavesAReferenceAlone) {
  write("src/pay.cpp", "#include \"acme.h\"\nint pay(int cents) {\n  return acme_charge(\"me\", cents); // tripwire: "
                       "ignore(a test)\n}\n");
  const ShellResult result = compile("-g -c src/pay.cpp -o pay.o");
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(undefined_in("pay.o"), "acme_charge\n");
  EXPECT_NE(read("pay.o.tripwire.json").find("\"verdict\": \"exempt\""), std::string::npos);
}

TEST_P(Launch, ProvesUnityBuildsByWhatTheyInclude) {
  write("outside/inline.hpp",
        "extern \"C\" int acme_charge(const char *, int);\ninline int leaky() { return acme_charge(\"a\", 1); }\n");
  write("src/leak.cpp", "#include \"../outside/inline.hpp\"\nint f() { return leaky(); }\n");
  write("unity/all.cpp", "#include \"../src/plain.cpp\"\n#include \"../src/leak.cpp\"\n");
  const ShellResult result = compile("-g -c unity/all.cpp -o all.o");
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.output.find("seam 'acme_charge' is reached past its wrapper in 'leaky()'"), std::string::npos)
      << result.output;
}

TEST_P(Launch, LinksWhatACompilersNameOnlyLinks) {
  write("other.cpp", "int other() { return 3; }");
  write("main.cpp", "int other(); int main() { return other(); }");
  write("Makefile", "CXX = " + tool() + " --compile -- " + compiler() + "\nprog: main.o other.o\n\t$(CXX) -o $@ $^\n");
  EXPECT_EQ(shell("make -s").output, "");
  EXPECT_EQ(shell("./prog").status, 3);
}

TEST_P(Launch, CompilesAndLinksOneSourceInOneCommand) {
  write("src/main.cpp", "#include <cstdio>\nint main() { std::puts(\"ran\"); }\n");
  ASSERT_EQ(compile("src/main.cpp -o prog").status, 0);
  EXPECT_EQ(shell("./prog").output, "ran\n");
}

TEST_P(Launch, EndsWithStatusTwoOnAWrongConfiguration) {
  write("tripwire.yaml", "version: 1\nplugin: []\n");
  const ShellResult result = compile("-c src/pay.cpp -o pay.o");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.output.find("tripwire.yaml:2:1: error: unknown key 'plugin'; did you mean 'plugins'?\n"), 0U)
      << result.output;
}

TEST_P(Launch, IsCachedBelowByCcache) {
  setenv("CCACHE_DIR", (folder() / "cache of answers" / "ccache").c_str(), 1);
  unsetenv("CCACHE_DISABLE");
  const std::string command = tool() + " --compile -- ccache " + compiler() + " -g -c src/pay.cpp -o pay.o";
  ASSERT_EQ(shell(command).status, 0);
  const std::string first = read("pay.o");
  ASSERT_EQ(shell(command).status, 0);
  EXPECT_EQ(read("pay.o"), first);
  EXPECT_NE(shell("ccache --print-stats").output.find("cache_hit\t1"), std::string::npos)
      << shell("ccache --print-stats").output;
  unsetenv("CCACHE_DIR");
}

TEST_P(Launch, LeavesReadOnlySourceTreesAlone) {
  std::filesystem::create_directory("build");
  ASSERT_EQ(shell("chmod -R a-w src && cd build && '" TRIPWIRE_REWRITE "' --config ../tripwire.yaml --compile -- " +
                  compiler() + " -MD -c ../src/pay.cpp -o pay.o; chmod -R u+w ../src")
                .status,
            0);
  EXPECT_EQ(names_in("src"), Names({"acme.h", "pay.cpp", "plain.cpp"}));
  EXPECT_EQ(names_in("build"), Names({"pay.d", "pay.o", "pay.o.tripwire.json"}));
}

TEST_P(Launch, WritesNothingBesideADevice) {
  EXPECT_EQ(compile("-c src/pay.cpp -o /dev/null").status, 0);
  EXPECT_TRUE(exists("/dev/null"));
  EXPECT_FALSE(exists("/dev/null.tripwire.json"));
}

TEST_P(Launch, LeavesNothingBehindWhenInterrupted) {
  // A compiler that takes its time, so that the interrupt comes in the middle of each phase.
  write("slow.sh",
        "#!/bin/sh\nfor word; do case \"$word\" in -E|-fpreprocessed|*cpp-output) sleep 1;; esac; done\nexec " +
            compiler() + " \"$@\"\n");
  shell("chmod +x slow.sh");
  for (const char *delay : {"0.5", "1.6"}) {
    const ShellResult result = shell("setsid sh -c \"'" TRIPWIRE_REWRITE
                                     "' --config tripwire.yaml --compile -- ./slow.sh -c src/pay.cpp -o pay.o &"
                                     " child=\\$!; sleep " +
                                     std::string(delay) + "; kill -TERM \\$child; wait \\$child\"");
    EXPECT_EQ(result.status, 128 + 15) << result.output;
    EXPECT_EQ(names_in("."), Names({"slow.sh", "src", "tripwire.yaml"}));
  }
}

TEST_P(Launch, RunsUnderNinjaAndMakeAndRebuildsOnlyWhenItMust) {
  const std::string launched = "'" TRIPWIRE_REWRITE "' --config tripwire.yaml --compile -- " + compiler();
  write("build.ninja", "rule cc\n  command = " + launched +
                           " -MD -MF $out.d -c $in -o $out\n  depfile = $out.d\n  deps = gcc\n"
                           "build pay.o: cc src/pay.cpp\nbuild plain.o: cc src/plain.cpp\n");
  write("Makefile", "all: m-pay.o m-plain.o\nm-%.o: src/%.cpp\n\t" + launched +
                        " -MMD -MP -c $< -o $@\n-include m-pay.d m-plain.d\n");
  for (const std::string build : {"ninja", "make -s -j2"}) {
    const std::string object = build == "ninja" ? "pay.o" : "m-pay.o";
    const auto stamp = [&] { return std::filesystem::last_write_time(object); };
    ASSERT_EQ(shell(build).status, 0);
    const auto first = stamp();
    ASSERT_EQ(shell(build).status, 0);
    EXPECT_EQ(stamp(), first) << build << " does nothing when nothing changed";
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    shell("touch tripwire.yaml");
    ASSERT_EQ(shell(build).status, 0);
    EXPECT_NE(stamp(), first) << build << " rebuilds when the configuration changes";
  }
}

TEST_P(Launch, RewritesC) {
  const std::string c_compiler =
      is_gcc() ? "gcc" : compiler().substr(0, compiler().find("++")) + compiler().substr(compiler().find("++") + 2);
  write("src/pay.c", "#include \"acme.h\"\nint pay_c(void) { return acme_charge(\"c\", 1); }\n");
  ASSERT_EQ(shell(tool() + " --compile -- " + c_compiler + " -std=c99 -Wall -Wextra -c src/pay.c -o pay.o").output, "");
  EXPECT_EQ(undefined_in("pay.o"), "tripwire_seam_acme_charge\n");
}

TEST_P(Launch, TakesPrecompiledHeadersAsText) {
  write("src/all.hxx", "#include \"acme.h\"\n#include <string>\n");
  if (is_gcc()) {
    ASSERT_EQ(compile("-x c++-header -c src/all.hxx -o src/all.hxx.gch").status, 0);
  } else {
    ASSERT_EQ(compile("-Xclang -emit-pch -x c++-header -c src/all.hxx -o src/all.hxx.pch").status, 0);
  }
  write("src/pay.cpp", "int pay() { return acme_charge(std::string(\"x\").c_str(), 1); }\n");
  const std::string pch =
      is_gcc() ? "-Winvalid-pch -include src/all.hxx"
               : "-Winvalid-pch -Xclang -include-pch -Xclang src/all.hxx.pch -Xclang -include -Xclang src/all.hxx";
  EXPECT_EQ(compile(pch + " -c src/pay.cpp -o pay.o").output, "");
  EXPECT_EQ(undefined_in("pay.o | grep acme"), "tripwire_may_throw_acme_charge\n");
  EXPECT_EQ(compile("-include src/all.hxx -c src/pay.cpp -o pay2.o").output, "");
  EXPECT_EQ(undefined_in("pay2.o | grep acme"), "tripwire_may_throw_acme_charge\n");
}

TEST_P(Launch, WorksInCMakeProjectsWithUnityBuildsAndPrecompiledHeaders) {
  write("src/two.cpp", "int two() { return acme_charge(std::string(\"two\").c_str(), 2); }\n");
  write("CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.25)\nproject(p LANGUAGES CXX)\n"
        "add_library(pay OBJECT src/pay.cpp src/two.cpp)\nset_target_properties(pay PROPERTIES UNITY_BUILD ${UNITY})\n"
        "target_precompile_headers(pay PRIVATE <string> src/acme.h)\n");
  for (const std::string generator : {"Ninja", "Unix Makefiles"})
    for (const std::string unity : {"ON", "OFF"}) {
      std::filesystem::remove_all("build");
      const ShellResult built =
          shell("cmake -S . -B build -G '" + generator + "' -DUNITY=" + unity + " -DCMAKE_CXX_COMPILER=" + compiler() +
                " '-DCMAKE_CXX_COMPILER_LAUNCHER=" TRIPWIRE_REWRITE ";--config;" +
                (folder() / "tripwire.yaml").string() + ";--compile;--' && cmake --build build");
      ASSERT_EQ(built.status, 0) << built.output;
      const std::string undefined = shell("find build -name '*.o' -size +0 | grep -v pch | while read -r o; do nm -u "
                                          "\"$o\"; done | grep -o '[a-z_]*acme_charge' | sort -u")
                                        .output;
      EXPECT_EQ(undefined, "tripwire_may_throw_acme_charge\n") << generator << ' ' << unity;
    }
}

TEST_P(Launch, KeepsLineTablesAndSourceNames) {
  write("src/lines.cpp",
        "#include \"acme.h\"\n#include <cstdio>\n#define TWICE(x) ((x) + \\\n  (x))\n"
        "static const char *text = R\"(\n# 7 \"no.h\"\n\n)\";\n\nint f(int n) {\n  if (n > 1)\n    "
        "return TWICE(acme_charge(text,\n      n));\n  std::puts(text);\n  return acme_charge(\"x\",\n n)"
        " + TWICE(\n  acme_charge(\"y\", n)\n  +\n  n) + acme_charge(\"z\", n) + 3;\n}\n");
  const auto lines = [&](const std::string &object) {
    return shell("llvm-dwarfdump-22 --debug-line " + object +
                 " | awk '/^0x/ {print $2, $4}' | sort -u; llvm-dwarfdump-22 --debug-info " + object +
                 " | grep -E 'DW_AT_(comp_dir|name).*(lines.cpp|test )' | sed 's/.*DW_AT/DW_AT/' | sort -u")
        .output;
  };
  ASSERT_EQ(plain("-g -O0 -c src/lines.cpp -o plain.o").status, 0);
  ASSERT_EQ(compile("-g -O0 -c src/lines.cpp -o lines.o").status, 0);
  const std::string expected = lines("plain.o");
  EXPECT_NE(expected, "");
  EXPECT_EQ(lines("lines.o"), expected);
}

TEST_P(LaunchWithGcc, GivesTheSameCoverage) {
  write("src/main.cpp", "#include \"acme.h\"\nint main(int argc, char **) {\n  if (argc > 1)\n    return "
                        "acme_charge(\"x\", 1);\n  return 0;\n}\n");
  write("acme.c", "int acme_charge(const char *who, int cents) { return who[0] + cents; }\n");
  const auto coverage = [&](const std::string &where, const std::string &front) {
    std::filesystem::create_directory(where);
    const std::string here = "cd " + where + " && ";
    EXPECT_EQ(shell(here + front + "g++ -O0 -g --coverage -I../src -c ../src/main.cpp -o main.o").output, "");
    EXPECT_EQ(shell(here + "gcc -c ../acme.c -o acme.o && objcopy --add-symbol "
                           "tripwire_may_throw_acme_charge=.text:0,function,global acme.o && "
                           "g++ --coverage main.o acme.o -o prog && ./prog && gcov -t main.gcno | grep -v "
                           "':Data:\\|:Graph:' > out.txt")
                  .output,
              "");
    return read(where + "/out.txt");
  };
  const std::string expected = coverage("plain", "");
  EXPECT_NE(expected.find("#####:    4:"), std::string::npos) << expected;
  EXPECT_EQ(coverage("rewritten", "'" TRIPWIRE_REWRITE "' --config ../tripwire.yaml --compile -- "), expected);
}

} // namespace
} // namespace tripwire::tool
