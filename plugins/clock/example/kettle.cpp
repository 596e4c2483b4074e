// A kettle: production code, without a word of tripwire.
#include "kettle.hpp"

#include <chrono>
#include <ctime>
#include <thread>

namespace kettle {

std::string boil() {
  const auto hot = std::chrono::steady_clock::now() + std::chrono::minutes(3);
  while (std::chrono::steady_clock::now() < hot)
    std::this_thread::sleep_for(std::chrono::minutes(1));
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "hot at %H:%M", &parts);
  return text;
}

} // namespace kettle
