// A main of the user's own, without GoogleTest's printer: one line per failure.
#include <gtest/gtest.h>

#include <cstdio>

namespace {

class Terse : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult &result) override {
    if (result.failed()) {
      std::printf("failed: %s\n", result.message());
    }
  }
  void OnTestEnd(const testing::TestInfo &test) override {
    std::printf("%s.%s %s\n", test.test_suite_name(), test.name(), test.result()->Passed() ? "passed" : "failed");
  }
};

} // namespace

int main(int argc, char **argv) {
  testing::InitGoogleTest(&argc, argv);
  testing::TestEventListeners &listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new Terse);
  return RUN_ALL_TESTS();
}
