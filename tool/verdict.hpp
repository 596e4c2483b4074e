// how a decided reference says that it is not rewritten
#pragma once

#include "tool/found.hpp"

#include <string>
#include <utility>

namespace tripwire::tool {

inline void exempt(Reference &reference, std::string reason) {
  reference.verdict = Verdict::exempt;
  reference.reason = std::move(reason);
}

inline void refuse(Reference &reference, std::string reason, std::string next_step) {
  reference.verdict = Verdict::refused;
  reference.reason = std::move(reason);
  reference.next_step = std::move(next_step);
}

} // namespace tripwire::tool
