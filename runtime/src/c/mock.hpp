// a queue of answers, as a test in C holds it
#ifndef TRIPWIRE_SRC_C_MOCK_HPP
#define TRIPWIRE_SRC_C_MOCK_HPP

#include "tripwire/mock.hpp"
#include "tripwire/tripwire.h"

#include <string>

#undef tripwire_mock // the macro is for C, and this is a constructor

/// The face of a queue, which owns it.
struct tripwire_mock final : tripwire::runtime::AnswersBase {
  explicit tripwire_mock(tripwire::runtime::Queue &of) noexcept : AnswersBase(of) {}

  using AnswersBase::add_bits;
  using AnswersBase::add_call;
  using AnswersBase::add_real;
  using AnswersBase::add_write_characters;
  using AnswersBase::queue;
  using AnswersBase::set_always;
  using AnswersBase::set_error;
  using AnswersBase::set_optional;
  using AnswersBase::set_times;
};

namespace tripwire::runtime::c {

/// The name of a seam: the identifier that a macro was given, or the text in its string literal.
std::string seam_named(const char *name);

} // namespace tripwire::runtime::c

#endif
