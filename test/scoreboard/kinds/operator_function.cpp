// kind: an overloaded operator
// seam: function: "board_money::operator+"
// mock: mock<&board_money::operator+>()
// wrap: _ZN11board_moneyplENS_5MoneyES0_
// aspect: call("% board_money::operator +(...)")
//--- seam.h
namespace board_money {
struct Money {
  int cents;
};
int operator+(Money left, Money right);
} // namespace board_money
//--- unit.cpp
#include "seam.h"
int run_operator_function() { return board_money::Money{1} + board_money::Money{0}; }
//--- real.cpp
#include "seam.h"
int board_money::operator+(Money left, Money right) { return left.cents + right.cents; }
