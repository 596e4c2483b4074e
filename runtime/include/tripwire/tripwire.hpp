// everything a test uses
#ifndef TRIPWIRE_TRIPWIRE_HPP
#define TRIPWIRE_TRIPWIRE_HPP

#include "tripwire/assertion.hpp"
#include "tripwire/firewall.hpp"
#include "tripwire/guard.hpp"
#include "tripwire/matcher.hpp"
#include "tripwire/mock.hpp"
#include "tripwire/sandbox.hpp"
#include "tripwire/script.hpp"
#include "tripwire/session.hpp"
#include "tripwire/verifier.hpp"
#include "tripwire/violation.hpp"

#endif
