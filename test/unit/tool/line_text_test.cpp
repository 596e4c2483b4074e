// preprocessed text + a file's line --(line_text)--> the text that the compiler gets for that line
#include "tool/line_text.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

std::string line(const std::string &text, const std::string &file, unsigned number) {
  return text_of_line(text, number, [&](const std::string &name) { return name == file; });
}

constexpr const char *sample = "# 1 \"a.cpp\"\n"
                               "int one;\n"
                               "# 1 \"a.h\" 1\n"
                               "int   in_header;\n"
                               "# 2 \"a.cpp\" 2\n"
                               "int two =\n"
                               "# 2 \"a.cpp\" 3 4\n"
                               "      __null\n"
                               "# 2 \"a.cpp\"\n"
                               "      ;\n"
                               "\n"
                               "int four;\n"
                               "# 1 \"a.h\" 1\n"
                               "int again;\n"
                               "# 5 \"a.cpp\" 2\n";

TEST(LineText, ALineIsPutTogetherFromItsPieces) { EXPECT_EQ(line(sample, "a.cpp", 2), "int two = __null ;"); }

TEST(LineText, FilesAreToldApart) {
  EXPECT_EQ(line(sample, "a.cpp", 1), "int one;");
  EXPECT_EQ(line(sample, "a.h", 1), "int in_header;");
}

TEST(LineText, AnEmptyLineHasNoText) { EXPECT_EQ(line(sample, "a.cpp", 3), ""); }

} // namespace
} // namespace tripwire::tool
