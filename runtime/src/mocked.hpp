// a slot --> its mock in the current verifier, whatever face it gets
#ifndef TRIPWIRE_SRC_MOCKED_HPP
#define TRIPWIRE_SRC_MOCKED_HPP

#include "queue.hpp"

#include "tripwire/mock.hpp"

#include <string_view>

namespace tripwire::runtime {

/// The only slot of that name. Throws `UnknownSeamError` when there is none, or one of several is meant.
seam::Slot &only_slot_of_name(std::string_view name);

/// What `register_mock` and `find_mock` do, for a slot that is found already. The face belongs to the mock.
void *register_mock(seam::Slot &slot, As as, const Faces &faces, Place place);
void *find_mock(seam::Slot &slot, const Faces &faces);

} // namespace tripwire::runtime

#endif
