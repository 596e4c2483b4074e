// The clients over the real libcurl.
#include "scenarios.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

namespace tripwire::plugins::test::real {
#include "scenarios.inc"
} // namespace tripwire::plugins::test::real
