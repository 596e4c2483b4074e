// `layers:` of tripwire.yaml and `layer:` of a manifest --> which files are a library's own.
#include "reading.hpp"

using namespace reading;
using config::Layers;

namespace {

config::Configuration project(const Folder &folder, const std::string &layers) {
  const std::string file = folder.write("project/tripwire.yaml", "version: 1\n" + layers);
  auto read = config::load(file, {plugins().path()});
  EXPECT_TRUE(read.value) << all(read.diagnostics);
  return *read.value;
}

std::string wrong_manifest(const std::string &text) {
  return all(config::load_manifest_text("version: 1\nplugin: p\n" + text, "seams.yaml", "p").diagnostics);
}

} // namespace

// 67
TEST(Layers, TheCallAroundHasTheCallsOfItsCodeUnlessTheProjectAsksForBoth) {
  EXPECT_EQ(right("version: 1\n").layers, Layers::outer);
  EXPECT_EQ(right("version: 1\nlayers: outer\n").layers, Layers::outer);
  EXPECT_EQ(right("version: 1\nlayers: both\n").layers, Layers::both);
}

TEST(Layers, WhatTheyCannotBeIsAnError) {
  EXPECT_EQ(wrong_in("layers: bth\n"),
            "tripwire.yaml:2:9: error: 'layers' is 'outer' or 'both', or a map of plugins to "
            "files, not 'bth'; did you mean 'both'?\n");
  EXPECT_EQ(wrong_in("layers: [http]\n"), "tripwire.yaml:2:9: error: 'layers' wants text, not a list\n");
  EXPECT_EQ(wrong_in("layers: {htp: [a]}\n"),
            "tripwire.yaml:2:10: error: unknown plugin 'htp'; did you mean 'http'?\n"
            "tripwire.yaml:2:10: note: 'layers' has 'file_io', 'http', 'sqlite' and 'mock'\n");
  EXPECT_EQ(wrong_in("layers: {http: ['a\\b']}\n"),
            "tripwire.yaml:2:17: error: folders are parted by '/' in a glob, and 'a\\b' has a '\\'\n");
}

TEST(Layers, APluginNamesHeadersAsTheyAreIncluded) {
  const auto read =
      config::load_manifest_text("version: 1\nplugin: p\nlayer: [p.h, \"p/**\"]\nseams: []\n", "seams.yaml", "p");
  ASSERT_TRUE(read.value);
  EXPECT_EQ(read.value->layer, (std::vector<std::string>{"p.h", "p/**"}));
  EXPECT_EQ(wrong_manifest("layer: [/usr/include/p.h]\n"),
            "seams.yaml:3:9: error: a layer names headers as they are included, not '/usr/include/p.h'\n");
  EXPECT_EQ(wrong_manifest("layer: [../p.h]\n"),
            "seams.yaml:3:9: error: a layer names headers as they are included, not '../p.h'\n");
  EXPECT_EQ(wrong_manifest("layer: [\"**\"]\n"), "seams.yaml:3:9: error: the first part of '**' is a wildcard: a layer "
                                                 "names its library's own headers only\n");
}

TEST(Layers, WithoutAWordTheHeaderOfTheLibraryIsTheLayer) {
  const auto read =
      config::load_manifest_text("version: 1\nplugin: p\nlibrary: {header: p/all.h}\nseams: []\n", "seams.yaml", "p");
  ASSERT_TRUE(read.value);
  EXPECT_EQ(read.value->layer, (std::vector<std::string>{"p/all.h"}));
}

// 67
TEST(Layers, HeadersOutsideOfTheProjectAreThePlugins) {
  const Folder folder;
  const config::Configuration it = project(folder, "");
  EXPECT_TRUE(is_of_layer(it, "http", {"curl/**"}, "/usr/include/curl/easy.h"));
  EXPECT_TRUE(is_of_layer(it, "http", {"curl/**"}, "/usr/include/x86_64-linux-gnu/curl/detail/more.h"));
  EXPECT_TRUE(is_of_layer(it, "http", {"curl/**"}, "/usr/include/other/../curl/easy.h"));
  EXPECT_TRUE(is_of_layer(it, "http", {"httplib.h"}, "/usr/include/httplib.h"));
  EXPECT_FALSE(is_of_layer(it, "http", {"httplib.h"}, "/usr/include/my_httplib.h"));
  EXPECT_FALSE(is_of_layer(it, "http", {"curl/**"}, "/usr/include/curly/easy.h"));
  EXPECT_FALSE(is_of_layer(it, "http", {}, "/usr/include/curl/easy.h"));
}

// 67
TEST(Layers, FilesOfTheProjectAreALayerOnlyWhereTheProjectSaysSo) {
  const Folder folder;
  const std::string user = folder.path("project/curl/upload.cpp");
  const std::string vendored = folder.path("project/third_party/curl/easy.c");
  const config::Configuration silent = project(folder, "");
  EXPECT_FALSE(is_of_layer(silent, "http", {"curl/**"}, user));
  EXPECT_FALSE(is_of_layer(silent, "http", {"curl/**"}, vendored));
  const config::Configuration told = project(folder, "layers: {http: [\"third_party/curl/**\"], mock: [acme]}\n");
  EXPECT_FALSE(is_of_layer(told, "http", {"curl/**"}, user));
  EXPECT_TRUE(is_of_layer(told, "http", {"curl/**"}, vendored));
  EXPECT_FALSE(is_of_layer(told, "sqlite", {}, vendored));
  EXPECT_TRUE(is_of_layer(told, "mock", {}, folder.path("project/acme/charge.c")));
}
