#include "tool/audit.hpp"
#include "workspace.hpp"

namespace tripwire::tool {
namespace {

using Names = std::vector<std::string>;

TEST(SeamSymbols, KnowOtherNamesOfAFunction) {
  EXPECT_EQ(functions_behind("__read_chk"), Names({"__read_chk", "read", "read_chk"}));
  SeamSymbols seams(Lowered::is_another_function);
  for (const char *name :
       {"open", "read", "printf", "scanf", "putc", "stat", "strtol", "basename", "preadv2", "fts_open"})
    seams.add_symbol(name, name);
  for (const char *symbol : {"open64", "__open_2", "__open64_2", "__open"})
    EXPECT_EQ(seams.seam_of(symbol), "open") << symbol;
  EXPECT_EQ(seams.seam_of("preadv64v2"), "preadv2");
  EXPECT_EQ(seams.seam_of("fts64_open"), "fts_open");
  EXPECT_EQ(seams.seam_of("__printf_chk"), "printf");
  EXPECT_EQ(seams.seam_of("__isoc99_scanf"), "scanf");
  EXPECT_EQ(seams.seam_of("__isoc23_strtol"), "strtol");
  EXPECT_EQ(seams.seam_of("_IO_putc"), "putc");
  EXPECT_EQ(seams.seam_of("__xstat64"), "stat");
  EXPECT_EQ(seams.seam_of("__xpg_basename"), "basename");
  for (const char *symbol : {"reader", "fread", "tripwire_seam_read", "puts", "read64_table"})
    EXPECT_EQ(seams.seam_of(symbol), std::nullopt) << symbol;
}

TEST(SeamSymbols, KnowWhatCompilersMakeOfACallWhenToldTo) {
  SeamSymbols seams(Lowered::counts);
  seams.add_symbol("printf", "printf");
  seams.add_symbol("fprintf", "fprintf");
  EXPECT_EQ(seams.seam_of("puts"), "printf");
  EXPECT_EQ(seams.seam_of("putchar"), "printf");
  EXPECT_EQ(seams.seam_of("fwrite"), "fprintf");
  EXPECT_EQ(seams.seam_of("fgets"), std::nullopt);
}

TEST(SeamSymbols, KnowAllSpecialisationsOfATemplateByItsNameAndNothingElse) {
  SeamSymbols seams(Lowered::is_another_function);
  seams.add_template("acme::twice");
  seams.add_template("acme::Box::get");
  EXPECT_EQ(seams.seam_of("_ZN4acme5twiceIiEET_S1_"), "acme::twice");
  EXPECT_EQ(seams.seam_of("_ZN4acme5twiceI4PairIidEEEvT_"), "acme::twice");
  EXPECT_EQ(seams.seam_of("_ZNK4acme3BoxIiE3getEv"), "acme::Box::get");
  EXPECT_EQ(seams.seam_of("_ZN4acme5twiceEPKc"), std::nullopt) << "an overload that is no template";
  EXPECT_EQ(seams.seam_of("_ZNK4acme3BoxIiE3putEv"), std::nullopt);
  EXPECT_EQ(without_arguments("acme::Box<Pair<int, long>>::get"), "acme::Box::get");
}

TEST(SeamSymbols, LeaveOutWhatTheDropInOfATypeAnswers) {
  SeamSymbols seams(Lowered::is_another_function);
  config::Seam type;
  type.kind = config::SeamKind::type;
  type.becomes = "::fake::Gateway";
  type.answers = {"acme::charge"};
  seams.add_template("acme::charge");
  seams.add_template("acme::refund");
  seams.add_answers(type);
  EXPECT_EQ(seams.seam_of("_ZN4acme6chargeIN4fake7GatewayEEEiRT_i"), std::nullopt);
  EXPECT_EQ(seams.seam_of("_ZN4acme6chargeIN4fake7GatewayEEEiRKT_i"), std::nullopt);
  EXPECT_EQ(seams.seam_of("_ZN4acme6chargeINS_6SecureIN4fake7GatewayEEEEEiRT_i"), "acme::charge") << "not as it is";
  EXPECT_EQ(seams.seam_of("_ZN4acme6chargeINS_7GatewayEEEiRT_i"), "acme::charge") << "another type";
  EXPECT_EQ(seams.seam_of("_ZN4acme6refundIN4fake7GatewayEEEiRT_i"), "acme::refund") << "another function";
}

TEST(SeamSymbols, MatchPatternsAgainstQualifiedNames) {
  SeamSymbols seams(Lowered::is_another_function);
  config::Seam all;
  all.pattern = "acme::v1::*";
  all.except = {"acme::v1::version"};
  seams.add_pattern(all);
  config::Seam method;
  method.kind = config::SeamKind::method;
  method.pattern = "acme::Gateway::charge";
  seams.add_pattern(method);
  EXPECT_EQ(seams.seam_of("_ZN4acme2v14sendEi"), "acme::v1::send");
  EXPECT_EQ(seams.seam_of("_ZN4acme2v17versionEv"), std::nullopt);
  EXPECT_EQ(seams.seam_of("_ZN4acme7Gateway6chargeEi"), "acme::Gateway::charge");
  EXPECT_EQ(seams.seam_of("_ZNK4acme7Gateway6chargeEi"), "acme::Gateway::charge");
  EXPECT_EQ(seams.seam_of("_ZN4acme7GatewayC1Ev"), std::nullopt);
  seams.allow("_ZN4acme7Gateway6chargeEi");
  EXPECT_EQ(seams.seam_of("_ZN4acme7Gateway6chargeEi"), std::nullopt);
}

/// Objects that a real compiler made.
class Audit : public BothCompilers {
protected:
  void SetUp() override {
    write("leak.cpp",
          "extern \"C\" int acme_charge(int);\nnamespace shop {\nint order(int n) {\n  return acme_charge(n);\n}\n"
          "inline int fee(int n) {\n  return acme_charge(n) * 2;\n}\nint total(int n) {\n  return fee(n) + 1;\n}\n}\n"
          "int (*table[])(int) = {acme_charge};\n");
    write("clean.cpp", "int tripwire_seam_acme_charge(int);\nint f() { return tripwire_seam_acme_charge(1); }\n");
    seams_.add_symbol("acme_charge", "acme_charge");
  }

  static void build(const std::string &arguments) {
    const ShellResult result = shell(compiler() + " " + arguments);
    ASSERT_EQ(result.status, 0) << result.output;
  }

  AuditReport audit_of(const std::string &file) {
    llvm::Expected<AuditReport> report = audit(file, seams_);
    if (report)
      return std::move(*report);
    ADD_FAILURE() << llvm::toString(report.takeError());
    return {};
  }

  /// "file:line: message" of each leak, the folder left out.
  Names leaks_of(const std::string &file) {
    Names result;
    for (const Diagnostic &leak : describe(audit_of(file)))
      result.push_back(std::filesystem::path(leak.place.file).filename().string() + ":" +
                       std::to_string(leak.place.line) + ": " + leak.message);
    return result;
  }

  SeamSymbols seams_{Lowered::is_another_function};
};
TRIPWIRE_WITH_BOTH_COMPILERS(Audit);

TEST_P(Audit, NamesSymbolFunctionAndLine) {
  for (const std::string level : {"-O0", "-O2"}) {
    build("-g " + level + " -c leak.cpp -o leak.o");
    const Names leaks = leaks_of("leak.o");
    const auto has = [&](const std::string &text) {
      return std::find(leaks.begin(), leaks.end(), text) != leaks.end();
    };
    EXPECT_TRUE(has("leak.cpp:4: seam 'acme_charge' is reached past its wrapper in 'shop::order(int)'"))
        << testing::PrintToString(leaks);
    EXPECT_TRUE(has("leak.cpp:7: seam 'acme_charge' is reached past its wrapper in 'shop::fee(int)'"))
        << testing::PrintToString(leaks);
    EXPECT_TRUE(has("leak.cpp:13: seam 'acme_charge' is reached past its wrapper in 'table'"))
        << testing::PrintToString(leaks);
    EXPECT_EQ(leaks.size(), 3U) << testing::PrintToString(leaks);
  }
}

TEST_P(Audit, NamesTheFunctionWithoutDebugInformation) {
  build("-O0 -c leak.cpp -o leak.o");
  const Names leaks = leaks_of("leak.o");
  ASSERT_EQ(leaks.size(), 3U);
  EXPECT_EQ(leaks[0], "leak.o:0: seam 'acme_charge' is reached past its wrapper in 'shop::fee(int)'");
}

TEST_P(Audit, FindsCallsOfWhatTheObjectDefinesItself) {
  write("own.cpp", "struct Alarm { virtual ~Alarm() {} };\n"
                   "struct Meter { virtual int read(int n) = 0; };\n"
                   "struct Both : Alarm, Meter { int read(int n) override; };\n"
                   "int Both::read(int n) { return n == 0 ? 0 : Both::read(n - 1); }\n"
                   "inline int weak(int n) { return n; }\n"
                   "int strong(Both &both) {\n  return both.Both::read(1);\n}\n"
                   "int call_weak() {\n  return weak(1);\n}\n"
                   "Meter *both() { return new Both; }\n");
  seams_.add_symbol("Both::read", "_ZN4Both4readEi");
  seams_.add_symbol("weak", "_Z4weaki");
  std::vector<std::string> more = {"", "-finstrument-functions", "--coverage"};
  if (!is_gcc())
    more.insert(more.end(), {"-fprofile-instr-generate -fcoverage-mapping", "-fprofile-generate",
                             "-fsanitize-coverage=trace-pc-guard,pc-table"});
  for (const std::string &flags : more) {
    build("-g -O0 -fno-optimize-sibling-calls " + flags + " -c own.cpp -o own.o");
    EXPECT_EQ(leaks_of("own.o"),
              Names({"own.cpp:10: seam 'weak' is reached past its wrapper in 'call_weak()', as symbol '_Z4weaki'",
                     "own.cpp:7: seam 'Both::read' is reached past its wrapper in 'strong(Both&)', as symbol "
                     "'_ZN4Both4readEi'"}))
        << "tables, thunks, the compiler's own accounts and the seam's own code are no leaks: " << flags;
  }
}

TEST_P(Audit, FindsNothingInARewrittenObject) {
  build("-g -c clean.cpp -o clean.o");
  EXPECT_EQ(leaks_of("clean.o"), Names());
}

TEST_P(Audit, LooksIntoEveryMemberOfAnArchiveThinOnesToo) {
  build("-c leak.cpp -o leak.o");
  build("-c clean.cpp -o clean.o");
  for (const std::string flags : {"rcs", "rcsT"}) {
    ASSERT_EQ(shell("rm -f lib.a && ar " + flags + " lib.a clean.o leak.o").status, 0);
    const AuditReport report = audit_of("lib.a");
    EXPECT_EQ(report.objects.size(), 2U);
    ASSERT_EQ(report.leaks.size(), 3U);
    EXPECT_EQ(report.leaks[0].member, "leak.o");
    EXPECT_EQ(describe(report)[0].place.file, "lib.a(leak.o)");
  }
}

TEST_P(Audit, KnowsTheSymbolsOfIntermediateCodeAndSaysSo) {
  build("-O2 -flto -c leak.cpp -o leak.o");
  const AuditReport report = audit_of("leak.o");
  ASSERT_EQ(report.leaks.size(), 1U);
  EXPECT_EQ(report.leaks[0].use.symbol, "acme_charge");
  ASSERT_EQ(describe_limits(report).size(), 1U);
  EXPECT_NE(describe_limits(report)[0].message.find(is_gcc() ? "GCC's intermediate code only"
                                                             : "LLVM's intermediate code only"),
            std::string::npos);
}

TEST_P(Audit, ReadsWeakFunctionsAndRecords) {
  write("weak.cpp", "inline int weak() { return 1; }\nint (*use)() = weak;\nint strong() { return 2; }\n"
                    "__asm__(\".pushsection .tripwire,\\\"\\\",%progbits\\n.ascii \\\"TRIPWIRE "
                    "{\\\\\\\"a\\\\\\\":1}\\\\n\\\"\\n.popsection\");\n");
  for (const std::string flags : {"", "-flto -ffat-lto-objects", "-flto"}) {
    if (is_gcc() && flags == "-flto")
      continue; // rewritten units are compiled with machine code
    build(flags + " -c weak.cpp -o weak.o");
    llvm::Expected<std::vector<ObjectFacts>> objects = read_objects("weak.o");
    ASSERT_TRUE(static_cast<bool>(objects));
    EXPECT_EQ(objects->front().weak_functions, Names({"_Z4weakv"})) << flags;
    EXPECT_EQ(objects->front().records, Names({"TRIPWIRE {\"a\":1}"})) << flags;
  }
}

TEST_P(Audit, FindsCallsInProgramsAndSharedLibraries) {
  write("acme.cpp", "extern \"C\" int acme_charge(int n) { return n; }\n");
  write("main.cpp", "extern \"C\" int acme_charge(int);\nint main(int n, char **) {\n  return acme_charge(n);\n}\n");
  write("wrapper.cpp", "extern \"C\" int acme_charge(int);\nextern \"C\" int tripwire_seam_acme_charge(int n) { return "
                       "acme_charge(n); }\n"
                       "int main(int n, char **) { return tripwire_seam_acme_charge(n); }\n");
  build("-shared -fPIC acme.cpp -o libacme.so");
  const std::string expected = "main.cpp:3: seam 'acme_charge' is reached past its wrapper in 'main'";
  for (const std::string flags : {"main.cpp -L. -lacme", "main.cpp acme.cpp", "-no-pie main.cpp -L. -lacme",
                                  "-fno-plt main.cpp -L. -lacme", "-shared -fPIC main.cpp"}) {
    build("-g -O0 " + flags + " -o prog");
    EXPECT_EQ(leaks_of("prog"), Names({expected})) << flags;
  }
  build("-g -O0 wrapper.cpp acme.cpp -o prog");
  EXPECT_EQ(leaks_of("prog"), Names());
}

TEST_P(Audit, SaysWhatItCannotRead) {
  write("text.o", "no object at all");
  EXPECT_EQ(describe_limits(audit_of("text.o"))[0].message, "is no ELF object and was not looked into");
  llvm::Expected<AuditReport> missing = audit("nowhere.o", seams_);
  ASSERT_FALSE(static_cast<bool>(missing));
  EXPECT_EQ(llvm::toString(missing.takeError()), "nowhere.o: error: cannot be read: No such file or directory\n");
}

TEST_P(Audit, IsACommandOfTheProgram) {
  write("tripwire.yaml", "version: 1\nplugins: []\nseams:\n  - function: acme_charge\n");
  build("-g -O0 -c leak.cpp -o leak.o");
  build("-g -c clean.cpp -o clean.o");
  const ShellResult leaks = shell("'" TRIPWIRE_REWRITE "' --audit leak.o clean.o");
  EXPECT_EQ(leaks.status, 1);
  EXPECT_NE(leaks.output.find("leak.cpp:4: error: seam 'acme_charge' is reached past its wrapper in "
                              "'shop::order(int)'\n    4 |   return acme_charge(n);\n"),
            std::string::npos)
      << leaks.output;
  EXPECT_EQ(shell("'" TRIPWIRE_REWRITE "' --audit clean.o").status, 0);
  EXPECT_EQ(shell("'" TRIPWIRE_REWRITE "' --audit").status, 2);
  EXPECT_EQ(shell("'" TRIPWIRE_REWRITE "' --audit nowhere.o").status, 1);
}

} // namespace
} // namespace tripwire::tool
