// access(candidate, X_OK), again and again --(Searches)--> one search for one program
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_WHICH_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_WHICH_HPP

#include <tripwire/plugin.hpp>

#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace tripwire::plugins::process {

/// What a search for a program finds.
class WhichMock final : public plugin::Mock {
public:
  WhichMock(std::string name, std::string path); ///< there, or nowhere: empty
  explicit WhichMock(Matcher name);              ///< where it really is

  bool matches(const plugin::Description &call) const override;
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return is_real_; }
  const std::string &path() const noexcept { return path_; }

private:
  std::string said_;
  Matcher name_;
  std::string path_;
  bool is_real_;
};

/// A search that goes on.
struct Search {
  std::string name;
  std::string first; ///< the candidate that it began with
  std::string path;  ///< what it is to find; empty for nothing
  bool is_real = false;
  bool is_over = false;
};

/// The latest search of each thread, of one test. Thread-safe.
class Searches {
public:
  Search &of_this_thread() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return latest_[std::this_thread::get_id()];
  }

private:
  std::mutex mutex_;
  std::map<std::thread::id, Search> latest_;
};

} // namespace tripwire::plugins::process

#endif
