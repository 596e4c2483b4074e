#ifndef WEATHER_HPP
#define WEATHER_HPP

#include <stdexcept>
#include <string>

namespace weather {

/// No weather is to be had; says why.
class Unknown : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// `-3 degrees in Oslo`.
std::string now(const std::string &city);

} // namespace weather

#endif
