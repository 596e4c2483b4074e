// kind: through a pointer
// seam: function: board_pointed
// mock: mock<&board_pointed>()
// wrap: _Z13board_pointedi
// aspect: call("% board_pointed(...)")
//--- seam.h
int board_pointed(int value);
//--- unit.cpp
#include "seam.h"
int run_address_taken() {
  int (*volatile pointer)(int) = &board_pointed;
  return pointer(1);
}
//--- real.cpp
#include "seam.h"
int board_pointed(int value) { return value; }
