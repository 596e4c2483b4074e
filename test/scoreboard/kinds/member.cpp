// kind: a member function
// seam: method: "BoardGateway::charge"
// mock: mock<&BoardGateway::charge>()
// wrap: _ZN12BoardGateway6chargeEi
// aspect: call("% BoardGateway::charge(...)")
//--- seam.h
struct BoardGateway {
  int charge(int value);
};
//--- unit.cpp
#include "seam.h"
int run_member() {
  BoardGateway gateway;
  return gateway.charge(1);
}
//--- real.cpp
#include "seam.h"
int BoardGateway::charge(int value) { return value; }
