// calls and interactions --> lines to paste into a test in C, which compile and make it progress
#ifndef TRIPWIRE_SRC_C_HINT_IN_C_HPP
#define TRIPWIRE_SRC_C_HINT_IN_C_HPP

#include "interaction.hpp"

#include "tripwire/seam/call.hpp"

#include <string>
#include <string_view>

/// What hint.hpp says, in C.
namespace tripwire::runtime::c {

/// `struct tripwire_mock *again = tripwire_mocked(acme_charge);`
std::string handle_line(std::string_view variable, std::string_view verb, const seam::Slot &slot);
/// `tripwire_returns(tripwire_when(tripwire_mock(acme_charge), "acct_1", 5000, NULL), 0);`
std::string mock_line(const seam::Call &call, bool is_mocked);
/// `tripwire_returns(tripwire_expect(session, acme_send, 3, "hello"), 0);`
std::string expect_line(const seam::Call &call, std::string_view session);
std::string spy_line(const seam::Slot &slot);
/// `tripwire_assert_call(acme_charge, "acct_1", 5000, tripwire_anything);`
std::string assert_line(const Interaction &interaction);

/// A value as C: itself, or a matcher of tripwire.h.
std::string pasted(const Value &value);
/// A string literal, which stays exact when it holds a NUL only together with its length.
std::string literal(std::string_view text);

} // namespace tripwire::runtime::c

#endif
