// kind: a variadic function
// seam: function: board_variadic
// mock: mock<&board_variadic>()
// wrap: board_variadic
// aspect: call("% board_variadic(...)")
//--- seam.h
extern "C" int board_variadic(int count, ...);
//--- unit.cpp
#include "seam.h"
int run_variadic() { return board_variadic(2, 1.5, "x"); }
//--- real.cpp
#include "seam.h"
int board_variadic(int, ...) { return 1; }
