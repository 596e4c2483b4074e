// kind: read under _FORTIFY_SOURCE, which becomes __read_chk
// seam: function: read
// mock: mock<&::read>()
// wrap: read
// aspect: call("% read(...)")
// flags: -D_FORTIFY_SOURCE=2
//--- seam.h
#include <unistd.h>
//--- unit.cpp
#include "seam.h"
static char buffer[16];
int run_libc_fortified() {
  volatile size_t size = 8;
  return static_cast<int>(read(-1, buffer, size));
}
