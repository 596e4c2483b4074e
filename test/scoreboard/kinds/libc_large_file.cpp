// kind: open with 64-bit offsets, which becomes open64
// seam: function: open
// mock: mock<&::open>()
// wrap: open
// aspect: call("% open(...)")
// flags: -D_FILE_OFFSET_BITS=64
//--- seam.h
#include <fcntl.h>
//--- unit.cpp
#include "seam.h"
int run_libc_large_file() { return open("/no/such/file", O_RDONLY); }
