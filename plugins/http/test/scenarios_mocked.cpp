// The clients over the mock's own machinery: each curl_* is made for real and followed, and only the transfer is
// played.
#include "scenarios.hpp"

#include "followed_curl.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string>
#include <unistd.h>
#include <vector>

namespace tripwire::plugins::test::mocked {
#include "followed_names.hpp"

#include "scenarios.inc"
} // namespace tripwire::plugins::test::mocked
