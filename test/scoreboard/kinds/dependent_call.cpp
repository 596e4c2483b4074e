// kind: in a template, dependent
// seam: function: board_dependent
// mock: mock<&board_dependent>()
// wrap: _Z15board_dependenti
// aspect: call("% board_dependent(...)")
//--- seam.h
int board_dependent(int value);
//--- unit.cpp
#include "seam.h"
template <class T> int call_dependent(T value) { return board_dependent(value); }
int run_dependent_call() { return call_dependent(1); }
//--- real.cpp
#include "seam.h"
int board_dependent(int value) { return value; }
