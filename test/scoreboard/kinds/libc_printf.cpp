// kind: printf, which compilers turn into puts
// seam: function: printf
// mock: mock<&::printf>()
// wrap: printf
// aspect: call("% printf(...)")
// observe: silence
//--- seam.h
#include <stdio.h>
//--- unit.cpp
#include "seam.h"
int run_libc_printf() {
  printf("the real one\n");
  return 0;
}
