// the seams of files --(handlers)--> what they are about
#include "plugin.hpp"

#include "calls.hpp"
#include "hints.hpp"

#include <fcntl.h>

namespace tripwire::plugins {

namespace {

using calls::argument;
using plugin::Visit;

void on_open(Visit &visit) {
  calls::watch_opening(visit, AT_FDCWD, argument<const char *>(visit, 0), argument<int>(visit, 1), 2);
}
void on_openat(Visit &visit) {
  calls::watch_opening(visit, argument<int>(visit, 0), argument<const char *>(visit, 1), argument<int>(visit, 2), 3);
}
void on_creat(Visit &visit) {
  calls::watch_opening(visit, AT_FDCWD, argument<const char *>(visit, 0), O_WRONLY | O_CREAT | O_TRUNC, 1);
}

void on_stat(Visit &visit) {
  calls::watch_looking(visit, AT_FDCWD, argument<const char *>(visit, 0), argument<struct stat *>(visit, 1), 0);
}
void on_lstat(Visit &visit) {
  calls::watch_looking(visit, AT_FDCWD, argument<const char *>(visit, 0), argument<struct stat *>(visit, 1),
                       AT_SYMLINK_NOFOLLOW);
}
void on_fstatat(Visit &visit) {
  calls::watch_looking(visit, argument<int>(visit, 0), argument<const char *>(visit, 1),
                       argument<struct stat *>(visit, 2), argument<int>(visit, 3));
}
void on_access(Visit &visit) {
  calls::watch_access(visit, AT_FDCWD, argument<const char *>(visit, 0), argument<int>(visit, 1), 0);
}
void on_faccessat(Visit &visit) {
  calls::watch_access(visit, argument<int>(visit, 0), argument<const char *>(visit, 1), argument<int>(visit, 2),
                      argument<int>(visit, 3));
}

void on_unlink(Visit &visit) { calls::watch_unlinking(visit, AT_FDCWD, argument<const char *>(visit, 0), false); }
void on_rmdir(Visit &visit) { calls::watch_unlinking(visit, AT_FDCWD, argument<const char *>(visit, 0), true); }
void on_unlinkat(Visit &visit) {
  calls::watch_unlinking(visit, argument<int>(visit, 0), argument<const char *>(visit, 1),
                         (argument<int>(visit, 2) & AT_REMOVEDIR) != 0);
}
void on_rename(Visit &visit) {
  calls::watch_renaming(visit, AT_FDCWD, argument<const char *>(visit, 0), AT_FDCWD, argument<const char *>(visit, 1));
}
void on_renameat(Visit &visit) {
  calls::watch_renaming(visit, argument<int>(visit, 0), argument<const char *>(visit, 1), argument<int>(visit, 2),
                        argument<const char *>(visit, 3));
}
void on_mkdir(Visit &visit) {
  calls::watch_making_folder(visit, AT_FDCWD, argument<const char *>(visit, 0), argument<mode_t>(visit, 1));
}
void on_mkdirat(Visit &visit) {
  calls::watch_making_folder(visit, argument<int>(visit, 0), argument<const char *>(visit, 1),
                             argument<mode_t>(visit, 2));
}

// The 64 bit forms have the same arguments where off_t has 64 bits, as everywhere that the plugin is built for.
static_assert(sizeof(off_t) == 8 && sizeof(struct stat) == sizeof(struct stat64), "build with _FILE_OFFSET_BITS=64");

class FileIoPlugin final : public plugin::Plugin {
public:
  FileIoPlugin() : Plugin("file_io", "<tripwire/plugins/file_io.hpp>") {
    watch({"open", "open64"}, &on_open);
    watch({"openat", "openat64"}, &on_openat);
    watch({"creat", "creat64"}, &on_creat);
    watch({"close"}, &calls::watch_closing);
    watch({"read"}, &calls::watch_read);
    watch({"write"}, &calls::watch_write);
    watch({"readv"}, &calls::watch_readv);
    watch({"writev"}, &calls::watch_writev);
    watch({"pread", "pread64"}, &calls::watch_pread);
    watch({"pwrite", "pwrite64"}, &calls::watch_pwrite);
    watch({"fsync", "fdatasync"}, &calls::watch_sync);
    watch({"ftruncate", "ftruncate64"}, &calls::watch_ftruncate);
    watch({"truncate", "truncate64"}, &calls::watch_truncate);
    watch({"stat", "stat64"}, &on_stat);
    watch({"lstat", "lstat64"}, &on_lstat);
    watch({"fstatat", "fstatat64"}, &on_fstatat);
    watch({"access"}, &on_access);
    watch({"faccessat"}, &on_faccessat);
    watch({"unlink"}, &on_unlink);
    watch({"unlinkat"}, &on_unlinkat);
    watch({"remove"}, &calls::watch_remove);
    watch({"rename"}, &on_rename);
    watch({"renameat"}, &on_renameat);
    watch({"mkdir"}, &on_mkdir);
    watch({"mkdirat"}, &on_mkdirat);
    watch({"rmdir"}, &on_rmdir);
    watch({"opendir"}, &calls::watch_opendir);
    watch({"fopen", "fopen64"}, &calls::watch_fopen);
    watch({"freopen", "freopen64"}, &calls::watch_freopen);
    watch({"fdopen"}, &calls::watch_fdopen);
    watch({"fclose"}, &calls::watch_fclose);
    watch({"std::ifstream", "std::ofstream", "std::fstream"}, &calls::watch_file_stream);
    for (const auto &[seam, run] : calls::filesystem_seams())
      observe(seam, run);
  }

  void test_begins() noexcept override { OpenFiles::all().sweep(); }
  void test_ends() noexcept override { OpenFiles::all().sweep(); }
  void deactivate() override { OpenFiles::all().end_all_of(*plugin::state_of_test<Files>(*this)); }

  std::vector<plugin::RequestField> request_fields() const override {
    using plugin::FieldKind;
    return {{"path", FieldKind::file}, {"operation", FieldKind::word}, {"mode", FieldKind::word}};
  }
  std::string mock_line(const plugin::Description &call) const override { return file_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return file_assert_statement(interaction);
  }

private:
  void watch(std::initializer_list<const char *> seams, void (*run)(Visit &)) {
    for (const char *seam : seams)
      observe(seam, run);
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
