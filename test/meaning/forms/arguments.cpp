// What is passed and what comes back
#include "acme/acme.hpp"
#include "form.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

FORM(overload_resolution) {
  acme::Token token;
  const acme::Token constant;
  SHOW(acme::send(1));
  SHOW(acme::send(1U));
  SHOW(acme::send(1L));
  SHOW(acme::send(1.0));
  SHOW(acme::send(1.0F));
  SHOW(acme::send(true));
  SHOW(acme::send('c'));
  SHOW(acme::send(short{1}));
  SHOW(acme::send("text"));
  SHOW(acme::send(&token));
  SHOW(acme::send(nullptr));
  SHOW(acme::send(token));
  SHOW(acme::send(constant));
  SHOW(acme::send(std::move(token)));
  SHOW(acme::send(acme::Token{}));
  SHOW(acme::send({1, 2}));
  SHOW(acme::send(acme::Mode::fast));
  SHOW(acme::send(1, 2));
  SHOW(acme::send(token.value));
  static_assert(noexcept(acme::send(acme::Mode::slow)) && !noexcept(acme::send(1)));
}

FORM(nothing_as_a_pointer) {
  SHOW(acme::zero(0));
  SHOW(acme::zero(nullptr));
  SHOW(acme::zero(static_cast<const void *>(nullptr)));
  SHOW(acme::zero("x"));
  SHOW(acme::with_unnamed(1, 2, nullptr));
  SHOW(acme::with_unnamed(1, 2, 0));
  SHOW(acme::with_unnamed(1, 2, NULL));
}

FORM(references) {
  int number = 1;
  SHOW(acme::by_reference(number));
  SHOW(acme::by_const_reference(number) + acme::by_const_reference(2));
  SHOW(acme::by_rvalue(3) + acme::by_rvalue(std::move(number)));
  acme::place(0) = 40;
  acme::place(acme_step(1)) += 2;
  int &same = acme::place(0);
  SHOW(++same + acme::peek(0) + acme::moved(0));
  int &&moved = acme::moved(0);
  SHOW(&moved == &same);
  const int values[3] = {1, 2, 3};
  SHOW(acme::by_array(values) + acme::by_array({4, 5, 6}));
  SHOW(acme::row()[2] + static_cast<int>(sizeof(acme::row())));
  SHOW(acme::by_function(acme_inc));
}

FORM(bit_fields) {
  acme_flags flags = {5, -3};
  SHOW(acme_inc(flags.low) + acme_inc(flags.high));
  SHOW(acme::send(flags.low));
  SHOW(acme::send(flags.high));
  SHOW(acme::by_const_reference(flags.low));
  flags.low = static_cast<unsigned>(acme_inc(6)) & 7U;
  SHOW(flags.low);
  SHOW(acme_sum(2, flags.low, flags.high));
}

FORM(braces) {
  SHOW(acme_area({3, 4}));
  SHOW(acme_area({}));
  SHOW(acme_area({.x = 5, .y = 6}));
  SHOW(acme_area(acme_point{7, 8}));
  SHOW(acme_inc({9}));
  SHOW(acme_inc({}));
  SHOW(acme::listed({1, 2, 3}));
  SHOW(acme::by_text({'a', 'b'}));
  SHOW(acme::by_text({}));
  SHOW(acme::scaled({3}, {4}));
  SHOW(acme_word_of({77}));
  SHOW(acme::take(acme::MoveOnly{5}));
}

FORM(move_only_and_immovable) {
  acme::MoveOnly item(1);
  SHOW(acme::take(std::move(item)));
  SHOW(item.value);
  SHOW(acme::take(acme::make_moving(2)));
  const acme::Immovable fixed = acme::make_fixed(3);
  SHOW(fixed.value + acme::look(fixed) + acme::look(acme::make_fixed(4)));
  const auto boxed = std::unique_ptr<acme::Immovable>(new acme::Immovable(acme::make_fixed(5)));
  SHOW(boxed->value);
  acme::MoveOnly made = acme::make_moving(6);
  made = acme::make_moving(7);
  SHOW(made.value);
}

FORM(text) {
  const std::string kept = "kept";
  SHOW(acme::by_text("literal"));
  SHOW(acme::by_text(kept));
  SHOW(acme::by_text(kept + "more"));
  SHOW(acme::by_view("view") + acme::by_view(kept));
  SHOW(acme::by_text(acme::text(acme_inc(122))));
  SHOW(acme::text(5).size());
}

FORM(scalars) {
  SHOW(acme_half(3.0) * 10);
  SHOW(acme_half(3.0F) * 10);
  SHOW(acme_half(3) * 10);
  SHOW(acme_float(2.0F) * 100);
  SHOW(acme_wide(1.5L));
  SHOW(acme_byte(255));
  SHOW(acme_byte(static_cast<unsigned char>(7)));
  SHOW(acme_mix(ACME_RED, ACME_BLUE));
  SHOW(acme_long(1L << 40));
}

FORM(records_and_pointers) {
  acme_point point = acme_make(1, 2);
  acme_move(&point, 4);
  SHOW(acme_area(point) + acme_make(6, 7).y + acme_origin()->x);
  SHOW(acme::pair(3).second + acme::constant(4).value);
  const int values[] = {1, 2, 3};
  const int rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
  SHOW(acme_total(values, 3) + static_cast<int>(acme_row(values, rows)));
  char room[8];
  SHOW(std::strcmp(acme_copy(room, "abc", 4), "abc"));
  const auto visit = [](void *context, int value) { return *static_cast<int *>(context) * acme_inc(value); };
  int factor = 3;
  SHOW(acme_visit(visit, &factor));
  void *block = acme_alloc(3);
  acme_free(block);
  SHOW(acme_length("four"));
}

FORM(order_of_evaluation) {
  acme_reset();
  const int list[] = {acme_next(), acme_next(), acme_next()};
  SHOW(list[0] * 100 + list[1] * 10 + list[2]);
  const acme::Pair pair{acme_step(1), acme_step(2)};
  SHOW(pair.first);
  const auto pick = [](int number) -> int (*)(int) {
    acme_step(number);
    return acme_inc;
  };
  SHOW(pick(3)(acme_step(4)));
  acme::place(acme_step(1)) = acme_step(2);
  acme::Gateway gateway;
  SHOW(gateway.chain(acme_step(1)).chain(acme_step(2)).charge(static_cast<long>(acme_step(3))));
}

FORM(errno_stays) {
  errno = 5;
  acme_inc(1);
  SHOW(errno);
  SHOW(acme_set_errno(7));
  SHOW(errno);
}

FORM(attributes) {
  SHOW(acme::wanted(1));
  (void)acme::wanted(2);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  SHOW(acme::aged(3));
  SHOW(acme_old(4));
  int (*old)(int) = &acme_old;
  SHOW(old(5));
#pragma GCC diagnostic pop
  SHOW(acme_square(6));
  SHOW(acme::trailing(7));
  acme::nothing();
}

namespace {
[[noreturn]] void leave_for_good() { acme::fail(4); }
int every_way_out(int number) {
  if (number == 0)
    return 1;
  acme::fail(number);
}
} // namespace
FORM(functions_that_do_not_return) {
  try {
    leave_for_good();
  } catch (int number) {
    SHOW(number);
  }
  try {
    SHOW(every_way_out(0));
    SHOW(every_way_out(5));
  } catch (int number) {
    SHOW(number);
  }
  volatile int tries = 0;
  if (setjmp(acme_landing) == 0) {
    ++tries;
    acme_leave(3);
  }
  SHOW(tries);
}

FORM(variadic_calls) {
  const short small = 3;
  const char letter = 'c';
  const bool yes = true;
  SHOW(acme_sum(0));
  SHOW(acme_sum(1, 2));
  SHOW(acme_sum(3, small, letter, yes));
  SHOW(acme_sum(2, ACME_RED, acme_inc(4)));
  SHOW(acme_log("%d %s %.1f %c %ld %p|", 1, "two", 3.0F, letter, 4L, static_cast<void *>(nullptr)));
  SHOW(acme_log("%s|", acme::text(5).c_str()));
  SHOW(acme_log("plain|"));
  SHOW(acme_log(acme_translate("%d|"), 6));
  SHOW(acme_log("%Lf|", acme_wide(7.0L)));
  SHOW(acme_log("%zu %llu %hhd|", sizeof(int), 8ULL, static_cast<signed char>(9)));
  SHOW(acme_list("a", "b", nullptr));
  SHOW(acme_list("a", static_cast<const char *>(nullptr)));
  const char *array = "array";
  char room[] = "room";
  SHOW(acme_log("%s %s|", array, room));
  SHOW(acme_log("%d|", acme_log("%d|", acme_sum(1, acme_sum(1, 1)))));
}
