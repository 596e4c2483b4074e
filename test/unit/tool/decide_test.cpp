#include "workspace.hpp"

#include <algorithm>
#include <thread>

namespace tripwire::tool {
namespace {

constexpr const char *rules_text =
    "version: 1\nplugins: []\ninstrument: {include: [\"src/**\"], exclude: [\"src/left/**\"]}\nseams:\n"
    "  - function: acme_charge\n    failure: {returns: -1}\n";
constexpr const char *unit_text =
    "#include \"acme.h\"\n\nint pay(int cents) {\n  return acme_charge(\"me\", cents) + 1;\n}\n";

/// What a build step leaves behind.
struct Result {
  std::string object;
  std::string ledger;
  std::string output;
  int status = 0;
  bool kept = false;

  /// The same but for where it came from.
  friend bool operator==(const Result &a, const Result &b) {
    return a.object == b.object && a.ledger == b.ledger && a.output == b.output && a.status == b.status;
  }
};

/// A project with one seam that is compiled again and again, with the edits of the last time at hand.
class Decide : public BothCompilers {
protected:
  void SetUp() override {
    write("tripwire.yaml", rules_text);
    write("src/acme.h",
          "#pragma once\n#ifdef __cplusplus\nextern \"C\"\n#endif\nint acme_charge(const char *who, int cents);\n");
    write("src/pay.cpp", unit_text);
  }

  static Result compile(const std::string &flags = "", const std::string &environment = "",
                        const std::string &output = "pay.o") {
    std::filesystem::remove(output);
    std::filesystem::remove(output + ".tripwire.json");
    const ShellResult ran =
        shell(environment + " '" TRIPWIRE_REWRITE "' --config tripwire.yaml --verbose --compile -- " + compiler() +
              " -g -c src/pay.cpp -o " + output + " " + flags);
    Result result{read(output), read(output + ".tripwire.json"), ran.output, ran.status, false};
    const std::string note = "src/pay.cpp: note: decided before: taken from the cache\n";
    if (const std::size_t at = result.output.find(note); at != std::string::npos) {
      result.kept = true;
      result.output.erase(at, note.size());
    }
    return result;
  }
  static Result compile_anew(const std::string &flags = "") { return compile(flags, "TRIPWIRE_CACHE=off"); }

  static std::vector<std::filesystem::path> entries() {
    std::vector<std::filesystem::path> found;
    for (const auto &each : std::filesystem::recursive_directory_iterator("cache of answers"))
      if (each.is_regular_file() && each.path().extension() == ".edits")
        found.push_back(each.path());
    return found;
  }
};
TRIPWIRE_WITH_BOTH_COMPILERS(Decide);

TEST_P(Decide, GivesTheSameObjectAndLedgerFromTheCache) {
  const Result anew = compile_anew();
  ASSERT_EQ(anew.status, 0) << anew.output;
  ASSERT_NE(anew.ledger, "");
  const Result cold = compile();
  EXPECT_FALSE(cold.kept);
  EXPECT_TRUE(cold == anew) << cold.output;
  const Result warm = compile();
  EXPECT_TRUE(warm.kept);
  EXPECT_TRUE(warm == anew) << warm.output;
}

TEST_P(Decide, DecidesOnceForSeveralTargets) {
  const Result first = compile("-Wall", "", "first.o");
  const Result second = compile("-Wextra -MD -MF second.d", "", "second.o");
  EXPECT_TRUE(second.kept);
  EXPECT_EQ(second.object, first.object);
  EXPECT_NE(second.ledger.find("\"output\": \"second.o\""), std::string::npos) << second.ledger;
}

TEST_P(Decide, DecidesAgainUnderOtherFlags) {
  ASSERT_EQ(compile().status, 0);
  for (const std::string flags : {"-std=c++20", "-DNAME=1", "-fno-exceptions", "-Iother", "-O2"}) {
    EXPECT_FALSE(compile(flags).kept) << flags;
    EXPECT_TRUE(compile(flags).kept) << flags;
  }
}

TEST_P(Decide, DecidesAgainUnderAnotherConfiguration) {
  ASSERT_EQ(compile().status, 0);
  write("tripwire.yaml", std::string(rules_text) + "# and a remark\n");
  EXPECT_FALSE(compile().kept);
  write("tripwire.yaml", rules_text);
  EXPECT_TRUE(compile().kept);
}

TEST_P(Decide, SeesACommentThatThePreprocessedTextDoesNotHold) {
  ASSERT_EQ(compile().status, 0);
  std::string ignoring = unit_text;
  ignoring.insert(ignoring.find("\n}"), " // tripwire: ignore(paid by hand)");
  write("src/pay.cpp", ignoring);
  const Result result = compile();
  EXPECT_FALSE(result.kept);
  EXPECT_NE(result.ledger.find("paid by hand"), std::string::npos) << result.ledger;
}

TEST_P(Decide, SeesBlanksThatMoveAColumn) {
  ASSERT_EQ(compile().status, 0);
  std::string moved = unit_text;
  moved.insert(moved.find("acme_charge"), "    ");
  write("src/pay.cpp", moved);
  const Result result = compile();
  EXPECT_FALSE(result.kept);
  EXPECT_NE(result.ledger.find("\"column\": 14"), std::string::npos) << result.ledger;
}

TEST_P(Decide, SeesAFileThatOnlyItsOwnParseReads) {
  write("src/pay.cpp",
        std::string("#ifdef __FILE_NAME__\n#endif\n#ifdef __clang__\n#include \"only.h\"\n#endif\n") + unit_text);
  write("src/only.h", "#define UNUSED 1\n");
  ASSERT_EQ(compile().status, 0);
  ASSERT_TRUE(compile().kept);
  write("src/only.h", "#define UNUSED 2\n");
  EXPECT_FALSE(compile().kept);
}

TEST_P(Decide, SeesAFileThatWasNotThere) {
  write("src/pay.cpp",
        std::string("#ifdef __clang__\n#if __has_include(\"later.h\")\nint later();\n#endif\n#endif\n") + unit_text);
  ASSERT_EQ(compile().status, 0);
  ASSERT_TRUE(compile().kept);
  write("src/later.h", "");
  EXPECT_FALSE(compile().kept);
}

TEST_P(Decide, SeesALinkThatLeadsElsewhere) {
  const std::string header = "inline int twice(int cents) { return acme_charge(\"me\", cents) * 2; }\n";
  write("src/taken/twice.h", header);
  write("src/left/twice.h", header);
  std::filesystem::create_directory_symlink("taken", "src/now");
  write("src/pay.cpp",
        "#include \"acme.h\"\n#include \"now/twice.h\"\nint pay() { return twice(1) + acme_charge(\"me\", 1); }\n");
  const Result taken = compile();
  ASSERT_EQ(taken.status, 0) << taken.output;
  ASSERT_TRUE(compile().kept);
  std::filesystem::remove("src/now");
  std::filesystem::create_directory_symlink("left", "src/now");
  const Result left = compile("-w");
  EXPECT_FALSE(left.kept);
  EXPECT_TRUE(left == compile_anew("-w")) << left.output;
}

TEST_P(Decide, RefusesAsBeforeFromTheCache) {
  write("tripwire.yaml",
        "version: 1\nplugins: []\nseams: [{function: acme_log}]\ninstrument: {include: [\"src/**\"]}\n");
  write("src/pay.cpp", "int acme_log(const char *format, ...);\nint (*pointer)(const char *, ...) = &acme_log;\n");
  const Result anew = compile_anew();
  ASSERT_EQ(anew.status, 1) << anew.output;
  const Result cold = compile();
  const Result warm = compile();
  EXPECT_TRUE(warm.kept);
  EXPECT_TRUE(cold == anew) << cold.output;
  EXPECT_TRUE(warm == anew) << warm.output;
}

TEST_P(Decide, KeepsThatAllReferencesAreExempt) {
  write("src/pay.cpp", "#include \"acme.h\"\nint size() { return sizeof(acme_charge(\"me\", 1)); }\n");
  const Result anew = compile_anew();
  ASSERT_EQ(anew.status, 0) << anew.output;
  ASSERT_NE(anew.ledger, "");
  ASSERT_EQ(compile().status, 0);
  const Result warm = compile();
  EXPECT_TRUE(warm.kept);
  EXPECT_TRUE(warm == anew) << warm.output;
}

TEST_P(Decide, TakesADamagedEntryForNone) {
  const Result anew = compile_anew();
  ASSERT_EQ(compile().status, 0);
  ASSERT_EQ(entries().size(), 1U);
  const std::string whole = read(entries()[0]);
  for (const std::string &damaged : {whole.substr(0, whole.size() / 2), std::string(), std::string("tripwire edits 1 "),
                                     whole + "more", std::string(whole.rbegin(), whole.rend())}) {
    write(entries()[0], damaged);
    const Result result = compile();
    EXPECT_FALSE(result.kept);
    EXPECT_TRUE(result == anew) << result.output;
    EXPECT_EQ(read(entries()[0]), whole);
  }
}

TEST_P(Decide, KeepsNothingWhenItIsTurnedOff) {
  ASSERT_EQ(compile().status, 0);
  std::filesystem::remove_all("cache of answers/edits");
  ASSERT_EQ(compile_anew().status, 0);
  ASSERT_EQ(shell("'" TRIPWIRE_REWRITE "' --no-cache --compile -- " + compiler() + " -c src/pay.cpp -o pay.o").status,
            0);
  EXPECT_TRUE(entries().empty());
}

TEST_P(Decide, UsesTheBuildsFolderUnlessTheEnvironmentNamesOne) {
  const std::string step =
      "'" TRIPWIRE_REWRITE "' --cache mine --compile -- " + compiler() + " -c src/pay.cpp -o pay.o";
  ASSERT_EQ(shell("env -u TRIPWIRE_CACHE_DIR HOME=\"$PWD\" " + step).status, 0);
  EXPECT_TRUE(exists("mine/edits"));
  std::filesystem::remove_all("mine");
  ASSERT_EQ(shell(step).status, 0);
  EXPECT_FALSE(exists("mine"));
  EXPECT_EQ(entries().size(), 1U);
}

TEST_P(Decide, CompilesWhereNothingCanBeKept) {
  const Result anew = compile_anew();
  write("a file", "");
  const Result result = compile("", "TRIPWIRE_CACHE_DIR='a file/below'");
  EXPECT_TRUE(result == anew) << result.output;
}

TEST_P(Decide, ServesManyStepsAtTheSameTime) {
  const Result anew = compile_anew();
  for (int round = 0; round < 2; ++round) {
    std::vector<std::thread> steps;
    std::vector<Result> results(6);
    for (std::size_t i = 0; i < results.size(); ++i)
      steps.emplace_back([&results, i] { results[i] = compile("", "", "pay" + std::to_string(i) + ".o"); });
    for (std::thread &step : steps)
      step.join();
    for (const Result &result : results) {
      EXPECT_EQ(result.status, 0) << result.output;
      EXPECT_EQ(result.object, anew.object);
    }
    EXPECT_TRUE(round == 0 ||
                std::all_of(results.begin(), results.end(), [](const Result &each) { return each.kept; }));
  }
  EXPECT_EQ(entries().size(), 1U);
}

} // namespace
} // namespace tripwire::tool
