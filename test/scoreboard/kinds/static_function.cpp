// kind: a static function of the unit
// seam: function: "unit.cpp:board_static"
// mock: mock<int(int)>("unit.cpp:board_static")
// wrap: _ZL12board_statici
// aspect: call("% board_static(...)")
//--- seam.h

//--- unit.cpp
static int board_static(int value) { return value; }
int run_static_function() { return board_static(1); }
