// refused: what this operator means depends on a template's parameter
#include "acme/money.hpp"
#include <algorithm>
#include <vector>
int use(const std::vector<acme::Money> &several) {
  return std::max_element(several.begin(), several.end(), [](auto left, auto right) { return left < right; })->value;
}
