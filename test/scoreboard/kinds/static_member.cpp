// kind: a static member function
// seam: method: "BoardRegistry::find"
// mock: mock<&BoardRegistry::find>()
// wrap: _ZN13BoardRegistry4findEi
// aspect: call("% BoardRegistry::find(...)")
//--- seam.h
struct BoardRegistry {
  static int find(int value);
};
//--- unit.cpp
#include "seam.h"
int run_static_member() { return BoardRegistry::find(1); }
//--- real.cpp
#include "seam.h"
int BoardRegistry::find(int value) { return value; }
