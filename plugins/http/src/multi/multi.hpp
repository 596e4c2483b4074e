// easy handles in one multi handle --(Multi)--> real transfers in libcurl's hands, mocked ones played beside them, and
// one queue of messages for both
//
// An easy handle is always added to the real multi handle, which judges it. When the transfer is to begin, the core is
// asked. A mocked one is taken out again and played here: it waits for its far end until the multi handle's own clock
// has come that far. That clock moves when the program waits, and nobody really waits for it.
#ifndef TRIPWIRE_PLUGINS_HTTP_MULTI_MULTI_HPP
#define TRIPWIRE_PLUGINS_HTTP_MULTI_MULTI_HPP

#include "asked.hpp"
#include "easy/handles.hpp"
#include "easy/transfer.hpp"
#include "multi/timer.hpp"

#include <tripwire/plugin.hpp>

#include <curl/curl.h>

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace tripwire::plugins::curl {

/// What is known of one multi handle. Used by one thread at a time, as the handle itself.
class Multi {
public:
  explicit Multi(CURLM *handle) : handle_(handle), timer_(handle) {}
  Multi(const Multi &) = delete;
  Multi &operator=(const Multi &) = delete;

  /// While this lives, a call that the multi handle gets comes from a callback; libcurl refuses it.
  class Busy {
  public:
    explicit Busy(Multi &multi) : multi_(multi) { multi_.is_busy_ = true; }
    Busy(const Busy &) = delete;
    Busy &operator=(const Busy &) = delete;
    ~Busy() { multi_.is_busy_ = false; }

  private:
    Multi &multi_;
  };
  bool is_busy() const noexcept { return is_busy_; }

  /// The real multi handle has taken it in.
  void added(CURL *handle, std::shared_ptr<Easy> easy);
  /// Whether the real multi handle has it: then it has to leave there first.
  bool is_in_libcurl(CURL *handle) const;
  /// It left, or leaves with the multi handle. Its transfer, when not over, is cancelled.
  void removed(CURL *handle);
  void removed_all();

  /// Goes on with mocked transfers whose far end can be heard now, then asks about those that are to begin. Lets
  /// violations and what callbacks throw pass: that transfer is over then.
  void run(plugin::Visit &visit);
  /// Takes note of the real transfers that are over.
  void collect();
  /// The oldest message that nobody has read; null when there is none. \p left is how many come behind it.
  CURLMsg *next_message(int &left);

  /// How many mocked transfers are not over.
  int waiting() const;
  bool has_real() const;
  /// Until the next mocked transfer can go on, rounded up; zero when none waits.
  std::chrono::milliseconds time_to_next() const;
  /// The program has waited that long, as far as mocked transfers know.
  void waited(std::chrono::milliseconds time);

  Timer &timer() noexcept { return timer_; }
  /// Asks for the program's next call where mocked transfers want one.
  void tell_timer() { timer_.tell(waiting() != 0); }

private:
  using Time = std::chrono::microseconds;

  enum class Stage : unsigned char { added, real, mocked, over };

  struct Added {
    CURL *handle = nullptr;
    std::shared_ptr<Easy> easy;
    Stage stage = Stage::added;
    bool is_in_libcurl = true;
    std::unique_ptr<Asked> asked;
    std::unique_ptr<Transfer> played; ///< of a mocked transfer
    Time due{0};                      ///< when its far end can be heard
    std::unique_ptr<RealTransfer> real;
    CURLMsg message = {};
  };

  Added *find(CURL *handle) const;
  std::vector<std::shared_ptr<Added>> due();
  void begin(plugin::Visit &visit, Added &each);
  void ask(plugin::Visit &visit, Added &each);
  void go_on(plugin::Visit &visit, Added &each);
  void take_out(Added &each);
  void over(Added &each, CURLcode code);
  void forget(Added &each);

  CURLM *handle_;
  Timer timer_;
  Connections connections_;
  std::vector<std::shared_ptr<Added>> added_;
  std::deque<CURLMsg *> messages_;
  Time now_{0};
  bool has_waited_ = false; ///< since the transfers last went on
  bool is_busy_ = false;
};

/// The multi handles of the process.
class Multis {
public:
  /// The one table.
  static Multis &all();

  /// Takes note of a new handle.
  std::shared_ptr<Multi> made(CURLM *handle);
  /// Null for one that was never seen.
  std::shared_ptr<Multi> find(CURLM *handle);
  /// As find(); notes one that code which is not rewritten has made.
  std::shared_ptr<Multi> find_or_note(CURLM *handle);
  void gone(CURLM *handle);

private:
  std::mutex mutex_;
  std::unordered_map<CURLM *, std::shared_ptr<Multi>> multis_;
};

} // namespace tripwire::plugins::curl

#endif
