// kind: one member of an overload set
// seam: function: "board_overload(int)"
// mock: mock<tripwire::overload<int(int)>(&board_overload)>()
// wrap: _Z14board_overloadi
// aspect: call("int board_overload(int)")
//--- seam.h
int board_overload(int value);
int board_overload(const char *value);
//--- unit.cpp
#include "seam.h"
int run_overload() { return board_overload("x") == 2 ? board_overload(1) : 0; }
//--- real.cpp
#include "seam.h"
int board_overload(int value) { return value; }
int board_overload(const char *) { return 2; }
