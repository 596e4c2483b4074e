// kind: defined in the unit that calls it
// seam: function: board_same_unit
// mock: mock<&board_same_unit>()
// wrap: _Z15board_same_uniti
// aspect: call("% board_same_unit(...)")
//--- seam.h
int board_same_unit(int value);
//--- unit.cpp
#include "seam.h"
int board_same_unit(int value) { return value; }
int run_same_unit() { return board_same_unit(1); }
