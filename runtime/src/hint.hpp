// calls and interactions --> lines to paste into a test, which compile and make it progress
#ifndef TRIPWIRE_SRC_HINT_HPP
#define TRIPWIRE_SRC_HINT_HPP

#include "interaction.hpp"

#include "tripwire/seam/call.hpp"

#include <string>
#include <string_view>

namespace tripwire::runtime {

/// `tripwire::VERB<&acme_charge>(`, or `tripwire::VERB<int(const char *)>("config.cpp:parse_line"` for what only a name
/// reaches. \p open says whether an argument follows.
std::string verb_text(std::string_view verb, const seam::Slot &slot, bool with_arguments);

// In a test that is written in C, the lines below are C.

/// `auto &again = tripwire::mocked<&acme_charge>();`
std::string handle_line(std::string_view variable, std::string_view verb, const seam::Slot &slot);

/// `tripwire::mock<&acme_charge>().when("acct_1", 5000, tripwire::anything).returns(ACME_OK);`, for a slot that is
/// mocked already through the mock that is there.
std::string mock_line(const seam::Call &call, bool is_mocked);
/// `.expect<&acme_send>(3, "hello").returns(0)`: a step of a session.
std::string expect_line(const seam::Call &call);
/// `tripwire::new_session("acme_link").expect<&acme_open>("host").returns(3);`: a session that the call opens.
std::string session_line(std::string_view machine, const seam::Call &call);
std::string spy_line(const seam::Slot &slot);

/// `tripwire::assert_call<&acme_charge>("acct_1", 5000, tripwire::anything).returned(ACME_OK);`, for plugins what they
/// print.
std::string assert_line(const Interaction &interaction);

/// The values of an interaction, ready for a call of `assert_call`; at least one of them is no wildcard where that is
/// possible.
std::string pasted(const Value &value);

} // namespace tripwire::runtime

#endif
