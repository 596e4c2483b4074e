/* GCC's nested functions: Clang cannot parse them.
   refused: function definition is not allowed here */
#include "acme/acme.h"
int use(int number) {
  int inner(int value) { return acme_inc(value) + number; }
  return inner(1);
}
