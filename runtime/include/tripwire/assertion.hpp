// what a test says of a recorded call --> the interaction is asserted, or a violation
#ifndef TRIPWIRE_ASSERTION_HPP
#define TRIPWIRE_ASSERTION_HPP

#include "tripwire/matcher.hpp"
#include "tripwire/place.hpp"
#include "tripwire/seam/slot.hpp"

#include <cstddef>
#include <exception>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

namespace tripwire {

namespace runtime {

struct PendingAssertion;
struct MockedSlot;

seam::Slot &slot_of(MockedSlot &mocked) noexcept;
seam::Slot &slot_of_key(std::string_view key);
seam::Slot &slot_of_name(std::string_view name, std::string_view signature);

} // namespace runtime

/// An assertion about one call, which may go on to say how the call ended. A mocked call that just returned is asserted
/// at once; of a call that reached the real function, or that raised, the assertion must say so: when this object ends
/// without it, the violation is written down, not thrown.
class AssertedCall {
public:
  AssertedCall(seam::Slot &slot, const Matcher *matchers, std::size_t count, const seam::Type *result,
               const void *return_address);
  AssertedCall(const AssertedCall &) = delete;
  AssertedCall &operator=(const AssertedCall &) = delete;
  ~AssertedCall();

  /// The call returned that value. Without an argument: it returned nothing.
  template <class T> AssertedCall &returned(const T &expected) {
    returned_as(result_matcher(expected));
    return *this;
  }
  AssertedCall &returned() {
    returned_as(Matcher());
    return *this;
  }
  /// The call ended by an exception; \p expected is compared with its `what()`.
  template <class T> AssertedCall &raised(const T &expected) {
    raised_as(nullptr, matcher_of(expected));
    return *this;
  }
  /// The call ended by an exception that a handler for \p E catches.
  template <class E> AssertedCall &raised() {
    raised_as(&is_a<E>, Matcher());
    return *this;
  }
  template <class E, class T> AssertedCall &raised(const T &expected) {
    raised_as(&is_a<E>, matcher_of(expected));
    return *this;
  }
  /// The answer set errno to that value.
  AssertedCall &failed_with(int error);

private:
  template <class E> static bool is_a(const std::exception_ptr &exception) {
    try {
      std::rethrow_exception(exception);
    } catch (const E &) {
      return true;
    } catch (...) {
      return false;
    }
  }
  template <class T> Matcher result_matcher(const T &expected) { return matcher_of(expected); }
  void returned_as(Matcher expected);
  void raised_as(bool (*is)(const std::exception_ptr &exception), Matcher expected);

  std::unique_ptr<runtime::PendingAssertion> pending_;
};

/// A mock that answers without a sandbox, for as long as this lives.
class [[nodiscard]] Activation {
public:
  explicit Activation(seam::Slot &slot);
  Activation(const Activation &) = delete;
  Activation &operator=(const Activation &) = delete;
  ~Activation();

private:
  seam::Slot &slot_;
};

/// While it lives, assertions need not follow the order of the timeline. Nests; ends with its scope, also on
/// exceptions.
class [[nodiscard]] AnyOrder {
public:
  /// For every source.
  AnyOrder();
  /// For these only, by the name of a plugin or a seam: among each other they may come in any order, and the others
  /// keep theirs.
  explicit AnyOrder(std::initializer_list<std::string_view> sources);
  AnyOrder(const AnyOrder &) = delete;
  AnyOrder &operator=(const AnyOrder &) = delete;
  ~AnyOrder();
};

/// Runs \p assertions, each of which may match any interaction that is not asserted yet.
template <class F> void in_any_order(F &&assertions) {
  const AnyOrder scope;
  std::forward<F>(assertions)();
}
template <class F> void in_any_order(std::initializer_list<std::string_view> sources, F &&assertions) {
  const AnyOrder scope(sources);
  std::forward<F>(assertions)();
}

} // namespace tripwire

#endif
