// The clients over the real libcurl.
#include "scenarios.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <map>
#include <poll.h>
#include <string>
#include <sys/select.h>
#include <unistd.h>
#include <vector>

namespace tripwire::plugins::test::real {
#include "scenarios.inc"

#include "multi_scenarios.inc"
} // namespace tripwire::plugins::test::real
