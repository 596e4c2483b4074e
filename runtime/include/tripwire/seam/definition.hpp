// generated definitions.cpp --(this)--> slots and wrappers
//
// The only place where the tool's output and the runtime meet; docs/decisions/0003-generated-surface.md shows the text.
// Everything the generated text names is in tripwire::seam. Include it behind the real headers.
#ifndef TRIPWIRE_SEAM_DEFINITION_HPP
#define TRIPWIRE_SEAM_DEFINITION_HPP

#include "tripwire/seam/call.hpp"
#include "tripwire/seam/function_type.hpp"
#include "tripwire/seam/hand_over.hpp"
#include "tripwire/seam/invoke.hpp"
#include "tripwire/seam/key.hpp"
#include "tripwire/seam/out.hpp"
#include "tripwire/seam/parameter.hpp"
#include "tripwire/seam/signature.hpp"
#include "tripwire/seam/slot.hpp"
#include "tripwire/seam/transition.hpp"
#include "tripwire/seam/type.hpp"

#include <cerrno>
#include <cstddef>
#include <new>

#endif
