// kind: a constructor
// seam: constructor: BoardSocket
// mock: mock<tripwire::constructor<BoardSocket(int)>>()
// answer: raises(99)
// wrap: _ZN11BoardSocketC1Ei
//--- seam.h
struct BoardSocket {
  explicit BoardSocket(int value);
  int handle;
};
//--- unit.cpp
#include "seam.h"
int run_constructor() {
  try {
    BoardSocket socket(1);
    return socket.handle;
  } catch (int mocked) {
    return mocked;
  }
}
//--- real.cpp
#include "seam.h"
BoardSocket::BoardSocket(int value) : handle(value) {}
//--- wrap.cpp
#include "seam.h"
void board_wrapped_constructor(BoardSocket *self) asm("__wrap__ZN11BoardSocketC1Ei");
void board_wrapped_constructor(BoardSocket *self) { self->handle = 99; }
//--- aspect.ah
// clang-format off
#include "seam.h"
aspect Mock_constructor {
  advice construction("BoardSocket") : around() { tjp->that()->handle = 99; }
};
