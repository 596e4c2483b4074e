// the words of a test --(SocketMock)--> which operation it answers, and how
#ifndef TRIPWIRE_PLUGINS_SOCKET_MOCK_HPP
#define TRIPWIRE_PLUGINS_SOCKET_MOCK_HPP

#include <tripwire/plugins/socket.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::plugins {

/// One session. Its steps belong to the verifier, which asks them under its own lock. Lives as long as they, or as the
/// handles of the test to it.
struct SocketScript {
  Place place;
  std::mutex mutex; ///< guards what follows; nothing else is locked under it
  std::vector<SocketMock *> steps;
  bool required = true;
  std::uintptr_t socket = 0; ///< the id of the one that plays it; 0 until it is opened

  /// It is opened by the socket of that id: its steps are required from now on, whatever was said of the session.
  void opened(std::uintptr_t by);
};

/// The sessions of one test. Thread-safe.
class SocketBook {
public:
  void add(std::shared_ptr<SocketScript> script);
  /// The latest one; null when there is none.
  std::shared_ptr<SocketScript> latest() const;
  /// Whether a session waits whose next step is an `accept`.
  bool has_client() const;

private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<SocketScript>> scripts_;
};

/// One registered answer.
class SocketMock final : public plugin::Mock {
public:
  using Fields = std::vector<std::pair<const char *, Matcher>>;

  /// A step of a session.
  SocketMock(std::shared_ptr<SocketScript> script, SocketOperation operation, Fields fields)
      : script_(std::move(script)), operation_(operation), fields_(std::move(fields)) {}
  /// Everything on sockets of that address is real.
  explicit SocketMock(Fields fields) : operation_(SocketOperation::connect), fields_(std::move(fields)) {}

  bool matches(const plugin::Description &call) const override;
  std::string describe() const override;
  std::vector<plugin::Difference> compare(const plugin::Description &call) const override;
  bool passes_through() const noexcept override { return script_ == nullptr; }

  SocketOperation operation() const noexcept { return operation_; }
  const std::shared_ptr<SocketScript> &script() const noexcept { return script_; }
  void expect(const char *field, Matcher matcher) { fields_.emplace_back(field, std::move(matcher)); }
  /// Whether the script cannot go on behind it yet.
  bool must_be_next() const noexcept { return !exhausted() && is_wanted; }
  /// Whether it can begin a session.
  bool is_opening() const noexcept;

  std::optional<int> error;
  bool is_in_progress = false;
  int error_later = 0;              ///< what `SO_ERROR` says when it is in progress
  std::optional<std::size_t> taken; ///< of a send
  std::string data;                 ///< of a recv: what has not been read
  std::string host;                 ///< of an accept or a recv: where it came from
  int port = 0;
  bool is_addressed = false; ///< a datagram with an address
  bool is_wanted = true;     ///< must be used, once its session is opened

private:
  bool is_next() const;
  bool is_of_its_socket(const plugin::Description &call) const;
  bool accepts_fields(const plugin::Description &call) const;
  bool accepts_address(const plugin::Description &call) const;

  std::shared_ptr<SocketScript> script_;
  SocketOperation operation_;
  Fields fields_;
};

/// The steps of a script that may be next: those that may be left out, and the first that may not.
std::vector<SocketMock *> next_steps(SocketScript &script);
/// Those behind them as well.
std::vector<SocketMock *> steps_to_come(SocketScript &script);

} // namespace tripwire::plugins

#endif
