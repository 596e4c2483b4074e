// the runtime's place --> every watched call is counted and made
//
// What the generated definitions ask of a runtime, and no more. Every slot stays watched, so each call takes the long
// way: its arguments and its result travel as they do to a mock.
#include "counts.hpp"
#include "tripwire/seam/definition.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

Counts &counts() {
  static Counts made;
  return made;
}

void count(const tripwire::seam::Slot &slot) {
  const int error = errno;
  ++counts()[std::string(slot.facts.symbol)];
  errno = error;
}

} // namespace

Counts take_wrapper_counts() {
  Counts taken;
  taken.swap(counts());
  return taken;
}

namespace tripwire::seam {

Registration::Registration(Slot &slot) noexcept : slot_(slot) {}
Registration::~Registration() = default;
Program::Program(std::string_view, std::string_view) noexcept {}

void dispatch(Call &call) {
  count(call.slot);
  call.make(call);
}
void admit(Call &call) { count(call.slot); }
void must_not_return(const Slot &slot, const void *) noexcept {
  std::printf("%s returned\n", std::string(slot.facts.name).c_str());
  std::abort();
}

// Nothing is ever printed here.
Out &Out::put(std::string_view) { return *this; }
Out &Out::put_quoted(std::string_view) { return *this; }
Out &Out::put_bytes(std::string_view) { return *this; }
Out &Out::put_character(char) { return *this; }
Out &Out::put_signed(long long) { return *this; }
Out &Out::put_unsigned(unsigned long long) { return *this; }
Out &Out::put_floating(double) { return *this; }
Out &Out::put_floating(float) { return *this; }
Out &Out::put_address(const void *) { return *this; }
Out &Out::put_opaque(std::string_view, std::size_t) { return *this; }
void detail::print_nothing_known(Out &, const void *) {}

} // namespace tripwire::seam
