// what a stream has moved --(its file, when it is closed)--> interactions
//
// What goes through a stream in between, only its library knows. So the file is asked: what it holds, and how far the
// stream has come. A stream that is to fail gets a descriptor that refuses, so that it fails where a real one would.
#include "calls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace tripwire::plugins::calls {

namespace {

const char *operation_of(Refuses what) { return what == Refuses::reading ? "read" : "write"; }

/// The error by which the next call of that direction is to fail; 0 for none.
int error_in_wait(const OpenFile &file, const char *operation, Reach reach) {
  const std::shared_ptr<Files> files = file.files.lock();
  const FileMock *step = files == nullptr ? nullptr : files->step_for(describe(operation, file, reach));
  return step == nullptr ? 0 : step->error;
}

/// Puts another opening of its file in the place of a descriptor, which stays where it stands.
void exchange(int descriptor, const std::string &path, int flags) {
  const int other = ::open(path.c_str(), flags | O_CLOEXEC);
  if (other < 0)
    return;
  const int kept = ::fcntl(descriptor, F_GETFD);
  ::lseek(other, ::lseek(descriptor, 0, SEEK_CUR), SEEK_SET);
  ::dup3(other, descriptor, (kept & FD_CLOEXEC) != 0 ? O_CLOEXEC : 0);
  ::close(other);
}

} // namespace

void arm(OpenFile &file, int descriptor, Hidden hidden) {
  const int entry = errno;
  const int access = file.flags & O_ACCMODE;
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  if (file.refuses != Refuses::nothing)
    exchange(descriptor, path, file.flags & ~(O_CREAT | O_TRUNC | O_EXCL));
  file.refuses = Refuses::nothing;
  const int writing = access == O_RDONLY ? 0 : error_in_wait(file, "write", Reach::write);
  const int reading = access == O_WRONLY ? 0 : error_in_wait(file, "read", Reach::read);
  if (writing != 0 && !(hidden == Hidden::yes && writing == EINTR)) { // after which <fstream> tries again
    // Nobody sees the descriptor of a hidden one, so its error may be the system's own.
    const bool is_full = hidden == Hidden::yes && writing == ENOSPC && access == O_WRONLY;
    exchange(descriptor, is_full ? "/dev/full" : path, is_full ? O_WRONLY : O_RDONLY);
    file.refuses = Refuses::writing;
  } else if (reading != 0) {
    exchange(descriptor, path, O_WRONLY);
    file.refuses = Refuses::reading;
  }
  errno = entry;
}

void watch_content(OpenFile &file, int descriptor) {
  file.is_stream = true;
  if ((file.flags & O_ACCMODE) != O_RDONLY)
    file.before = content_of(descriptor);
  const int entry = errno;
  file.start = std::max(::lseek(descriptor, 0, SEEK_CUR), off_t{0});
  errno = entry;
}

int present_refused(plugin::Visit &visit, OpenFile &file) {
  const Reach reach = file.refuses == Refuses::reading ? Reach::read : Reach::write;
  const plugin::Decision decision = visit.present(describe(operation_of(file.refuses), file, reach));
  const int told = decision.real() ? EIO : decision.as<FileMock>()->error;
  record(decision.recorded, {}, told);
  file.has_told = true;
  return told;
}

int present_written(plugin::Visit &visit, OpenFile &file, int descriptor, int error) {
  if (!file.is_stream || (file.flags & O_ACCMODE) == O_RDONLY)
    return 0;
  const int entry = errno;
  std::string now = content_of(descriptor);
  if (now == file.before && error == 0)
    return 0;
  const bool appends =
      ((file.flags & O_APPEND) != 0 || file.has_written) && now.compare(0, file.before.size(), file.before) == 0;
  const std::string data = appends ? now.substr(file.before.size()) : now;
  const std::shared_ptr<Files> files = file.files.lock();
  std::size_t done = 0;
  do {
    plugin::Description call = describe("write", file, Reach::write);
    const std::size_t room = files->room_for(call);
    const plugin::Decision decision = visit.present(std::move(call));
    const auto *mock = decision.real() ? nullptr : decision.as<FileMock>();
    const int told = mock != nullptr && mock->error != 0 ? mock->error : error;
    record(decision.recorded, {}, told);
    if (told == EINTR && file.is_hidden && error == 0) // <fstream> tries again
      continue;
    if (told != 0) {
      file.has_written = true;
      // What did not go well has not happened.
      file.before = appends ? file.before + data.substr(0, done)
                            : data.substr(0, done) + file.before.substr(std::min(done, file.before.size()));
      if (now != file.before && ::ftruncate(descriptor, 0) == 0 &&
          ::pwrite(descriptor, file.before.data(), file.before.size(), 0) < 0)
        errno = told;
      errno = entry;
      return told;
    }
    const std::size_t most = mock == nullptr ? room : std::min(room, mock->at_most.value_or(room));
    const std::string part = data.substr(done, most);
    decision.recorded.field("data", part);
    file.add(false, part.size());
    done += part.size();
  } while (done < data.size());
  file.before = std::move(now);
  file.has_written = true;
  errno = entry;
  return 0;
}

namespace {

/// What lies between where the stream began and where it stands, of one that only reads.
void present_read(plugin::Visit &visit, OpenFile &file, int descriptor, off_t position) {
  if (!file.is_stream || (file.flags & O_ACCMODE) != O_RDONLY || position <= file.start)
    return;
  const std::string content = content_of(descriptor);
  const auto start = std::min(static_cast<std::size_t>(file.start), content.size());
  const std::string data = content.substr(start, static_cast<std::size_t>(position) - start);
  const plugin::Decision decision = visit.present(describe("read", file, Reach::read));
  record(decision.recorded, {{"data", data}}, 0);
}

} // namespace

int present_closing(plugin::Visit &visit, OpenFile &file, int descriptor, const Standing &stands) {
  file.ends();
  int failed = 0;
  if (file.refuses == Refuses::reading && stands.has_failed)
    present_refused(visit, file);
  else if (file.refuses != Refuses::reading)
    present_read(visit, file, descriptor, stands.position);
  if (file.refuses == Refuses::writing && stands.error != 0)
    failed = present_refused(visit, file);
  else if (file.refuses == Refuses::writing && stands.has_failed && !file.has_told)
    present_refused(visit, file);
  else if (file.refuses != Refuses::writing)
    failed = present_written(visit, file, descriptor, stands.error);
  const plugin::Decision decision = visit.present(describe("close", file, Reach::read));
  const int told = decision.real() ? 0 : decision.as<FileMock>()->error;
  record(decision.recorded, {}, told);
  return failed != 0 ? failed : told;
}

} // namespace tripwire::plugins::calls
