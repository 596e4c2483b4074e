// The outside world of a whole program.
#pragma once

namespace bell {

/// Wakes the neighbours. \return how often it was heard.
int ring(int times);

} // namespace bell
