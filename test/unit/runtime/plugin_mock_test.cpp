// What a plugin's mock that chooses by fields answers, and what it says of itself.
#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

#include <gtest/gtest.h>

#include <cerrno>

namespace {

using tripwire::matcher_for;
using tripwire::plugin::Description;
using tripwire::plugin::FieldMock;

Description parcel(const std::string &address, int weight) {
  Description call;
  call.field("address", address).field("weight", weight).secret("content");
  return call;
}

struct ParcelMock : FieldMock {
  ParcelMock() : FieldMock("mock_parcel") { expect("address", matcher_for<std::string>("Oslo")); }
};

TEST(FieldMock, AnswersCallsWhoseFieldsAllMatch) {
  ParcelMock mock;
  EXPECT_TRUE(mock.matches(parcel("Oslo", 3)));
  EXPECT_FALSE(mock.matches(parcel("Bergen", 3)));
  mock.only("weight", matcher_for<int>(tripwire::at_most(2)));
  EXPECT_FALSE(mock.matches(parcel("Oslo", 3)));
  EXPECT_TRUE(mock.matches(parcel("Oslo", 2)));
}

TEST(FieldMock, MatchesNoCallThatLacksTheFieldOrKeepsItSecret) {
  ParcelMock mock;
  mock.only("content", matcher_for<std::string>("gold"));
  EXPECT_FALSE(mock.matches(parcel("Oslo", 3)));
  EXPECT_FALSE(mock.matches(Description()));
}

TEST(FieldMock, SaysWhatItWaitsFor) {
  ParcelMock mock;
  EXPECT_EQ(mock.describe(), "mock_parcel(\"Oslo\")");
  mock.only("weight", matcher_for<int>(2));
  mock.only("weight", matcher_for<int>(4));
  EXPECT_EQ(mock.describe(), "mock_parcel(\"Oslo\").weight(4)");
}

TEST(FieldMock, ComparesFieldByField) {
  ParcelMock mock;
  mock.only("weight", matcher_for<int>(2));
  mock.only("content", matcher_for<std::string>("gold"));
  const auto differences = mock.compare(parcel("Bergen", 2));
  ASSERT_EQ(differences.size(), 3U);
  EXPECT_EQ(differences[0].expected, "\"Oslo\"");
  EXPECT_EQ(differences[0].got, "\"Bergen\"");
  EXPECT_FALSE(differences[0].matches);
  EXPECT_EQ(differences[1].got, "2");
  EXPECT_TRUE(differences[1].matches);
  EXPECT_EQ(differences[2].got, "nothing");
  EXPECT_FALSE(differences[2].matches);
}

struct Answer : tripwire::plugin::MockWords<Answer> {
  explicit Answer(tripwire::plugin::Mock &mock) : MockWords(mock) {}
};

TEST(MockWords, TellTheMock) {
  ParcelMock mock;
  Answer answer(mock);
  EXPECT_TRUE(mock.required());
  EXPECT_EQ(&answer.optional(), &answer);
  EXPECT_FALSE(mock.required());
  answer.required(true).times(0);
  EXPECT_TRUE(mock.required());
  EXPECT_TRUE(mock.exhausted());
  answer.always();
  EXPECT_FALSE(mock.exhausted());
}

TEST(Literal, IsOneLineWithExactlyThatText) {
  EXPECT_EQ(tripwire::plugin::literal("plain"), "\"plain\"");
  EXPECT_EQ(tripwire::plugin::literal("a \"b\"\n"), R"("a \"b\"\n")");
}

bool accepts(const tripwire::Matcher &matcher, const std::string &name) {
  return matcher.matches(tripwire::AnyValue(name).view());
}

// 47
TEST(FileNames, AreOneInAllSpellings) {
  using tripwire::plugin::file_name;
  using tripwire::plugin::is_file;
  EXPECT_EQ(file_name("/etc/./garden//beds/../plan"), "/etc/garden/plan");
  EXPECT_EQ(file_name("/"), "/");
  EXPECT_EQ(file_name("plan"), file_name(file_name("./plan")));
  EXPECT_EQ(file_name("plan").front(), '/');
  EXPECT_TRUE(accepts(is_file("plan"), "beds/../plan"));
  EXPECT_TRUE(accepts(is_file("plan"), file_name("plan")));
  EXPECT_FALSE(accepts(is_file("plan"), "/plan"));
  EXPECT_TRUE(accepts(is_file("/a*b"), "/a*b"));
  EXPECT_FALSE(accepts(is_file("/a*b"), "/aab"));
  EXPECT_FALSE(is_file("/plan").matches(tripwire::AnyValue(3).view()));
}

TEST(PluginNames, NumbersAndBitsAreTheConstantsOfTheLibrary) {
  static constexpr tripwire::plugin::Named names[] = {{0, "NONE"}, {3, "BOTH"}, {1, "ONE"}, {2, "TWO"}, {4, "FOUR"}};
  EXPECT_EQ(tripwire::plugin::name_of_number(2, names), "TWO");
  EXPECT_EQ(tripwire::plugin::name_of_number(-7, names), "-7");
  EXPECT_EQ(tripwire::plugin::names_of_bits(0, names), "0");
  EXPECT_EQ(tripwire::plugin::names_of_bits(6, names), "TWO | FOUR");
  EXPECT_EQ(tripwire::plugin::names_of_bits(7, names), "BOTH | FOUR");
  EXPECT_EQ(tripwire::plugin::names_of_bits(9, names), "ONE | 8");
}

TEST(PluginNames, ErrorsAreThoseOfErrno) {
  EXPECT_EQ(tripwire::plugin::name_of_errno(ECONNREFUSED), "ECONNREFUSED");
  EXPECT_EQ(tripwire::plugin::name_of_errno(EWOULDBLOCK), "EAGAIN");
  EXPECT_EQ(tripwire::plugin::name_of_errno(-ENOENT), "ENOENT");
  EXPECT_EQ(tripwire::plugin::name_of_errno(-4095), "-4095");
}

constexpr tripwire::plugin::Manifest files_manifest{"files"};

class Files final : public tripwire::plugin::Plugin {
public:
  Files() : Plugin(files_manifest, "<files.hpp>") {}
  std::string mock_line(const Description &) const override { return {}; }
  std::string assert_line(const Description &) const override { return {}; }
};

// 46, 48
TEST(FileNames, AreChosenByGlobsAsInRules) {
  using tripwire::plugin::is_file_like;
  const Files files;
  const tripwire::Place place = tripwire::Place::here();
  EXPECT_TRUE(accepts(is_file_like("/tmp/*", files, place), "/tmp/./plan"));
  EXPECT_FALSE(accepts(is_file_like("/tmp/*", files, place), "/tmp/garden/plan"));
  EXPECT_TRUE(accepts(is_file_like("/tmp/**", files, place), "/tmp/garden/plan"));
  EXPECT_TRUE(accepts(is_file_like("*.txt", files, place), "plan.txt"));
  try {
    is_file_like("/tmp/*/../plan", files, place);
    ADD_FAILURE() << "it names nothing";
  } catch (const tripwire::Violation &violation) {
    EXPECT_NE(std::string(violation.what()).find("which names nothing"), std::string::npos) << violation.what();
  }
}

} // namespace
