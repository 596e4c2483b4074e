// kind: abs, which compilers compute themselves
// seam: function: abs
// mock: mock<tripwire::overload<int(int)>(&::abs)>()
// wrap: abs
// aspect: call("% abs(...)")
//--- seam.h
#include <stdlib.h>
//--- unit.cpp
#include "seam.h"
int run_libc_builtin() {
  volatile int value = -1;
  return abs(value);
}
