#include "folder_iterator.hpp"

#include <tripwire/plugins/file_io_types.hpp>
#include <tripwire/seam/invoke.hpp>

#include <atomic>
#include <new>

namespace tripwire::plugins {

namespace {

namespace fs = std::filesystem;

void find_nothing(void *result) noexcept { ::new (result) bool(false); }

/// The seam that no wrapper stands for: the iterator itself calls it.
template <class Iterator> seam::Slot &slot() {
  static seam::Slot &made = []() -> seam::Slot & {
    constexpr bool is_flat = std::is_same_v<Iterator, fs::directory_iterator>;
    seam::SlotFacts facts{};
    facts.name = is_flat ? "std::filesystem::directory_iterator" : "std::filesystem::recursive_directory_iterator";
    facts.symbol = facts.name;
    facts.plugin = "file_io";
    facts.signature = seam::signature<bool(FolderCall *)>();
    facts.failure = {"the end of a folder", &find_nothing};
    auto *const kept = new seam::Slot(facts);
    new seam::Registration(*kept);
    return *kept;
  }();
  return made;
}

template <class Iterator> bool open_real(FolderCall &call) {
  *static_cast<Iterator *>(call.iterator) = Iterator(call.root, call.options, call.error);
  return !call.error;
}

} // namespace

template <class Iterator>
void FolderIterator<Iterator>::open_from(const void *site, const fs::path &path, Options options,
                                         std::error_code *code) {
  auto state = std::make_shared<State>();
  FolderCall call{path, path.string(), {}, &open_real<Iterator>, &state->real, options};
  FolderCall *folder = &call;
  const auto real = [](FolderCall *opened) { return opened->open(*opened); };
  seam::Slot &watched = slot<Iterator>();
  const bool is_open =
      watched.watched.load(std::memory_order_relaxed)
          ? seam::detail::watched_call<seam::Refusal::throws, bool, FolderCall *>(folder, watched, site, nullptr, real)
          : real(folder);
  if (code != nullptr)
    *code = call.error;
  if (!is_open && code == nullptr && call.error)
    throw fs::filesystem_error(std::string(watched.facts.name), path, call.error);
  if (!is_open)
    return;
  state->path = path;
  state->root = std::move(call.root);
  state_ = std::move(state);
  look();
}

template <class Iterator> void FolderIterator<Iterator>::look() {
  if (state_->real == Iterator()) {
    state_ = nullptr;
    return;
  }
  // The name behind the folder's own.
  std::string below = state_->real->path().string().substr(state_->root.size());
  below.erase(0, below.find_first_not_of('/'));
  state_->entry = FolderEntry(state_->path / below, *state_->real);
}

template <class Iterator> FolderIterator<Iterator>::FolderIterator(const fs::path &path, Options options) {
  open_from(__builtin_return_address(0), path, options, nullptr);
}
template <class Iterator> FolderIterator<Iterator>::FolderIterator(const fs::path &path, std::error_code &code) {
  open_from(__builtin_return_address(0), path, Options::none, &code);
}
template <class Iterator>
FolderIterator<Iterator>::FolderIterator(const fs::path &path, Options options, std::error_code &code) {
  open_from(__builtin_return_address(0), path, options, &code);
}

// Not the whole classes: one of them has members that the other lacks.
#define TRIPWIRE_FOLDER_ITERATOR(Iterator)                                                                             \
  template FolderIterator<Iterator>::FolderIterator(const fs::path &, Options);                                        \
  template FolderIterator<Iterator>::FolderIterator(const fs::path &, std::error_code &);                              \
  template FolderIterator<Iterator>::FolderIterator(const fs::path &, Options, std::error_code &);                     \
  template void FolderIterator<Iterator>::look();
TRIPWIRE_FOLDER_ITERATOR(fs::directory_iterator)
TRIPWIRE_FOLDER_ITERATOR(fs::recursive_directory_iterator)

} // namespace tripwire::plugins
