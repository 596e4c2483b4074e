#include "bell.hpp"

namespace bell {

int ring(int times) { return times; }

} // namespace bell
