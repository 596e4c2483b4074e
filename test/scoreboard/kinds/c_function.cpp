// kind: a function with C linkage
// seam: function: board_c
// mock: mock<&board_c>()
// wrap: board_c
// aspect: call("% board_c(...)")
//--- seam.h
extern "C" int board_c(int value);
//--- unit.cpp
#include "seam.h"
int run_c_function() { return board_c(1); }
//--- real.cpp
#include "seam.h"
int board_c(int value) { return value; }
