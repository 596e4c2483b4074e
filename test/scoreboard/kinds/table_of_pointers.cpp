// kind: through a constant table of pointers
// seam: function: board_tabled
// mock: mock<&board_tabled>()
// wrap: _Z12board_tabledi
// aspect: call("% board_tabled(...)")
//--- seam.h
int board_tabled(int value);
//--- unit.cpp
#include "seam.h"
static int (*const table[])(int) = {board_tabled, nullptr};
int run_table_of_pointers() {
  volatile int row = 0;
  return table[row](1);
}
//--- real.cpp
#include "seam.h"
int board_tabled(int value) { return value; }
