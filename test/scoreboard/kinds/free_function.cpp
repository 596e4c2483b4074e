// kind: a free function
// seam: function: board_free
// mock: mock<&board_free>()
// wrap: _Z10board_freei
// aspect: call("% board_free(...)")
//--- seam.h
int board_free(int value);
//--- unit.cpp
#include "seam.h"
int run_free_function() { return board_free(1); }
//--- real.cpp
#include "seam.h"
int board_free(int value) { return value; }
