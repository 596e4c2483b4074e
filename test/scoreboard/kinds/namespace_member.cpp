// kind: a function of a namespace
// seam: function: "board_acme::send"
// mock: mock<&board_acme::send>()
// wrap: _ZN10board_acme4sendEi
// aspect: call("% board_acme::send(...)")
//--- seam.h
namespace board_acme {
int send(int value);
}
//--- unit.cpp
#include "seam.h"
using namespace board_acme;
int run_namespace_member() { return send(1); }
//--- real.cpp
#include "seam.h"
int board_acme::send(int value) { return value; }
