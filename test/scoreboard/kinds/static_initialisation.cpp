// kind: at static-initialisation time
// seam: function: board_early
// mock: mock<&board_early>()
// wrap: _Z11board_earlyi
// aspect: call("% board_early(...)")
// early: board_early
//--- seam.h
int board_early(int value);
//--- unit.cpp
#include "seam.h"
static int early = board_early(1);
int run_static_initialisation() { return early; }
//--- real.cpp
#include "seam.h"
int board_early(int value) { return value; }
