#include "tool/delta.hpp"
#include "tool/edit_cache.hpp"
#include "tool/packed.hpp"
#include "workspace.hpp"

#include <sys/stat.h>
#include <thread>

namespace tripwire::tool {
namespace {

// Values and texts

TEST(Packed, GivesBackWhatWasPacked) {
  Packer packer;
  packer.number(0);
  packer.number(~std::uint64_t{0});
  packer.text(std::string("a\0\xff", 3));
  packer.texts({"", "b"});
  Unpacker unpacker(packer.bytes());
  EXPECT_EQ(unpacker.number(), 0U);
  EXPECT_EQ(unpacker.number(), ~std::uint64_t{0});
  EXPECT_EQ(unpacker.text().str(), std::string("a\0\xff", 3));
  EXPECT_EQ(unpacker.texts(), (std::vector<std::string>{"", "b"}));
  EXPECT_FALSE(unpacker.failed());
}

TEST(Packed, FailsOnEveryCutAndOnBytesThatAreLeft) {
  Packer packer;
  packer.text("some text");
  packer.texts({"a", "b"});
  packer.number(300);
  const auto reads = [](const std::string &bytes) {
    Unpacker unpacker(bytes);
    static_cast<void>(unpacker.text());
    static_cast<void>(unpacker.texts());
    static_cast<void>(unpacker.number());
    return !unpacker.failed();
  };
  EXPECT_TRUE(reads(packer.bytes()));
  EXPECT_FALSE(reads(packer.bytes() + "x"));
  for (std::size_t size = 0; size < packer.bytes().size(); ++size)
    EXPECT_FALSE(reads(packer.bytes().substr(0, size))) << size;
}

TEST(Packed, TakesNoCountThatIsLargerThanWhatFollows) {
  Packer packer;
  packer.number(std::uint64_t{1} << 60);
  Unpacker unpacker(packer.bytes());
  EXPECT_TRUE(unpacker.texts().empty());
  EXPECT_TRUE(unpacker.failed());
}

struct Texts {
  std::string old;
  std::string made;
};

class Delta : public testing::TestWithParam<Texts> {};

TEST_P(Delta, GivesTheTextThatWasMade) {
  EXPECT_EQ(with_delta(GetParam().old, delta(GetParam().old, GetParam().made)), GetParam().made);
}

INSTANTIATE_TEST_SUITE_P(, Delta,
                         testing::Values(Texts{"", ""}, Texts{"", "a\nb"}, Texts{"a\n", ""},
                                         Texts{"int a_long_line;\n}\n}\n", "int a_long_line;\n}\n}\n"},
                                         Texts{"first_line_of_it\nsecond_line_of_it\nthird_line_of_it\n",
                                               "first_line_of_it\n2nd\nthird_line_of_it\nand more"},
                                         Texts{"a_line_that_repeats\nx\na_line_that_repeats\ny\n",
                                               "a_line_that_repeats\na_line_that_repeats\nz\na_line_that_repeats\ny\n"},
                                         Texts{"without an end", "without an end\n"}));

TEST(DeltaOfAnEdit, HoldsLittleMoreThanTheEdit) {
  std::string old;
  for (unsigned line = 0; line < 1000; ++line)
    old += "int variable_number_" + std::to_string(line) + " = close(3);\n";
  std::string made = old;
  made.replace(made.find("close(3)", 10000), 5, "tripwire_seam_close");
  std::size_t added = 0;
  for (const Piece &piece : delta(old, made))
    added += piece.added.size();
  EXPECT_LT(added, 60U);
}

TEST(DeltaOfAnotherText, IsNone) {
  const std::string made = "int a_long_line_of_the_text;\n";
  EXPECT_EQ(with_delta("short", delta(made, made)), std::nullopt);
}

// The folder

class Cache : public WorkspaceTest {
protected:
  static constexpr const char *key = "0123456789abcdef";
  [[nodiscard]] static std::string entry() { return std::string("cache/edits/0/") + key + ".edits"; }
};

TEST_F(Cache, GivesBackTheVeryBytes) {
  const EditCache cache("cache");
  const std::string bytes("a\0\n\xff", 4);
  EXPECT_EQ(cache.find(key), std::nullopt);
  cache.keep(key, bytes);
  EXPECT_EQ(cache.find(key), bytes);
  EXPECT_EQ(names_in("cache/edits/0"), (std::vector<std::string>{std::string(key) + ".edits"}));
}

TEST_F(Cache, KeepsNothingWithoutAFolder) {
  const EditCache cache("");
  cache.keep(key, "bytes");
  EXPECT_EQ(cache.find(key), std::nullopt);
  EXPECT_EQ(names_in("."), std::vector<std::string>());
}

TEST_F(Cache, TakesNoEntryThatWasCutChangedOrRenamed) {
  const EditCache cache("cache");
  cache.keep(key, "some bytes that matter");
  const std::string whole = read(entry());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write(entry(), whole.substr(0, size));
    EXPECT_EQ(cache.find(key), std::nullopt) << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    write(entry(), changed);
    EXPECT_EQ(cache.find(key), std::nullopt) << at;
  }
  write("cache/edits/0/0000.edits", whole);
  EXPECT_EQ(cache.find("0000"), std::nullopt);
  cache.keep(key, "again");
  EXPECT_EQ(cache.find(key), "again");
}

TEST_F(Cache, IsNoErrorWhereNothingCanBeWritten) {
  write("cache", "a file where the folder should be");
  const EditCache cache("cache");
  cache.keep(key, "bytes");
  EXPECT_EQ(cache.find(key), std::nullopt);
  const EditCache full("/dev/full");
  full.keep(key, "bytes");
  EXPECT_EQ(full.find(key), std::nullopt);
}

TEST_F(Cache, IsNoErrorWhereAnEntryIsAFolderOrAPipe) {
  const EditCache cache("cache");
  std::filesystem::create_directories(entry());
  cache.keep(key, "bytes");
  EXPECT_EQ(cache.find(key), std::nullopt);
  std::filesystem::remove(entry());
  ASSERT_EQ(mkfifo(entry().c_str(), 0600), 0);
  EXPECT_EQ(cache.find(key), std::nullopt);
}

TEST_F(Cache, DropsWhatWasNotUsedForLongestWhenItIsFull) {
  const EditCache cache("cache", 16 * 1000);
  const auto named = [](unsigned i) { return "0" + std::to_string(i); };
  for (unsigned i = 0; i < 6; ++i) {
    cache.keep(named(i), std::string(80, 'x'));
    std::filesystem::last_write_time("cache/edits/0/" + named(i) + ".edits",
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(10 - i));
  }
  EXPECT_TRUE(cache.find(named(0)).has_value()); // used now
  for (unsigned i = 6; i < 10; ++i)
    cache.keep(named(i), std::string(80, 'x'));
  EXPECT_TRUE(cache.find(named(0)).has_value());
  EXPECT_EQ(cache.find(named(1)), std::nullopt);
  EXPECT_TRUE(cache.find(named(9)).has_value());
  std::uintmax_t size = 0;
  for (const auto &each : std::filesystem::directory_iterator("cache/edits/0"))
    size += each.file_size();
  EXPECT_LE(size, 1000U);
}

TEST_F(Cache, RemovesWhatKilledProcessesLeft) {
  write("cache/edits/0/0abc.77", "half");
  std::filesystem::last_write_time("cache/edits/0/0abc.77",
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  write("cache/edits/0/0abc.78", "another process writes this one now");
  EditCache("cache").keep(key, "bytes");
  EXPECT_FALSE(exists("cache/edits/0/0abc.77"));
  EXPECT_TRUE(exists("cache/edits/0/0abc.78"));
}

} // namespace
} // namespace tripwire::tool
