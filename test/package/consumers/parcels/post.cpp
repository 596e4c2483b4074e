#include "post.h"

namespace {
int taken = 0;
}

int post_send(const char *, const char *) { return ++taken, 1; }
int post_taken() { return taken; }

int post_open() { return 1; }
int post_buy_stamp(int, int cents) { return cents - 85; }
void post_leave(int) {}
