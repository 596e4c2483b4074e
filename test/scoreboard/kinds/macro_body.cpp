// kind: through a macro that calls it
// seam: function: board_macro
// mock: mock<&board_macro>()
// wrap: _Z11board_macroi
// aspect: call("% board_macro(...)")
//--- seam.h
int board_macro(int value);
#define BOARD_MACRO(value) (board_macro(value))
//--- unit.cpp
#include "seam.h"
int run_macro_body() { return BOARD_MACRO(1); }
//--- real.cpp
#include "seam.h"
int board_macro(int value) { return value; }
