// seams.yaml and the plugin name the same fields and schemes.
#include "plugin.hpp"

#include <gtest/gtest.h>

#include <tripwire/config/configuration.hpp>

namespace {

TEST(HttpManifest, NamesTheFieldsAndSchemesOfThePlugin) {
  const auto read = tripwire::config::load_manifest(HTTP_MANIFEST, "http");
  ASSERT_TRUE(read.value);
  std::vector<std::string> fields;
  for (const tripwire::plugin::RequestField &field : tripwire::plugins::http_plugin().request_fields())
    fields.emplace_back(field.name);
  EXPECT_EQ(fields, read.value->request);
  std::map<std::string, int> schemes;
  for (const tripwire::plugin::Scheme &scheme : tripwire::plugins::http_plugin().schemes())
    schemes.emplace(scheme.name, scheme.port);
  EXPECT_EQ(schemes, read.value->schemes);
}

} // namespace
