// kind: a constructor
// seam: constructor: BoardSocket
// mock: mock_constructor<BoardSocket>()
// wrap: _ZN11BoardSocketC1Ei
//--- seam.h
struct BoardSocket {
  explicit BoardSocket(int value);
  int handle;
};
//--- unit.cpp
#include "seam.h"
int run_constructor() {
  BoardSocket socket(1);
  return socket.handle;
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
