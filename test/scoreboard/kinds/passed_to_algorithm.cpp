// kind: handed to an algorithm
// seam: function: board_handed
// mock: mock<&board_handed>()
// wrap: _Z12board_handedi
// aspect: call("% board_handed(...)")
//--- seam.h
int board_handed(int value);
//--- unit.cpp
#include "seam.h"
#include <algorithm>
int run_passed_to_algorithm() {
  int values[] = {1};
  std::transform(values, values + 1, values, board_handed);
  return values[0];
}
//--- real.cpp
#include "seam.h"
int board_handed(int value) { return value; }
