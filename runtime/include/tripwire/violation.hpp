// a broken promise --> an exception that knows its facts and prints the line to paste
#ifndef TRIPWIRE_VIOLATION_HPP
#define TRIPWIRE_VIOLATION_HPP

#include "tripwire/place.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire {

/// Which promise was broken. The names are those of the exception types.
enum class ViolationKind : unsigned char {
  unmocked_interaction,
  unasserted_interactions,
  unused_mocks,
  verification,
  assertion_inside_sandbox,
  interaction_mismatch,
  missing_assertion_fields,
  all_wildcard_assertion,
  auto_assert,
  conflict,
  post_sandbox_interaction,
  sandbox_not_active,
  guarded_call,
  invalid_state,
  configuration,
  unknown_seam,
};

/// `UnmockedInteractionError` and so on.
std::string_view name_of(ViolationKind kind) noexcept;

/// What a violation knows besides its text.
struct Facts {
  ViolationKind kind = ViolationKind::verification;
  std::string text;                ///< the whole message, several lines, without a newline at the end
  std::string source;              ///< the seam or plugin: `acme_charge`, `http`
  CallSite site;                   ///< of the call, or of the assertion
  std::vector<std::string> fields; ///< the fields it is about: missing ones, or those that did not match
  std::uint64_t sandbox = 0;       ///< the sandbox's id, where one is concerned
};

class Violation;

namespace runtime {
struct Latched;
Latched &latched_of(const Violation &violation) noexcept;
} // namespace runtime

/// The base of everything tripwire throws. Not derived from `std::exception`: production code that catches its own
/// errors must not catch these. Copies share one record, by which the verifier learns who swallowed it.
class Violation {
public:
  explicit Violation(std::shared_ptr<runtime::Latched> latched) noexcept;
  Violation(const Violation &) noexcept;
  Violation &operator=(const Violation &) noexcept;
  virtual ~Violation();

  /// The whole message.
  const char *what() const noexcept;
  const Facts &facts() const noexcept;
  ViolationKind kind() const noexcept { return facts().kind; }

private:
  friend runtime::Latched &runtime::latched_of(const Violation &violation) noexcept;
  std::shared_ptr<runtime::Latched> latched_;
};

/// One exception type for each kind, so that tests can tell them apart.
template <ViolationKind Kind> class ViolationOf : public Violation {
public:
  using Violation::Violation;
};

using UnmockedInteractionError = ViolationOf<ViolationKind::unmocked_interaction>;
using UnassertedInteractionsError = ViolationOf<ViolationKind::unasserted_interactions>;
using UnusedMocksError = ViolationOf<ViolationKind::unused_mocks>;
using VerificationError = ViolationOf<ViolationKind::verification>;
using AssertionInsideSandboxError = ViolationOf<ViolationKind::assertion_inside_sandbox>;
using InteractionMismatchError = ViolationOf<ViolationKind::interaction_mismatch>;
using MissingAssertionFieldsError = ViolationOf<ViolationKind::missing_assertion_fields>;
using AllWildcardAssertionError = ViolationOf<ViolationKind::all_wildcard_assertion>;
using AutoAssertError = ViolationOf<ViolationKind::auto_assert>;
using ConflictError = ViolationOf<ViolationKind::conflict>;
using PostSandboxInteractionError = ViolationOf<ViolationKind::post_sandbox_interaction>;
using SandboxNotActiveError = ViolationOf<ViolationKind::sandbox_not_active>;
using GuardedCallError = ViolationOf<ViolationKind::guarded_call>;
using InvalidStateError = ViolationOf<ViolationKind::invalid_state>;
using ConfigurationError = ViolationOf<ViolationKind::configuration>;
using UnknownSeamError = ViolationOf<ViolationKind::unknown_seam>;

/// Writes the violation down in the current verifier and throws the exception of its kind. The one way in which
/// anything of ours, plugins included, is thrown.
[[noreturn]] void raise(Facts facts);

} // namespace tripwire

#endif
