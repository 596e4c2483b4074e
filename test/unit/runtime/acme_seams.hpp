// What the tool declares beside the declarations of acme: two names for each seam.
#ifndef ACME_SEAMS_HPP
#define ACME_SEAMS_HPP

#include "acme.hpp"

extern "C" {
extern __typeof__(acme_charge) tripwire_seam_acme_charge;
extern __typeof__(acme_charge) tripwire_may_throw_acme_charge;
extern __typeof__(acme_send) tripwire_seam_acme_send;
extern __typeof__(acme_send) tripwire_may_throw_acme_send;
extern __typeof__(acme_receive) tripwire_may_throw_acme_receive;
extern __typeof__(acme_log) tripwire_may_throw_acme_log_int;
extern __typeof__(acme_log) tripwire_may_throw_acme_log_text_double;
extern __typeof__(acme_close) tripwire_may_throw_acme_close;
extern __typeof__(acme_close) tripwire_seam_acme_close;
extern __typeof__(acme_login) tripwire_may_throw_acme_login;
extern __typeof__(acme_plain) tripwire_may_throw_acme_plain;
}

namespace acme {
int tripwire_seam_send(std::string_view text);
int tripwire_may_throw_send(std::string_view text);
int tripwire_seam_send(int number);
int tripwire_may_throw_send(int number);
std::string tripwire_may_throw_greet(const std::string &name);
std::unique_ptr<int> tripwire_may_throw_give(std::unique_ptr<int> taken);
int &tripwire_may_throw_counter();
void tripwire_may_throw_swap_in(std::vector<std::unique_ptr<int>> list);
int tripwire_seam_quiet(int number) noexcept;
int tripwire_may_throw_quiet(int number);
Level tripwire_may_throw_level_of(Level level);
Pinned tripwire_may_throw_pin(int number);
[[noreturn]] void tripwire_may_throw_give_up(int code);
} // namespace acme

#endif
