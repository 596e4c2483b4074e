#ifndef GARDEN_HPP
#define GARDEN_HPP

#include <string>

namespace garden {

/// Where the plan of the garden is kept: in `GARDEN_HOME`, else below `HOME`, else here.
std::string plan();

/// Tells the programs that it starts which season it is.
void begin_season(const std::string &name);

} // namespace garden

#endif
