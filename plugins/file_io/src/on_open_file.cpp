// fsync, ftruncate, fallocate, mmap and their kind --(handlers)--> the same, done to open files of the test
#include "calls.hpp"
#include "names.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tripwire::plugins::calls {

namespace {

void watch_sync(plugin::Visit &visit) {
  about_open_file(visit, 0, "sync", Reach::write, -1, {}, [](int descriptor) { return ::fsync(descriptor); });
}

void watch_ftruncate(plugin::Visit &visit) {
  const auto size = argument<off_t>(visit, 1);
  about_open_file(visit, 0, "truncate", Reach::write, -1, {{"size", std::to_string(size)}},
                  [size](int descriptor) { return ::ftruncate(descriptor, size); });
}

/// What is allocated is said by its end: so large may the file become.
Facts facts_of_allocation(off_t offset, off_t size, int flags) {
  Facts facts = {{"size", std::to_string(offset + size)}, {"offset", std::to_string(offset), plugin::Need::optional}};
  if (flags != 0)
    facts.push_back({"flags", text_of_allocation(flags)});
  return facts;
}

void watch_fallocate(plugin::Visit &visit) {
  const int flags = argument<int>(visit, 1);
  const auto offset = argument<off_t>(visit, 2);
  const auto size = argument<off_t>(visit, 3);
  about_open_file(visit, 0, "allocate", Reach::write, -1, facts_of_allocation(offset, size, flags),
                  [&](int descriptor) { return ::fallocate(descriptor, flags, offset, size); });
}

/// It returns its error, and leaves errno alone.
void watch_posix_fallocate(plugin::Visit &visit) {
  const int descriptor = argument<int>(visit, 0);
  const auto offset = argument<off_t>(visit, 1);
  const auto size = argument<off_t>(visit, 2);
  const auto file = watched_file(visit, descriptor);
  if (file == nullptr)
    return visit.pass_on();
  file->ends();
  const int entry = errno;
  const plugin::Decision decision = visit.present(describe("allocate", *file, Reach::write));
  const int told = decision.real() ? 0 : decision.as<FileMock>()->error;
  visit.answer<int>(told != 0 ? told : ::posix_fallocate(descriptor, offset, size));
  record(decision.recorded, facts_of_allocation(offset, size, 0), visit.result<int>());
  errno = entry;
}

void watch_mmap(plugin::Visit &visit) {
  const auto size = argument<std::size_t>(visit, 1);
  const int protection = argument<int>(visit, 2);
  const int flags = argument<int>(visit, 3);
  const auto offset = argument<off_t>(visit, 5);
  if ((flags & MAP_ANONYMOUS) != 0)
    return visit.pass_on();
  about_open_file(
      visit, 4, "map", (protection & PROT_WRITE) != 0 ? Reach::write : Reach::read, MAP_FAILED,
      {{"size", std::to_string(size)},
       {"mode", text_of_protection(protection)},
       {"flags", text_of_mapping(flags), plugin::Need::optional},
       {"offset", std::to_string(offset), plugin::Need::optional}},
      [&](int descriptor) { return ::mmap(argument<void *>(visit, 0), size, protection, flags, descriptor, offset); });
}

} // namespace

const Seams &open_file_seams() {
  static const Seams all = {
      {"fsync", &watch_sync},
      {"fdatasync", &watch_sync},
      {"ftruncate", &watch_ftruncate},
      {"ftruncate64", &watch_ftruncate},
      {"fallocate", &watch_fallocate},
      {"fallocate64", &watch_fallocate},
      {"posix_fallocate", &watch_posix_fallocate},
      {"posix_fallocate64", &watch_posix_fallocate},
      {"mmap", &watch_mmap},
      {"mmap64", &watch_mmap},
  };
  return all;
}

} // namespace tripwire::plugins::calls
