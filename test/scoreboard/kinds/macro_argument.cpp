// kind: as a macro's argument
// seam: function: board_argument
// mock: mock<&board_argument>()
// wrap: _Z14board_argumenti
// aspect: call("% board_argument(...)")
//--- seam.h
int board_argument(int value);
#define BOARD_TEXT(expression) (#expression[0] == 'b' ? (expression) : 0)
//--- unit.cpp
#include "seam.h"
int run_macro_argument() { return BOARD_TEXT(board_argument(1)); }
//--- real.cpp
#include "seam.h"
int board_argument(int value) { return value; }
