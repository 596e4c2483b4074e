// kind: an inline function of a header
// seam: function: board_inline
// mock: mock<&board_inline>()
// wrap: _Z12board_inlinei
// aspect: call("% board_inline(...)")
//--- seam.h
inline int board_inline(int value) { return value; }
//--- unit.cpp
#include "seam.h"
int run_inline_in_header() { return board_inline(1); }
