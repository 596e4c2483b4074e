// error: cannot convert
#include <tripwire/tripwire.hpp>

void test() {
  const auto pattern = tripwire::M("http").path([](std::string_view text) { return text.empty(); });
#ifdef MUST_NOT_COMPILE
  (void)pattern.host([] { return true; });
#else
  (void)pattern;
#endif
}
