// refused: operator_order.cpp:8:23: error: cannot rewrite this reference to the seam 'acme::operator<<': the operator's operands are evaluated in an order that a call does not keep
// refused: operator_order.cpp:9:25: error: cannot rewrite this reference to the seam 'acme::Money::operator=': the operator's operands are evaluated in an order that a call does not keep
// refused: operator_order.cpp:10:24: error: cannot rewrite this reference to the seam 'acme::Money::operator*': the operator's operands are evaluated in an order that a call does not keep
// refused: operator_order.cpp:11:29: error: cannot rewrite this reference to the seam 'acme::operator|=': the operator's operands are evaluated in an order that a call does not keep
#include "acme/money.hpp"
acme::Money &left();
int right();
void shift() { left() << right(); }
void assign() { left()  = left(); }
void times() { (left() * right()); }
void or_equal() { left()    |= left(); }
