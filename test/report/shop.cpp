// The code under test, as the tool leaves it: calls go to wrappers, and section `.tripwire.sites` knows their lines.
#include "shop.hpp"

#include "acme_seams.hpp"

namespace shop {

long pay(const char *account, long cents) {
  acme_receipt receipt{};
  return tripwire_may_throw_acme_charge(account, cents, &receipt) == ACME_OK ? receipt.cents : -1;
}

int say(std::string_view text) { return acme::tripwire_may_throw_send(text); }

int log_in(const char *password) { return tripwire_may_throw_acme_login("ann", password); }

int plain(int number) {
  return tripwire_may_throw_acme_plain( //
      number, nullptr, 1);
}

int never() { return tripwire_may_throw_acme_plain(7, nullptr, 1); }

} // namespace shop

// clang-format off
__asm__(".pushsection .tripwire.sites,\"\",%progbits\n"
        ".ascii \"unit\\t" SHOP_FOLDER "\\nfile\\t./shop.cpp\\n\"\n"
        ".ascii \"in\\tshop::pay\\ncall\\t10\\t10\\tacme_charge\\n\"\n"
        ".ascii \"in\\tshop::say\\ncall\\t13\\t41\\tacme::send\\n\"\n"
        ".ascii \"in\\tshop::log_in\\ncall\\t15\\t44\\tacme_login\\n\"\n"
        ".ascii \"in\\tshop::plain\\ncall\\t18\\t10\\tacme_plain\\n\"\n"
        ".ascii \"in\\tshop::never\\ncall\\t22\\t22\\tacme_plain\\n\"\n"
        ".ascii \"name\\t22\\t70\\tacme_plain\\n\"\n"
        ".ascii \"exempt\\t22\\t80\\tacme_plain\\tan unevaluated operand\\n\"\n"
        ".popsection");
