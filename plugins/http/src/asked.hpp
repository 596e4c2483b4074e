// the requests of one transfer --(Asked)--> the core's decisions, and what is recorded of each
#ifndef TRIPWIRE_PLUGINS_HTTP_ASKED_HPP
#define TRIPWIRE_PLUGINS_HTTP_ASKED_HPP

#include "easy/answer.hpp"
#include "easy/capture.hpp"
#include "easy/handles.hpp"

#include <tripwire/plugin.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tripwire::plugins {
class HttpMock;
}

namespace tripwire::plugins::curl {

/// An interaction that is written to after the call that it began with: a transfer of a multi handle. The end of its
/// test ends it.
class LastingRecord {
public:
  LastingRecord() = default;
  explicit LastingRecord(plugin::Recorded recorded);

  /// Empty once the test is over.
  plugin::Recorded get() const noexcept;

  /// The test is over: nothing that it recorded is there any more.
  static void test_ended() noexcept;

private:
  plugin::Recorded recorded_;
  std::uint64_t test_ = 0;
};

/// Puts each request of a transfer before the core, and records how it went on.
class Asked final : public Answers {
public:
  explicit Asked(Easy &easy) : easy_(easy) {}

  /// The call of libcurl during which the transfer goes on now.
  void during(plugin::Visit &visit) noexcept { visit_ = &visit; }

  std::optional<Answer> find(const RequestHead &head, const Url &url) override;
  void sent(const RequestHead &head, const std::string &body) override;
  void heard(const Answer &answer, CURLcode error) override;

  /// The client gave the transfer up before the far end was heard.
  void cancelled();
  /// Fails the test when the transfer ended by something that a mock cannot honour; \p what is empty for nothing.
  void check_honoured(const std::string &what) const;
  /// Of the last request.
  plugin::Recorded recorded() const noexcept { return record_.get(); }

private:
  void check(const RequestHead &head, const Url &url, const HttpMock &mock) const;

  Easy &easy_;
  plugin::Visit *visit_ = nullptr;
  LastingRecord record_;
  RequestHead last_;
  int requests_ = 0;
};

/// A real transfer that is recorded as \p recorded, unless that is empty: made in front of it, told how it ended.
class RealTransfer {
public:
  RealTransfer(CURL *handle, Easy &easy, plugin::Recorded recorded);

  /// Once, behind the transfer.
  void ended(CURLcode code);
  /// In place of ended(), where the client gave the transfer up.
  void cancelled();

private:
  plugin::Recorded record_request() const;

  CURL *handle_;
  LastingRecord record_;
  std::unique_ptr<Capture> capture_; ///< null when nothing is recorded
};

/// Asks the core about a transfer of which only this is known: code that is not rewritten has set up its handle.
plugin::Recorded ask_about_unknown(plugin::Visit &visit);

/// Whether libcurl refuses the transfer before it opens a connection: then the real call is the true answer, touches
/// nothing, and nobody is asked.
bool fails_before_connecting(const Easy &easy, const ParsedUrl &parsed);

/// Writes what CURLOPT_ERRORBUFFER gets.
void fill_error_buffer(const Options &options, const std::string &text);

} // namespace tripwire::plugins::curl

#endif
