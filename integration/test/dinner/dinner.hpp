// The code under test of a whole program: it is written as if there were no tests.
#pragma once

namespace dinner {

/// Rings once for each guest. \return how often it was heard.
int call(int guests);

/// The same for a cook who takes nothing badly. \return whether everybody heard it.
bool try_to_call(int guests);

} // namespace dinner
