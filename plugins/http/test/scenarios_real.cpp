// The clients over the real libcurl.
#include "scenarios.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>

namespace tripwire::plugins::test::real {
#include "scenarios.inc"
} // namespace tripwire::plugins::test::real
