// kind: a noexcept function
// seam: function: board_noexcept
// mock: mock<&board_noexcept>()
// wrap: _Z14board_noexcepti
// aspect: call("% board_noexcept(...)")
//--- seam.h
int board_noexcept(int value) noexcept;
//--- unit.cpp
#include "seam.h"
int run_noexcept_function() noexcept { return board_noexcept(1); }
//--- real.cpp
#include "seam.h"
int board_noexcept(int value) noexcept { return value; }
