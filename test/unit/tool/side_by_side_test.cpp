// pieces of work --(side_by_side)--> answers in order, whatever happens to one of them
#include "tool/side_by_side.hpp"

#include "gtest/gtest.h"

#include <cstdlib>
#include <unistd.h>
#include <vector>

namespace tripwire::tool {
namespace {

std::vector<llvm::json::Value> answers_of(std::size_t count, llvm::function_ref<llvm::json::Value(std::size_t)> work) {
  std::vector<llvm::json::Value> answers;
  std::size_t told = 0;
  const auto take = [&](std::size_t piece, const llvm::json::Value &answer) {
    EXPECT_EQ(piece, answers.size());
    answers.push_back(answer);
  };
  const auto progress = [&](std::size_t done, std::size_t) { EXPECT_EQ(done, ++told); };
  llvm::Error error = side_by_side({count, work, take, progress});
  EXPECT_FALSE(static_cast<bool>(error));
  EXPECT_EQ(told, count);
  return answers;
}

TEST(SideBySide, AnswersComeInOrderAlthoughTheFirstIsTheLastToBeDone) {
  const auto answers = answers_of(5, [](std::size_t piece) -> llvm::json::Value {
    if (piece == 0)
      usleep(50000);
    return static_cast<std::int64_t>(piece);
  });
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_EQ(answers[i].getAsInteger(), static_cast<std::int64_t>(i));
}

TEST(SideBySide, AnAnswerMayBeLongerThanAPipe) {
  const auto answers = answers_of(2, [](std::size_t) -> llvm::json::Value { return std::string(1 << 20, 'x'); });
  EXPECT_EQ(answers[1].getAsString()->size(), std::size_t{1} << 20);
}

TEST(SideBySide, ACrashCostsOnePiece) {
  const auto answers = answers_of(3, [](std::size_t piece) -> llvm::json::Value {
    if (piece == 1)
      std::_Exit(3);
    return "here";
  });
  EXPECT_EQ(answers[0].getAsString(), "here");
  EXPECT_EQ(answers[1].kind(), llvm::json::Value::Null);
  EXPECT_EQ(answers[2].getAsString(), "here");
}

TEST(SideBySide, NothingToDoIsDoneAtOnce) {
  EXPECT_TRUE(answers_of(0, [](std::size_t) -> llvm::json::Value { return nullptr; }).empty());
}

} // namespace
} // namespace tripwire::tool
