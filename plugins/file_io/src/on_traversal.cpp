// fts_open and its kind --(handlers)--> libc's own traversal through the test's folders, with the names that the
// program knows
#include "calls.hpp"

#include <fts.h>

#include <map>
#include <mutex>
#include <set>

namespace tripwire::plugins::calls {

namespace {

/// One traversal. What libc keeps of it are real names. The program gets its entries with these names shortened to what
/// it knows, and libc gets them back in front of its next call.
class Traversal {
public:
  /// The real name, of a folder or file that the traversal begins at, from where the program knows it.
  void begins_at(std::string real, std::size_t shown_from, std::weak_ptr<Files> files) {
    roots_.emplace_back(std::move(real), shown_from);
    files_ = std::move(files);
  }

  void show(FTSENT *entry) {
    // What the test states of a file that was found was of use.
    const std::shared_ptr<Files> files = entry == nullptr ? nullptr : files_.lock();
    if (const auto name = files == nullptr ? std::nullopt : files->name_of(entry->fts_path))
      files->was_of_use(plugin::file_name(*name));
    for (; entry != nullptr && entry->fts_level >= FTS_ROOTLEVEL; entry = entry->fts_parent)
      show_one(*entry);
  }
  void hide() {
    for (const Shown &one : shown_) {
      one.entry->fts_path = one.path;
      one.entry->fts_accpath = one.access;
      one.entry->fts_pathlen = one.size;
    }
    shown_.clear();
    is_shown_.clear();
  }

  FTSENT *current = nullptr;

private:
  struct Shown {
    FTSENT *entry;
    char *path;
    char *access;
    unsigned short size;
  };

  void show_one(FTSENT &entry) {
    if (entry.fts_path == nullptr || !is_shown_.insert(&entry).second)
      return;
    const std::string_view real = entry.fts_path;
    for (const auto &[root, from] : roots_) {
      const std::string_view end = root.back() == '/' ? "" : "/";
      if (real != root && real.substr(0, root.size() + end.size()) != root + std::string(end))
        continue;
      shown_.push_back({&entry, entry.fts_path, entry.fts_accpath, entry.fts_pathlen});
      if (entry.fts_accpath == entry.fts_path) // which it is not, where libc has gone to the folder
        entry.fts_accpath += from;
      entry.fts_path += from;
      entry.fts_pathlen = static_cast<unsigned short>(entry.fts_pathlen - from);
      return;
    }
  }

  std::weak_ptr<Files> files_; ///< of the test
  std::vector<std::pair<std::string, std::size_t>> roots_;
  std::vector<Shown> shown_;
  std::set<const FTSENT *> is_shown_;
};

/// Those that go on. A traversal itself belongs to one thread, as libc has it.
class Traversals {
public:
  static Traversals &all() {
    static auto *const traversals = new Traversals; // libc's own may be closed by destructors of the program's
    return *traversals;
  }
  void add(const FTS *handle, std::shared_ptr<Traversal> traversal) {
    const std::lock_guard<std::mutex> lock(mutex_);
    traversals_[handle] = std::move(traversal);
  }
  std::shared_ptr<Traversal> of(const FTS *handle) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = traversals_.find(handle);
    return found == traversals_.end() ? nullptr : found->second;
  }
  void remove(const FTS *handle) {
    const std::lock_guard<std::mutex> lock(mutex_);
    traversals_.erase(handle);
  }

private:
  std::mutex mutex_;
  std::map<const FTS *, std::shared_ptr<Traversal>> traversals_;
};

/// Where in a real name that begins what the program has said; what it has said in another spelling, it sees as the
/// whole name.
std::size_t shown_from(const std::string &real, const std::string &name, const std::string &said) {
  const bool is_end = real.size() > said.size() && real.compare(real.size() - said.size(), said.size(), said) == 0;
  return real.size() - (is_end ? said.size() : std::min(name.size(), real.size()));
}

/// Each name that it begins at is a request of its own; the first that fails ends the call.
void watch_fts_open(plugin::Visit &visit) {
  const auto *const names = argument<char *const *>(visit, 0);
  if (names == nullptr)
    return visit.pass_on();
  const int entry = errno;
  const auto traversal = std::make_shared<Traversal>();
  std::vector<std::string> real;
  bool is_real = true;
  int error = 0;
  for (char *const *said = names; *said != nullptr && error == 0; ++said) {
    const auto name = name_at(AT_FDCWD, *said);
    if (!name) { // libc says what is wrong with it
      real.emplace_back(*said);
      continue;
    }
    const plugin::Decision decision = visit.present(describe("list", *name, Reach::read));
    if (decision.real()) {
      real.emplace_back(*said);
      continue;
    }
    is_real = false;
    FileMock &mock = *decision.as<FileMock>();
    error = mock.error;
    record(decision.recorded, {}, error);
    const std::string path = plugin::file_name(*name);
    real.push_back(mock.files().real(path));
    traversal->begins_at(real.back(), shown_from(real.back(), path, *said), mock.shared_files());
  }
  errno = entry;
  if (is_real)
    return *names == nullptr ? visit.pass_on() : visit.make_real();
  std::vector<char *> starts;
  for (std::string &one : real)
    starts.push_back(one.data());
  starts.push_back(nullptr);
  FTS *const handle = error != 0 ? nullptr
                                 : ::fts_open(starts.data(), argument<int>(visit, 1),
                                              argument<int (*)(const FTSENT **, const FTSENT **)>(visit, 2));
  const int failed = error != 0 ? error : errno;
  if (handle != nullptr)
    Traversals::all().add(handle, traversal);
  visit.answer<FTS *>(handle);
  errno = handle == nullptr ? failed : entry;
}

/// Lets libc go on, `step`, with the names that it keeps; the program sees them as it knows them.
template <typename Step> void take(plugin::Visit &visit, Step step) {
  auto *const handle = argument<FTS *>(visit, 0);
  const auto traversal = Traversals::all().of(handle);
  if (traversal == nullptr)
    return visit.pass_on();
  traversal->hide();
  FTSENT *const entry = step(handle, *traversal);
  const int error = errno;
  traversal->show(traversal->current);
  visit.answer<FTSENT *>(entry);
  errno = error;
}

void watch_read(plugin::Visit &visit) {
  take(visit, [](FTS *handle, Traversal &traversal) { return traversal.current = ::fts_read(handle); });
}

void watch_children(plugin::Visit &visit) {
  take(visit, [&](FTS *handle, Traversal &) { return ::fts_children(handle, argument<int>(visit, 1)); });
}

void watch_close(plugin::Visit &visit) {
  auto *const handle = argument<FTS *>(visit, 0);
  const auto traversal = Traversals::all().of(handle);
  if (traversal == nullptr)
    return visit.pass_on();
  traversal->hide();
  Traversals::all().remove(handle); // before another thread gets the same
  const int result = ::fts_close(handle);
  visit.answer<int>(result);
}

} // namespace

const Seams &traversal_seams() {
  static const Seams all = {
      {"fts_open", &watch_fts_open}, {"fts64_open", &watch_fts_open},   {"fts_read", &watch_read},
      {"fts64_read", &watch_read},   {"fts_children", &watch_children}, {"fts64_children", &watch_children},
      {"fts_close", &watch_close},   {"fts64_close", &watch_close},
  };
  return all;
}

} // namespace tripwire::plugins::calls
