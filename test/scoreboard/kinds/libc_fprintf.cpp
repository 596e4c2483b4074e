// kind: fprintf, which compilers turn into fwrite
// seam: function: fprintf
// mock: mock<&::fprintf>()
// wrap: fprintf
// aspect: call("% fprintf(...)")
// observe: silence
//--- seam.h
#include <stdio.h>
//--- unit.cpp
#include "seam.h"
int run_libc_fprintf() {
  fprintf(stdout, "the real one\n");
  return 0;
}
