// kind: sscanf, which glibc calls __isoc99_sscanf
// seam: function: sscanf
// mock: mock<&::sscanf>()
// wrap: sscanf
// aspect: call("% sscanf(...)")
//--- seam.h
#include <stdio.h>
//--- unit.cpp
#include "seam.h"
int run_libc_renamed() {
  int value = 0;
  return sscanf("7", "%d", &value);
}
