// Definitions as the tool generates them (docs/decisions/0003-generated-surface.md), written by hand to test the
// runtime alone.
#include "acme_seams.hpp"

#include <tripwire/seam/definition.hpp>

namespace {
namespace tw = ::tripwire::seam;

constexpr tw::Enumerator status_names[] = {{"ACME_OK", 0}, {"ACME_DECLINED", 1}, {"ACME_BUSY", 2}};
constexpr tw::Enumerator flag_names[] = {{"ACME_FAST", 1}, {"ACME_SAFE", 2}};
constexpr tw::Enumerator level_names[] = {{"acme::Level::low", 0}, {"acme::Level::high", 1}};

void print_receipt(tw::Out &out, const void *value) {
  [[maybe_unused]] const auto &it = *static_cast<const ::acme_receipt *>(value);
  tw::print_fields(out, "acme_receipt", tw::field("id", it.id), tw::field("cents", it.cents));
}

constexpr tw::Parameter charge_parameters[] = {
    tw::parameter("account"), tw::parameter("cents"),
    tw::parameter("receipt").out().object(sizeof(::acme_receipt)).prints(print_receipt)};
tw::Slot charge_slot(tw::SlotFacts{"acme_charge", "acme_charge", "", "tripwire.yaml:7", tw::key<&::acme_charge>(),
                                   tw::key<&::tripwire_seam_acme_charge>(), tw::signature<decltype(::acme_charge)>(),
                                   charge_parameters, tw::result().enumerators(status_names),
                                   tw::Failure{"returns ACME_BUSY, errno EPERM", [](void *result) noexcept {
                                                 errno = EPERM;
                                                 ::new (result)::acme_status(ACME_BUSY);
                                               }}});
const tw::Registration charge_registration(charge_slot);

constexpr tw::Parameter send_parameters[] = {
    tw::parameter("data").in().bytes([](const tw::Call &call) -> ::std::size_t {
      [[maybe_unused]] const auto &size = call.argument<1, ::size_t>();
      return static_cast<::std::size_t>(size);
    }),
    tw::parameter("size"), tw::parameter("flags").bits(flag_names)};
tw::Slot send_slot(tw::SlotFacts{"acme_send", "acme_send", "", "tripwire.yaml:8", tw::key<&::acme_send>(),
                                 tw::key<&::tripwire_seam_acme_send>(), tw::signature<decltype(::acme_send)>(),
                                 send_parameters, tw::result(), tw::Failure{}});
const tw::Registration send_registration(send_slot);

constexpr tw::Parameter receive_parameters[] = {
    tw::parameter("buffer").out().bytes([](const tw::Call &call) -> ::std::size_t {
      [[maybe_unused]] const auto &result = call.result<long>();
      return static_cast<::std::size_t>(result);
    }),
    tw::parameter("size")};
tw::Slot receive_slot(tw::SlotFacts{"acme_receive", "acme_receive", "", "tripwire.yaml:9", tw::key<&::acme_receive>(),
                                    tw::key<&::tripwire_may_throw_acme_receive>(),
                                    tw::signature<decltype(::acme_receive)>(), receive_parameters, tw::result(),
                                    tw::Failure{}});
const tw::Registration receive_registration(receive_slot);

constexpr tw::Parameter log_parameters[] = {tw::parameter("format")};
tw::Slot log_slot(tw::SlotFacts{"acme_log", "acme_log", "", "tripwire.yaml:10", tw::key<&::acme_log>(),
                                tw::key<&::tripwire_may_throw_acme_log_int>(), tw::signature<decltype(::acme_log)>(),
                                log_parameters, tw::result(), tw::Failure{}});
const tw::Registration log_registration(log_slot);

constexpr tw::Parameter close_parameters[] = {tw::parameter("handle")};
tw::Slot close_slot(tw::SlotFacts{"acme_close", "acme_close", "", "tripwire.yaml:11", tw::key<&::acme_close>(),
                                  tw::key<&::tripwire_seam_acme_close>(), tw::signature<decltype(::acme_close)>(),
                                  close_parameters, tw::result(), tw::Failure{"returns", [](void *) noexcept {}}});
const tw::Registration close_registration(close_slot);

constexpr tw::Parameter login_parameters[] = {tw::parameter("user"), tw::parameter("password").secret()};
tw::Slot login_slot(tw::SlotFacts{"acme_login", "acme_login", "", "tripwire.yaml:12", tw::key<&::acme_login>(),
                                  tw::key<&::tripwire_may_throw_acme_login>(), tw::signature<decltype(::acme_login)>(),
                                  login_parameters, tw::result(), tw::Failure{}});
const tw::Registration login_registration(login_slot);

constexpr tw::Parameter plain_parameters[] = {tw::parameter("a"), tw::parameter("b"), tw::parameter("c")};
tw::Slot plain_slot(tw::SlotFacts{"acme_plain", "acme_plain", "", "tripwire.yaml:13", tw::key<&::acme_plain>(),
                                  tw::key<&::tripwire_may_throw_acme_plain>(), tw::signature<decltype(::acme_plain)>(),
                                  plain_parameters, tw::result(), tw::Failure{}});
const tw::Registration plain_registration(plain_slot);

using SendText = int (*)(std::string_view);
using SendNumber = int (*)(int);
constexpr tw::Parameter send_text_parameters[] = {tw::parameter("text")};
tw::Slot send_text_slot(tw::SlotFacts{
    "acme::send", "_ZN4acme4sendESt17basic_string_viewIcSt11char_traitsIcEE", "", "tripwire.yaml:14",
    tw::key<static_cast<SendText>(&::acme::send)>(), tw::key<static_cast<SendText>(&::acme::tripwire_seam_send)>(),
    tw::signature<int(std::string_view)>(), send_text_parameters, tw::result(), tw::Failure{}});
const tw::Registration send_text_registration(send_text_slot);

constexpr tw::Parameter send_number_parameters[] = {tw::parameter("number")};
tw::Slot send_number_slot(tw::SlotFacts{
    "acme::send", "_ZN4acme4sendEi", "", "tripwire.yaml:14", tw::key<static_cast<SendNumber>(&::acme::send)>(),
    tw::key<static_cast<SendNumber>(&::acme::tripwire_seam_send)>(), tw::signature<int(int)>(), send_number_parameters,
    tw::result(), tw::Failure{}});
const tw::Registration send_number_registration(send_number_slot);

constexpr tw::Parameter greet_parameters[] = {tw::parameter("name")};
tw::Slot greet_slot(tw::SlotFacts{"acme::greet", "_ZN4acme5greetERKSs", "", "tripwire.yaml:15",
                                  tw::key<&::acme::greet>(), "", tw::signature<decltype(::acme::greet)>(),
                                  greet_parameters, tw::result(), tw::Failure{}});
const tw::Registration greet_registration(greet_slot);

constexpr tw::Parameter give_parameters[] = {tw::parameter("taken")};
tw::Slot give_slot(tw::SlotFacts{"acme::give", "_ZN4acme4giveE", "", "tripwire.yaml:16", tw::key<&::acme::give>(), "",
                                 tw::signature<decltype(::acme::give)>(), give_parameters, tw::result(),
                                 tw::Failure{}});
const tw::Registration give_registration(give_slot);

tw::Slot counter_slot(tw::SlotFacts{"acme::counter",
                                    "_ZN4acme7counterEv",
                                    "",
                                    "tripwire.yaml:17",
                                    tw::key<&::acme::counter>(),
                                    "",
                                    tw::signature<decltype(::acme::counter)>(),
                                    {},
                                    tw::result(),
                                    tw::Failure{}});
const tw::Registration counter_registration(counter_slot);

constexpr tw::Parameter swap_in_parameters[] = {tw::parameter("list")};
tw::Slot swap_in_slot(tw::SlotFacts{"acme::swap_in", "_ZN4acme7swap_inE", "", "tripwire.yaml:18",
                                    tw::key<&::acme::swap_in>(), "", tw::signature<decltype(::acme::swap_in)>(),
                                    swap_in_parameters, tw::result(), tw::Failure{}});
const tw::Registration swap_in_registration(swap_in_slot);

constexpr tw::Parameter quiet_parameters[] = {tw::parameter("number")};
tw::Slot quiet_slot(tw::SlotFacts{"acme::quiet", "_ZN4acme5quietEi", "", "tripwire.yaml:19", tw::key<&::acme::quiet>(),
                                  tw::key<&::acme::tripwire_seam_quiet>(), tw::signature<decltype(::acme::quiet)>(),
                                  quiet_parameters, tw::result(),
                                  tw::Failure{"returns -1", [](void *result) noexcept { ::new (result) int(-1); }}});
const tw::Registration quiet_registration(quiet_slot);

constexpr tw::Parameter level_of_parameters[] = {tw::parameter("level").enumerators(level_names)};
tw::Slot level_of_slot(tw::SlotFacts{"acme::level_of", "_ZN4acme8level_ofENS_5LevelE", "", "tripwire.yaml:20",
                                     tw::key<&::acme::level_of>(), "", tw::signature<decltype(::acme::level_of)>(),
                                     level_of_parameters, tw::result().enumerators(level_names), tw::Failure{}});
const tw::Registration level_of_registration(level_of_slot);

constexpr tw::Parameter pin_parameters[] = {tw::parameter("number")};
tw::Slot pin_slot(tw::SlotFacts{"acme::pin", "_ZN4acme3pinEi", "", "tripwire.yaml:21", tw::key<&::acme::pin>(), "",
                                tw::signature<decltype(::acme::pin)>(), pin_parameters, tw::result(), tw::Failure{}});
const tw::Registration pin_registration(pin_slot);

constexpr tw::Parameter give_up_parameters[] = {tw::parameter("code")};
tw::Slot give_up_slot(tw::SlotFacts{"acme::give_up", "_ZN4acme7give_upEi", "", "tripwire.yaml:22",
                                    tw::key<&::acme::give_up>(), "", tw::signature<decltype(::acme::give_up)>(),
                                    give_up_parameters, tw::result(), tw::Failure{}});
const tw::Registration give_up_registration(give_up_slot);

using ChargeCents = int (acme::Client::*)(int);
using ChargeText = int (acme::Client::*)(std::string_view) const;
constexpr tw::Parameter member_cents_parameters[] = {tw::parameter("cents")};
tw::Slot member_cents_slot(tw::SlotFacts{"acme::Client::charge", "_ZN4acme6Client6chargeEi", "", "tripwire.yaml:23",
                                         tw::key<static_cast<ChargeCents>(&::acme::Client::charge)>(),
                                         tw::key<static_cast<ChargeCents>(&::acme::Client::tripwire_seam_charge)>(),
                                         tw::signature<int(int)>(), member_cents_parameters, tw::result(),
                                         tw::Failure{}});
const tw::Registration member_cents_registration(member_cents_slot);

constexpr tw::Parameter member_text_parameters[] = {tw::parameter("text")};
tw::Slot member_text_slot(tw::SlotFacts{
    "acme::Client::charge", "_ZNK4acme6Client6chargeESt17basic_string_viewIcSt11char_traitsIcEE", "",
    "tripwire.yaml:23", tw::key<static_cast<ChargeText>(&::acme::Client::charge)>(),
    tw::key<static_cast<ChargeText>(&::acme::Client::tripwire_seam_charge)>(),
    tw::signature<int(std::string_view) const>(), member_text_parameters, tw::result(), tw::Failure{}});
const tw::Registration member_text_registration(member_text_slot);

constexpr tw::Parameter count_parameters[] = {tw::parameter("from")};
tw::Slot count_slot(tw::SlotFacts{"acme::Client::count", "_ZN4acme6Client5countEi", "", "tripwire.yaml:24",
                                  tw::key<&::acme::Client::count>(), tw::key<&::acme::Client::tripwire_seam_count>(),
                                  tw::signature<decltype(::acme::Client::count)>(), count_parameters, tw::result(),
                                  tw::Failure{}});
const tw::Registration count_registration(count_slot);

constexpr tw::Parameter parse_parameters[] = {tw::parameter("line")};
tw::Slot parse_slot(tw::SlotFacts{"config.cpp:parse_line", "parse_line", "", "tripwire.yaml:25", "", "",
                                  tw::signature<int(const char *)>(), parse_parameters, tw::result(), tw::Failure{}});
const tw::Registration parse_registration(parse_slot);

const tw::Program program("acme_test", "");
} // namespace

extern "C" {

__attribute__((noinline)) tw::result_t<decltype(::acme_charge)>
tripwire_seam_acme_charge(tw::parameter_t<0, decltype(::acme_charge)> a0,
                          tw::parameter_t<1, decltype(::acme_charge)> a1,
                          tw::parameter_t<2, decltype(::acme_charge)> a2) {
  using R = tw::result_t<decltype(::acme_charge)>;
  using P0 = tw::parameter_t<0, decltype(::acme_charge)>;
  using P1 = tw::parameter_t<1, decltype(::acme_charge)>;
  using P2 = tw::parameter_t<2, decltype(::acme_charge)>;
  return tw::invoke<tw::Refusal::answers, R, P0, P1, P2>(
      charge_slot, __builtin_return_address(0),
      [](P0 p0, P1 p1, P2 p2) -> R {
        return ::acme_charge(static_cast<P0 &&>(p0), static_cast<P1 &&>(p1), static_cast<P2 &&>(p2));
      },
      a0, a1, a2);
}

__attribute__((noinline)) acme_status tripwire_may_throw_acme_charge(const char *a0, long a1, acme_receipt *a2) {
  return tw::invoke<tw::Refusal::throws, acme_status, const char *, long, acme_receipt *>(
      charge_slot, __builtin_return_address(0),
      [](const char *p0, long p1, acme_receipt *p2) { return ::acme_charge(p0, p1, p2); }, a0, a1, a2);
}

__attribute__((noinline)) long tripwire_seam_acme_send(const void *a0, size_t a1, int a2) {
  return tw::invoke<tw::Refusal::answers, long, const void *, size_t, int>(
      send_slot, __builtin_return_address(0), [](const void *p0, size_t p1, int p2) { return ::acme_send(p0, p1, p2); },
      a0, a1, a2);
}

__attribute__((noinline)) long tripwire_may_throw_acme_send(const void *a0, size_t a1, int a2) {
  return tw::invoke<tw::Refusal::throws, long, const void *, size_t, int>(
      send_slot, __builtin_return_address(0), [](const void *p0, size_t p1, int p2) { return ::acme_send(p0, p1, p2); },
      a0, a1, a2);
}

__attribute__((noinline)) long tripwire_may_throw_acme_receive(void *a0, size_t a1) {
  return tw::invoke<tw::Refusal::throws, long, void *, size_t>(
      receive_slot, __builtin_return_address(0), [](void *p0, size_t p1) { return ::acme_receive(p0, p1); }, a0, a1);
}

__attribute__((noinline)) int tripwire_may_throw_acme_log_int(const char *a0, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, a0);
  int a1 = __builtin_va_arg(list, int);
  __builtin_va_end(list);
  return tw::invoke<tw::Refusal::throws, int, const char *, int>(
      log_slot, __builtin_return_address(0), [](const char *p0, int p1) { return ::acme_log(p0, p1); }, a0, a1);
}

__attribute__((noinline)) int tripwire_may_throw_acme_log_text_double(const char *a0, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, a0);
  const char *a1 = __builtin_va_arg(list, const char *);
  double a2 = __builtin_va_arg(list, double);
  __builtin_va_end(list);
  return tw::invoke<tw::Refusal::throws, int, const char *, const char *, double>(
      log_slot, __builtin_return_address(0),
      [](const char *p0, const char *p1, double p2) { return ::acme_log(p0, p1, p2); }, a0, a1, a2);
}

__attribute__((noinline)) void tripwire_may_throw_acme_close(int a0) {
  return tw::invoke<tw::Refusal::throws, void, int>(
      close_slot, __builtin_return_address(0), [](int p0) { return ::acme_close(p0); }, a0);
}

__attribute__((noinline)) void tripwire_seam_acme_close(int a0) {
  return tw::invoke<tw::Refusal::answers, void, int>(
      close_slot, __builtin_return_address(0), [](int p0) { return ::acme_close(p0); }, a0);
}

__attribute__((noinline)) int tripwire_may_throw_acme_login(const char *a0, const char *a1) {
  return tw::invoke<tw::Refusal::throws, int, const char *, const char *>(
      login_slot, __builtin_return_address(0), [](const char *p0, const char *p1) { return ::acme_login(p0, p1); }, a0,
      a1);
}

__attribute__((noinline)) int tripwire_may_throw_acme_plain(int a0, const void *a1, size_t a2) {
  return tw::invoke<tw::Refusal::throws, int, int, const void *, size_t>(
      plain_slot, __builtin_return_address(0),
      [](int p0, const void *p1, size_t p2) { return ::acme_plain(p0, p1, p2); }, a0, a1, a2);
}
}

namespace acme {

int tripwire_seam_send(std::string_view a0) {
  return tw::invoke<tw::Refusal::answers, int, std::string_view>(
      send_text_slot, __builtin_return_address(0), [](std::string_view p0) { return ::acme::send(p0); }, a0);
}

int tripwire_may_throw_send(std::string_view a0) {
  return tw::invoke<tw::Refusal::throws, int, std::string_view>(
      send_text_slot, __builtin_return_address(0), [](std::string_view p0) { return ::acme::send(p0); }, a0);
}

int tripwire_seam_send(int a0) {
  return tw::invoke<tw::Refusal::answers, int, int>(
      send_number_slot, __builtin_return_address(0), [](int p0) { return ::acme::send(p0); }, a0);
}

int tripwire_may_throw_send(int a0) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      send_number_slot, __builtin_return_address(0), [](int p0) { return ::acme::send(p0); }, a0);
}

std::string tripwire_may_throw_greet(const std::string &a0) {
  return tw::invoke<tw::Refusal::throws, std::string, const std::string &>(
      greet_slot, __builtin_return_address(0), [](const std::string &p0) { return ::acme::greet(p0); }, a0);
}

std::unique_ptr<int> tripwire_may_throw_give(std::unique_ptr<int> a0) {
  using P0 = std::unique_ptr<int>;
  return tw::invoke<tw::Refusal::throws, std::unique_ptr<int>, P0>(
      give_slot, __builtin_return_address(0), [](P0 p0) { return ::acme::give(static_cast<P0 &&>(p0)); }, a0);
}

int &tripwire_may_throw_counter() {
  return tw::invoke<tw::Refusal::throws, int &>(counter_slot, __builtin_return_address(0),
                                                []() -> int & { return ::acme::counter(); });
}

void tripwire_may_throw_swap_in(std::vector<std::unique_ptr<int>> a0) {
  using P0 = std::vector<std::unique_ptr<int>>;
  return tw::invoke<tw::Refusal::throws, void, P0>(
      swap_in_slot, __builtin_return_address(0), [](P0 p0) { return ::acme::swap_in(static_cast<P0 &&>(p0)); }, a0);
}

int tripwire_seam_quiet(int a0) noexcept {
  return tw::invoke<tw::Refusal::answers, int, int>(
      quiet_slot, __builtin_return_address(0), [](int p0) { return ::acme::quiet(p0); }, a0);
}

int tripwire_may_throw_quiet(int a0) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      quiet_slot, __builtin_return_address(0), [](int p0) { return ::acme::quiet(p0); }, a0);
}

Level tripwire_may_throw_level_of(Level a0) {
  return tw::invoke<tw::Refusal::throws, Level, Level>(
      level_of_slot, __builtin_return_address(0), [](Level p0) { return ::acme::level_of(p0); }, a0);
}

Pinned tripwire_may_throw_pin(int a0) {
  return tw::invoke<tw::Refusal::throws, Pinned, int>(
      pin_slot, __builtin_return_address(0), [](int p0) -> Pinned { return ::acme::pin(p0); }, a0);
}

void tripwire_may_throw_give_up(int a0) {
  tw::invoke_noreturn<tw::Refusal::throws, int>(
      give_up_slot, __builtin_return_address(0), [](int p0) { ::acme::give_up(p0); }, a0);
}

int Client::tripwire_seam_charge(int a0) {
  return tw::invoke_member<tw::Refusal::answers, int, int>(
      member_cents_slot, __builtin_return_address(0), this, [this](int p0) { return this->charge(p0); }, a0);
}

int Client::tripwire_may_throw_charge(int a0) {
  return tw::invoke_member<tw::Refusal::throws, int, int>(
      member_cents_slot, __builtin_return_address(0), this, [this](int p0) { return this->charge(p0); }, a0);
}

int Client::tripwire_seam_charge(std::string_view a0) const {
  return tw::invoke_member<tw::Refusal::answers, int, std::string_view>(
      member_text_slot, __builtin_return_address(0), this, [this](std::string_view p0) { return this->charge(p0); },
      a0);
}

int Client::tripwire_may_throw_charge(std::string_view a0) const {
  return tw::invoke_member<tw::Refusal::throws, int, std::string_view>(
      member_text_slot, __builtin_return_address(0), this, [this](std::string_view p0) { return this->charge(p0); },
      a0);
}

int Client::tripwire_seam_count(int a0) {
  return tw::invoke<tw::Refusal::answers, int, int>(
      count_slot, __builtin_return_address(0), [](int p0) { return ::acme::Client::count(p0); }, a0);
}

int Client::tripwire_may_throw_count(int a0) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      count_slot, __builtin_return_address(0), [](int p0) { return ::acme::Client::count(p0); }, a0);
}

} // namespace acme
