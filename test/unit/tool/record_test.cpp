// a record, to its line in an object and back
#include "tool/record.hpp"

#include "tool/render.hpp"

#include "workspace.hpp"

namespace tripwire::tool {
namespace {

Record sample() {
  Record record;
  record.version = "1.2.3";
  record.fingerprint = "00ff";
  record.unit = "src/a \"b\" \\ \xc3\xbc.cpp";
  record.language = Language::c;
  record.directory = "/build dir";
  record.flags = {"-I", "x y", "-DNAME=\"quoted\""};
  record.standard = "";
  record.inlines = {"_Z1fv"};
  record.edits_headers = true;
  RecordedSeam seam;
  seam.usr = "c:@F@open";
  seam.name = "open";
  seam.headers = {{"fcntl.h", true}};
  seam.c_unit = true;
  seam.wrappers = {{{false, true, "ip"}, 3}, {{true, false, ""}, 1}};
  record.seams = {seam};
  return record;
}

TEST(RecordLine, ReadsBackAsItWasWritten) {
  const std::string line = to_line(sample());
  llvm::Expected<Record> read = read_record(line, "a.o");
  ASSERT_TRUE(static_cast<bool>(read));
  EXPECT_EQ(to_line(*read), line);
  EXPECT_EQ(read->unit, sample().unit);
  EXPECT_EQ(read->seams[0].wrappers, sample().seams[0].wrappers);
}

TEST(RecordLine, IsRefusedWhenItIsNoneOfOurs) {
  for (const char *line : {"", "TRIPWIRE {}", "TRIPWIRE {\"format\":99}", "noise"}) {
    llvm::Expected<Record> read = read_record(line, "a.o");
    ASSERT_FALSE(static_cast<bool>(read)) << line;
    EXPECT_NE(llvm::toString(read.takeError()).find("a.o: error: the record in section .tripwire"), std::string::npos);
  }
}

class RecordInObject : public BothCompilers {};

TEST_P(RecordInObject, ComesBackOutOfTheObjectWhole) {
  write("a.ii", "int x;\n" + record_as_assembler(to_line(sample())) + "\n");
  const ShellResult compiled = shell(compiler() + " -Wall -Wextra -Wpedantic -Werror -c a.ii -o a.o");
  ASSERT_EQ(compiled.status, 0) << compiled.output;
  shell("objcopy -O binary --only-section=.tripwire --set-section-flags .tripwire=alloc a.o a.bin");
  EXPECT_EQ(read("a.bin"), "TRIPWIRE " + to_line(sample()) + "\n");
}

TRIPWIRE_WITH_BOTH_COMPILERS(RecordInObject);

} // namespace
} // namespace tripwire::tool
