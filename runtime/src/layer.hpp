// a real call that runs --(Layer)--> which calls of its code belong to it
#ifndef TRIPWIRE_SRC_LAYER_HPP
#define TRIPWIRE_SRC_LAYER_HPP

#include "context.hpp"

#include "tripwire/seam/call.hpp"

namespace tripwire::runtime {

/// A call that comes out of what this thread is in is made for real, and is nobody's business: the seam's own answer
/// asks for the real function, or the real code of a plugin's call that was let through goes on. \return whether it was
/// such a call. Only where `of.answering` is not null. Keeps errno.
bool made_by_what_runs(Context &of, seam::Call &call);

/// Makes the real call; what its code calls from the files of the plugin's layer belongs to it. Nothing happens where
/// only the wrapper can make it.
void make_with_layer(seam::Call &call);

} // namespace tripwire::runtime

#endif
