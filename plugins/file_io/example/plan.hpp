#ifndef PLAN_HPP
#define PLAN_HPP

#include <string>

namespace garden {

/// How many beds the settings speak of; 0 where there are no settings.
int beds(const std::string &settings);

/// Writes the plan of the garden. Throws `std::system_error`; then the file is gone.
void write_plan(const std::string &path, int beds);

} // namespace garden

#endif
