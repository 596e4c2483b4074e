// kind: a virtual member function
// seam: method: "BoardPort::read"
// mock: mock<&BoardPort::read>()
// wrap: _ZN11BoardSerial4readEi
// aspect: call("% BoardPort::read(...)")
//--- seam.h
struct BoardPort {
  virtual ~BoardPort() = default;
  virtual int read(int value) = 0;
};
BoardPort &board_port();
//--- unit.cpp
#include "seam.h"
int run_virtual_member() { return board_port().read(1); }
//--- real.cpp
#include "seam.h"
struct BoardSerial : BoardPort {
  int read(int value) override;
};
int BoardSerial::read(int value) { return value; }
BoardPort &board_port() {
  static BoardSerial port;
  return port;
}
