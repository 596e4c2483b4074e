// The clients of ../scenarios.inc, rewritten by the tool.
#include "../scenarios.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

namespace tripwire::plugins::test::rewritten {
#include "../scenarios.inc"
} // namespace tripwire::plugins::test::rewritten
