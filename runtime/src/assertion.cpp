// the typed assertions of mock.hpp --> an Expectation, checked as soon as it can be
#include "tripwire/assertion.hpp"

#include "context.hpp"
#include "expectation.hpp"
#include "message.hpp"
#include "queue.hpp"
#include "verifier_state.hpp"

namespace tripwire {

namespace runtime {

/// An assertion under way.
struct PendingAssertion {
  VerifierState *verifier = nullptr;
  Expectation expectation;
  Interaction *found = nullptr;
  Checked checked = Checked::ending_missing;
  bool failed = false; ///< a violation was thrown about it already

  /// Takes back what was marked and checks anew, with what the test has said since.
  void check_again() {
    if (checked == Checked::asserted && found != nullptr) {
      const std::lock_guard<std::mutex> lock(verifier->assertions_mutex);
      found->remove(asserted);
      if (verifier->first_unasserted > found->sequence) {
        verifier->first_unasserted = found->sequence;
      }
    }
    failed = true; // unless it succeeds
    checked = check(*verifier, expectation, found);
    failed = false;
  }
};

} // namespace runtime

AssertedCall::AssertedCall(seam::Slot &slot, const Matcher *matchers, std::size_t count, const seam::Type *,
                           const void *return_address)
    : pending_(std::make_unique<runtime::PendingAssertion>()) {
  pending_->verifier = &runtime::Process::instance().current(runtime::context());
  runtime::Expectation &expectation = pending_->expectation;
  expectation.slot = &slot;
  for (std::size_t index = 0; index < count; ++index) {
    expectation.fields.push_back({runtime::argument_name(slot, index), matchers[index], nullptr});
  }
  expectation.site = return_address;
  pending_->checked = runtime::check(*pending_->verifier, expectation, pending_->found);
}

AssertedCall::~AssertedCall() {
  if (pending_->failed || pending_->checked == runtime::Checked::asserted) {
    return;
  }
  std::shared_ptr<runtime::Latched> latched;
  try {
    latched = runtime::latch(runtime::missing_ending(*pending_->verifier, pending_->expectation), pending_->verifier);
  } catch (...) {
    latched =
        runtime::latch_out_of_memory(*pending_->verifier, "saying that an assertion does not say how the call ended of",
                                     pending_->expectation.slot->facts.name, pending_->expectation.site);
  }
  latched->fate.store(runtime::Fate::noted, std::memory_order_release);
}

AssertedCall &AssertedCall::failed_with(int error) {
  pending_->expectation.fields.push_back({"errno", matcher_of(error), nullptr});
  pending_->check_again();
  return *this;
}

void AssertedCall::returned_as(Matcher expected) {
  pending_->expectation.fields.push_back({"returned", std::move(expected), nullptr});
  pending_->check_again();
}

void AssertedCall::raised_as(bool (*is)(const std::exception_ptr &), Matcher expected) {
  pending_->expectation.fields.push_back({"raised", std::move(expected), is});
  pending_->check_again();
}

AnyOrder::AnyOrder() : AnyOrder(std::initializer_list<std::string_view>{}) {}

AnyOrder::AnyOrder(std::initializer_list<std::string_view> sources) {
  runtime::VerifierState &verifier = runtime::Process::instance().current(runtime::context());
  runtime::OrderScope scope;
  scope.sources.assign(sources.begin(), sources.end());
  const std::lock_guard<std::mutex> lock(verifier.assertions_mutex);
  verifier.any_order.push_back(std::move(scope));
}

AnyOrder::~AnyOrder() {
  runtime::VerifierState &verifier = runtime::Process::instance().current(runtime::context());
  const std::lock_guard<std::mutex> lock(verifier.assertions_mutex);
  verifier.any_order.pop_back();
}

} // namespace tripwire
