// kind: in a lambda
// seam: function: board_in_lambda
// mock: mock<&board_in_lambda>()
// wrap: _Z15board_in_lambdai
// aspect: call("% board_in_lambda(...)")
//--- seam.h
int board_in_lambda(int value);
//--- unit.cpp
#include "seam.h"
int run_lambda() {
  auto call = [](int value) { return board_in_lambda(value); };
  return call(1);
}
//--- real.cpp
#include "seam.h"
int board_in_lambda(int value) { return value; }
