// kind: in a template
// seam: function: board_in_template
// mock: mock<&board_in_template>()
// wrap: _Z17board_in_templatei
// aspect: call("% board_in_template(...)")
//--- seam.h
int board_in_template(int value);
//--- unit.cpp
#include "seam.h"
template <class T> T call_in_template(T other) { return other + board_in_template(1); }
int run_template_body() { return call_in_template(0); }
//--- real.cpp
#include "seam.h"
int board_in_template(int value) { return value; }
