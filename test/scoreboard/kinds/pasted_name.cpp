// kind: a name that a macro puts together
// seam: function: board_pasted
// mock: mock<&board_pasted>()
// wrap: _Z12board_pastedi
// aspect: call("% board_pasted(...)")
//--- seam.h
int board_pasted(int value);
#define BOARD_PASTE(name) board_##name
//--- unit.cpp
#include "seam.h"
int run_pasted_name() { return BOARD_PASTE(pasted)(1); }
//--- real.cpp
#include "seam.h"
int board_pasted(int value) { return value; }
