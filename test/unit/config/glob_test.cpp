// the globs of `instrument:`, and which files answer to them.
#include "reading.hpp"

#include <cstdlib>

using namespace reading;
using config::path_matches;

TEST(Glob, OneStarStaysWithinOneFolder) {
  EXPECT_TRUE(path_matches("src/*.cpp", "src/a.cpp"));
  EXPECT_FALSE(path_matches("src/*.cpp", "src/b/a.cpp"));
  EXPECT_FALSE(path_matches("*", "src/a.cpp"));
  EXPECT_TRUE(path_matches("src/?.c", "src/a.c"));
}

TEST(Glob, TwoStarsSpanFolders) {
  EXPECT_TRUE(path_matches("src/**", "src/a.cpp"));
  EXPECT_TRUE(path_matches("src/**", "src/b/c/a.cpp"));
  EXPECT_FALSE(path_matches("src/**", "lib/src/a.cpp"));
  EXPECT_TRUE(path_matches("**/src/**", "src/a.cpp"));
  EXPECT_TRUE(path_matches("**/*.cpp", "a.cpp"));
  EXPECT_TRUE(path_matches("src/**/detail/*.h", "src/a/b/detail/x.h"));
  EXPECT_FALSE(path_matches("src/**/detail/*.h", "src/a/b/x.h"));
}

TEST(Glob, AFoldersNameNamesWhatIsInIt) {
  EXPECT_TRUE(path_matches("src", "src/b/a.cpp"));
  EXPECT_TRUE(path_matches("./src/", "src/a.cpp"));
  EXPECT_FALSE(path_matches("src", "srcs/a.cpp"));
  EXPECT_FALSE(path_matches("src/*", "src/b/a.cpp"));
}

TEST(Glob, WildcardsStayInside) {
  EXPECT_FALSE(path_matches("**", "../a.cpp"));
  EXPECT_FALSE(path_matches("*/a.cpp", "../a.cpp"));
  EXPECT_TRUE(path_matches("../lib/**", "../lib/a.cpp"));
  EXPECT_TRUE(path_matches("x/../src/**", "src/a.cpp"));
}

TEST(Glob, AGlobThatCanNameNoFileIsAnError) {
  EXPECT_EQ(wrong_in("instrument: {include: ['src\\**']}\n"),
            "tripwire.yaml:2:24: error: folders are parted by '/' in a glob, and 'src\\**' has a '\\'\n");
  EXPECT_EQ(wrong_in("instrument: {exclude: [\"a*/../b\"]}\n"),
            "tripwire.yaml:2:24: error: '..' cannot follow a wildcard in 'a*/../b'\n");
  EXPECT_EQ(wrong_in("instrument: {include: [\".\"]}\n"),
            "tripwire.yaml:2:24: error: '.' names no file; write '**' for everything below this folder\n");
  EXPECT_EQ(
      wrong_in("instrument: {include: []}\n"),
      "tripwire.yaml:2:14: error: 'include' names nothing; take it out to include every file of a rewritten target\n");
}

namespace {

config::Configuration configured(const Folder &folder, const std::string &instrument) {
  std::string file = folder.write("tripwire.yaml", "version: 1\ninstrument: " + instrument + "\n");
  config::Read<config::Configuration> read = config::load(file, {});
  EXPECT_TRUE(read.value) << all(read.diagnostics);
  return *read.value;
}

} // namespace

TEST(Instrumented, IncludeAndExcludeDecide) {
  Folder folder;
  config::Configuration it = configured(folder, "{include: [\"src/**\"], exclude: [\"src/third_party/**\"]}");
  EXPECT_TRUE(instrumented(it, folder.path("src/a.cpp")));
  EXPECT_FALSE(instrumented(it, folder.path("src/third_party/b.cpp")));
  EXPECT_FALSE(instrumented(it, folder.path("lib/c.cpp")));
  EXPECT_FALSE(instrumented(it, "/usr/include/stdio.h"));
}

TEST(Instrumented, WithoutIncludeEveryFileIsWhereverItStands) {
  Folder folder;
  config::Configuration it = configured(folder, "{exclude: [gen]}");
  EXPECT_TRUE(instrumented(it, folder.path("a.cpp")));
  EXPECT_TRUE(instrumented(it, folder.path("x/y/a.cpp")));
  EXPECT_FALSE(instrumented(it, folder.path("gen/a.cpp")));
  EXPECT_TRUE(instrumented(it, "/elsewhere/a.cpp"));
}

TEST(Instrumented, APathIsNormalisedFirst) {
  Folder folder;
  config::Configuration it = configured(folder, "{include: [\"src/**\"]}");
  EXPECT_TRUE(instrumented(it, folder.path("lib/../src/./a.cpp")));
  EXPECT_FALSE(instrumented(it, folder.path("src/../lib/a.cpp")));
}

TEST(Instrumented, ASymbolicLinkToTheProjectIsTheProject) {
  Folder folder, elsewhere;
  folder.write("src/a.cpp", "");
  config::Configuration it = configured(folder, "{include: [\"src/**\"]}");
  fs::create_directory_symlink(folder.path(), elsewhere.path("link"));
  EXPECT_TRUE(instrumented(it, elsewhere.path("link/src/a.cpp")));
  config::Read<config::Configuration> through_link = config::load(elsewhere.path("link/tripwire.yaml"), {});
  ASSERT_TRUE(through_link.value);
  EXPECT_TRUE(instrumented(*through_link.value, folder.path("src/a.cpp")));
  EXPECT_TRUE(instrumented(*through_link.value, elsewhere.path("link/src/a.cpp")));
}

TEST(Instrumented, ALinkInsideTheProjectCountsAsWhereItIsSeen) {
  Folder folder, elsewhere;
  elsewhere.write("shared/a.cpp", "");
  config::Configuration it = configured(folder, "{include: [\"src/**\"]}");
  fs::create_directories(folder.path("src"));
  fs::create_directory_symlink(elsewhere.path("shared"), folder.path("src/shared"));
  EXPECT_TRUE(instrumented(it, folder.path("src/shared/a.cpp")));
}

TEST(Instrumented, AnAbsoluteGlobNamesFilesWhereverTheConfigurationIs) {
  Folder folder;
  config::Configuration it = configured(folder, "{include: [\"src/**\", \"/usr/include/asio/**\"]}");
  EXPECT_TRUE(instrumented(it, "/usr/include/asio/detail/x.hpp"));
  EXPECT_FALSE(instrumented(it, "/usr/include/asio.hpp"));
  EXPECT_FALSE(path_matches("/usr/**", "usr/a.h"));
  EXPECT_FALSE(path_matches("usr/**", "/usr/a.h"));
}

TEST(Instrumented, ASystemHeaderHasToBeNamed) {
  Folder folder;
  EXPECT_FALSE(instrumented_by_name(configured(folder, "{exclude: [gen]}"), "/usr/include/stdio.h"));
  config::Configuration it =
      configured(folder, "{include: [\"/usr/include/asio/**\"], exclude: [\"/usr/**/detail/**\"]}");
  EXPECT_TRUE(instrumented_by_name(it, "/usr/include/asio/x.hpp"));
  EXPECT_FALSE(instrumented_by_name(it, "/usr/include/asio/detail/x.hpp"));
  EXPECT_FALSE(instrumented_by_name(it, "/usr/include/stdio.h"));
}

TEST(UnmatchedGlob, AnAbsoluteOneIsLookedForFromTheRoot) {
  Folder folder;
  folder.write("src/a.cpp", "");
  std::string there = folder.path("src"), file = folder.path("tripwire.yaml");
  EXPECT_EQ(all(unmatched_globs(configured(folder, "{include: [\"" + there + "/*.cpp\"]}"))), "");
  EXPECT_EQ(all(unmatched_globs(configured(folder, "{include: [\"" + folder.path("scr") + "/**\"]}"))),
            file + ":2:24: error: no file matches '" + folder.path("scr") + "/**'; did you mean 'src'?\n");
}

TEST(UnmatchedGlob, IsReportedWithItsPlaceAndTheNearestName) {
  Folder folder;
  folder.write("src/a.cpp", "");
  config::Configuration it = configured(folder, "{include: [\"src/**\", \"scr/**\"], exclude: [\"src/*.c\"]}");
  std::string file = folder.path("tripwire.yaml");
  EXPECT_EQ(all(unmatched_globs(it)), file + ":2:34: error: no file matches 'scr/**'; did you mean 'src'?\n" + file +
                                          ":2:55: warning: no file matches 'src/*.c': it excludes nothing\n");
}

TEST(UnmatchedGlob, NoGlobAtAllMatchesNothingInSilence) {
  Folder folder;
  EXPECT_EQ(all(unmatched_globs(configured(folder, "{}"))), "");
}

TEST(UnmatchedGlob, BuildTreesAndVersionControlAreNotWalkedUnlessTheyAreNamed) {
  Folder folder;
  folder.write(".git/x.cpp", "");
  folder.write("out/CMakeCache.txt", "");
  folder.write("out/gen/y.cpp", "");
  config::Configuration it = configured(folder, "{include: [\"**/x.cpp\", \"**/y.cpp\", \"out/gen/**\"]}");
  std::string file = folder.path("tripwire.yaml");
  EXPECT_EQ(all(unmatched_globs(it)),
            file + ":2:24: error: no file matches '**/x.cpp'\n" + file + ":2:36: error: no file matches '**/y.cpp'\n");
}

TEST(UnmatchedGlob, AFileAndAFolderAndAParentMayBeNamed) {
  Folder folder;
  folder.write("lib/a.cpp", "");
  folder.write("project/src/b.cpp", "");
  std::string file =
      folder.write("project/tripwire.yaml", "version: 1\ninstrument: {include: [src, src/b.cpp, \"../lib/*.cpp\"]}\n");
  config::Read<config::Configuration> read = config::load(file, {});
  ASSERT_TRUE(read.value) << all(read.diagnostics);
  EXPECT_EQ(all(unmatched_globs(*read.value)), "");
  EXPECT_TRUE(instrumented(*read.value, folder.path("lib/a.cpp")));
}

TEST(CompiledBySymbol, AGlobNamesTheSourceOrNothing) {
  Folder folder;
  folder.write("src/odd.c", "");
  std::string file =
      folder.write("tripwire.yaml", "version: 1\nunits: [{files: [src/odd.c, src/even.c], mode: symbol}]\n");
  config::Read<config::Configuration> read = config::load(file, {});
  ASSERT_TRUE(read.value);
  EXPECT_TRUE(compiled_by_symbol(*read.value, folder.path("src/odd.c")));
  EXPECT_FALSE(compiled_by_symbol(*read.value, folder.path("src/other.c")));
  EXPECT_EQ(all(unmatched_globs(*read.value)), file + ":2:29: error: no file matches 'src/even.c'\n");
}

// 51
TEST(FindNearest, WalksUpwards) {
  ::unsetenv("TRIPWIRE_CONFIG");
  Folder folder;
  std::string outer = folder.write("tripwire.yaml", "version: 1\n");
  std::string inner = folder.write("a/b/tripwire.yaml", "version: 1\n");
  fs::create_directories(folder.path("a/b/c/d"));
  EXPECT_EQ(config::find_nearest(folder.path("a/b/c/d")), inner);
  EXPECT_EQ(config::find_nearest(folder.path("a/b")), inner);
  EXPECT_EQ(config::find_nearest(folder.path("a")), outer);
  EXPECT_EQ(config::find_nearest("/"), std::nullopt);
}

TEST(FindNearest, TheEnvironmentOverrides) {
  Folder folder;
  folder.write("tripwire.yaml", "version: 1\n");
  ::setenv("TRIPWIRE_CONFIG", "/elsewhere/other.yaml", 1);
  EXPECT_EQ(config::find_nearest(folder.path()), "/elsewhere/other.yaml");
  ::setenv("TRIPWIRE_CONFIG", "", 1);
  EXPECT_EQ(config::find_nearest(folder.path()), folder.path("tripwire.yaml"));
  ::unsetenv("TRIPWIRE_CONFIG");
}
