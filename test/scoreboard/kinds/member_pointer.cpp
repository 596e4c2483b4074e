// kind: through a pointer to a member function
// seam: method: "BoardValve::turn"
// mock: mock<&BoardValve::turn>()
// wrap: _ZN10BoardValve4turnEi
// aspect: call("% BoardValve::turn(...)")
//--- seam.h
struct BoardValve {
  int turn(int value);
};
//--- unit.cpp
#include "seam.h"
int run_member_pointer() {
  int (BoardValve::*volatile pointer)(int) = &BoardValve::turn;
  BoardValve valve;
  return (valve.*pointer)(1);
}
//--- real.cpp
#include "seam.h"
int BoardValve::turn(int value) { return value; }
