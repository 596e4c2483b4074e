// kind: in a default argument
// seam: function: board_default
// mock: mock<&board_default>()
// wrap: _Z13board_defaulti
// aspect: call("% board_default(...)")
//--- seam.h
int board_default(int value);
inline int board_with_default(int value = board_default(1)) { return value; }
//--- unit.cpp
#include "seam.h"
int run_default_argument() { return board_with_default(); }
//--- real.cpp
#include "seam.h"
int board_default(int value) { return value; }
