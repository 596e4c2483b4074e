#ifndef WEATHER_HPP
#define WEATHER_HPP

#include <stdexcept>
#include <string>
#include <vector>

namespace weather {

/// No weather is to be had; says why.
class Unknown : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// `-3 degrees in Oslo`.
std::string now(const std::string &city);

/// The same for several cities, asked at once: those that answer within two seconds, in the order of their answers.
std::vector<std::string> now_in(const std::vector<std::string> &cities);

} // namespace weather

#endif
