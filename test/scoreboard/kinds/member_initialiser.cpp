// kind: in a member's default initialiser
// seam: function: board_initial
// mock: mock<&board_initial>()
// wrap: _Z13board_initiali
// aspect: call("% board_initial(...)")
//--- seam.h
int board_initial(int value);
struct BoardCounter {
  int value = board_initial(1);
};
//--- unit.cpp
#include "seam.h"
int run_member_initialiser() { return BoardCounter().value; }
//--- real.cpp
#include "seam.h"
int board_initial(int value) { return value; }
