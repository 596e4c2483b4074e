// kind: a function template
// seam: function: board_template
// mock: mock<&board_template<int>>()
// wrap: _Z14board_templateIiEiT_
// aspect: call("% board_template(...)")
//--- seam.h
template <class T> int board_template(T value) { return static_cast<int>(value); }
//--- unit.cpp
#include "seam.h"
int run_function_template() { return board_template(1); }
