// kind: a call in a C unit
// seam: function: board_c_unit
// mock: mock<&board_c_unit>()
// wrap: board_c_unit
// aspect: call("% board_c_unit(...)")
//--- seam.h
#ifdef __cplusplus
extern "C" {
#endif
int board_c_unit(int value);
int run_c_unit(void);
#ifdef __cplusplus
}
#endif
//--- unit.c
#include "seam.h"
int run_c_unit(void) { return board_c_unit(1); }
//--- real.cpp
#include "seam.h"
int board_c_unit(int value) { return value; }
