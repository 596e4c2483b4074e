// kind: a call in a header's inline function
// seam: function: board_in_header
// mock: mock<&board_in_header>()
// wrap: _Z15board_in_headeri
// aspect: call("% board_in_header(...)")
//--- seam.h
int board_in_header(int value);
inline int board_header_caller(int value) { return board_in_header(value); }
//--- unit.cpp
#include "seam.h"
int run_call_in_header() { return board_header_caller(1); }
//--- real.cpp
#include "seam.h"
int board_in_header(int value) { return value; }
