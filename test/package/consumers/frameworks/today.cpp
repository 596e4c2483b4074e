#include "today.hpp"

#include <ctime>

long today() { return static_cast<long>(std::time(nullptr)) / (24 * 60 * 60); }
