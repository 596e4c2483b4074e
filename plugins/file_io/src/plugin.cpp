// the seams of files, as their handlers name them --> one plugin
#include "plugin.hpp"

#include "calls.hpp"
#include "hints.hpp"

#include <sys/stat.h>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_file_io;

namespace tripwire::plugins {

namespace {

// The 64 bit forms have the same arguments where off_t has 64 bits, as everywhere that the plugin is built for.
static_assert(sizeof(off_t) == 8 && sizeof(struct stat) == sizeof(struct stat64), "build with _FILE_OFFSET_BITS=64");

class FileIoPlugin final : public plugin::Plugin {
public:
  FileIoPlugin() : Plugin(tripwire_manifest_file_io, "<tripwire/plugins/file_io.hpp>") {
    using namespace calls;
    for (const Seams *seams :
         {&open_seams(), &transfer_seams(), &open_file_seams(), &name_seams(), &link_seams(), &attribute_seams(),
          &extended_attribute_seams(), &folder_seams(), &search_seams(), &traversal_seams(), &temporary_seams(),
          &stream_seams(), &file_stream_seams(), &filesystem_seams(), &filesystem_name_seams()})
      for (const auto &[seam, run] : *seams)
        observe(seam, run);
  }

  void test_begins() noexcept override { OpenFiles::all().sweep(); }
  void test_ends() noexcept override { OpenFiles::all().sweep(); }
  void deactivate() override {
    const auto files = plugin::state_of_test<Files>(*this);
    OpenFiles::all().end_all_of(*files);
    files->come_back();
  }

  std::string mock_line(const plugin::Description &call) const override { return file_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return file_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &file_io_plugin() {
  static FileIoPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = file_io_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_file_io() {}
