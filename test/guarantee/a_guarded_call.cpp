// Outside of a sandbox a seamed call in the body of a test is refused.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

int main() {
  const tripwire::Session session("payments");
  return acme::tripwire_may_throw_send(std::string_view("hello"));
}
