// A garden's settings: production code, without a word of tripwire.
#include "garden.hpp"

#include <cstdlib>

namespace garden {

std::string plan() {
  if (const char *own = std::getenv("GARDEN_HOME"))
    return std::string(own) + "/plan";
  const char *home = std::getenv("HOME");
  return std::string(home == nullptr ? "." : home) + "/.garden/plan";
}

void begin_season(const std::string &name) { setenv("GARDEN_SEASON", name.c_str(), 1); }

} // namespace garden
