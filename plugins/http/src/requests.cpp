#include "requests.hpp"

#include "asked.hpp"

#include "easy/handles.hpp"
#include "easy/transfer.hpp"

namespace tripwire::plugins {

namespace {

using curl::Asked;
using curl::Easy;
using curl::RealTransfer;

CURLcode let_through(plugin::Visit &visit, CURL *handle, Easy &easy, const plugin::Recorded &recorded) {
  RealTransfer transfer(handle, easy, recorded);
  visit.make_real();
  transfer.ended(visit.result<CURLcode>());
  return visit.result<CURLcode>();
}

// Marks the handle while its callbacks may run.
class Busy {
public:
  explicit Busy(Easy &easy) : easy_(easy) { easy_.performing = true; }
  Busy(const Busy &) = delete;
  Busy &operator=(const Busy &) = delete;
  ~Busy() { easy_.performing = false; }

private:
  Easy &easy_;
};

} // namespace

CURLcode perform(plugin::Visit &visit, CURL *handle) {
  if (handle == nullptr) {
    visit.make_real(); // libcurl says what is wrong with that
    return visit.result<CURLcode>();
  }
  const std::shared_ptr<Easy> easy = curl::Handles::all().find(handle);
  if (easy->multi != nullptr) {
    // A mocked transfer has left the real multi handle, which could not refuse it.
    curl::fill_error_buffer(easy->options, "easy handle already used in multi handle");
    return CURLE_FAILED_INIT;
  }
  const curl::ParsedUrl parsed = curl::parse_url(easy->options);
  if (!easy->complete && !parsed.url)
    return let_through(visit, handle, *easy, curl::ask_about_unknown(visit));
  if (easy->complete && curl::fails_before_connecting(*easy, parsed))
    return let_through(visit, handle, *easy, {});
  if (easy->performing) // lib/easy.c: the handle is in a multi handle, its own
    return CURLE_FAILED_INIT;

  const Busy busy(*easy);
  Asked asked(*easy);
  asked.during(visit);
  easy->last_was_mocked = false;
  curl::fill_error_buffer(easy->options, "");
  const curl::Performing performing{handle, easy->options, curl::Handles::all().form_of(*easy), easy->connections};
  const curl::Outcome outcome = curl::perform(performing, *parsed.url, asked, easy->info);
  if (outcome.unanswered)
    return let_through(visit, handle, *easy, asked.recorded());
  if (!outcome.error.empty())
    curl::fill_error_buffer(easy->options, outcome.error);
  asked.check_honoured(outcome.not_honoured);
  return outcome.code;
}

} // namespace tripwire::plugins
