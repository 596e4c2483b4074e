// calls, interactions and mocks --> the sentences of violations
#ifndef TRIPWIRE_SRC_MESSAGE_HPP
#define TRIPWIRE_SRC_MESSAGE_HPP

#include "interaction.hpp"
#include "queue.hpp"

#include "tripwire/seam/call.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

/// The name of an argument in the real declaration, else `argument 3`, counted from 1.
std::string argument_name(const seam::Slot &slot, std::size_t index);

/// `acme_charge(account: "acct_1", cents: 5000)`.
std::string call_text(const seam::Call &call);
std::string call_text(const Interaction &interaction);

/// How it ended: ` returned ACME_OK`, ` raised std::runtime_error("bad")`, ` errno EPERM`; empty when nothing is known.
std::string outcome_text(const Interaction &interaction);

std::string printed(const Value &value);
std::string described(const Matcher &matcher, const seam::Parameter *parameter);

/// `test.cpp:12`.
std::string text_of(const Place &place);

/// `, in thread 2`; empty for the thread that runs the test.
std::string thread_text(std::uint32_t thread, std::uint32_t home);

/// `3 interactions`, `1 interaction`.
std::string count_text(std::size_t count, std::string_view one, std::string_view many);

/// Why the mock did not answer: the nearest queue field by field, or that its answers are used up. Lines with an indent
/// of two.
std::string nearest_text(MockedSlot &mocked, const seam::Call &call);

/// The conditions of a queue against the call, argument by argument, each on a line of its own with an indent of four.
std::string differences(const Queue &queue, const seam::Call &call);

/// The name of an errno value, also of a negative one: `EPERM`.
std::string errno_text(int error);

/// What the exception that is being handled is: `std::runtime_error("bad text")`, and its `what()`.
struct ExceptionText {
  std::string shown;
  std::string what;
};
ExceptionText describe(const std::exception_ptr &exception);

/// `; comparing them threw int`; empty when nothing was thrown.
std::string threw_text(const std::exception_ptr &exception);

/// Every line of \p text behind \p indent.
std::string indented(std::string_view text, std::string_view indent);

} // namespace tripwire::runtime

#endif
