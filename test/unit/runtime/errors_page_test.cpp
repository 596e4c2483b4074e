// docs/errors.md has a section for each violation
#include <tripwire/violation.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace {

TEST(ErrorsPage, HasASectionForEachViolation) {
  std::ifstream file(ERRORS_PAGE);
  ASSERT_TRUE(file.is_open());
  std::stringstream text;
  text << file.rdbuf();
  for (int kind = 0; kind <= static_cast<int>(tripwire::ViolationKind::unknown_seam); ++kind) {
    const std::string name(tripwire::name_of(static_cast<tripwire::ViolationKind>(kind)));
    EXPECT_NE(text.str().find("\n## " + name + "\n"), std::string::npos) << name;
  }
}

} // namespace
