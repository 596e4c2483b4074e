// kind: in a generic lambda, dependent
// seam: function: board_generic
// mock: mock<&board_generic>()
// wrap: _Z13board_generici
// aspect: call("% board_generic(...)")
//--- seam.h
int board_generic(int value);
//--- unit.cpp
#include "seam.h"
int run_generic_lambda() {
  auto call = [](auto value) { return board_generic(value); };
  return call(1);
}
//--- real.cpp
#include "seam.h"
int board_generic(int value) { return value; }
