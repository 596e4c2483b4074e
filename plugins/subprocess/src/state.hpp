// what the plugin keeps of one test: the one type that a plugin may have for that
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_STATE_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_STATE_HPP

#include "children.hpp"
#include "plugin.hpp"
#include "which.hpp"

#include <memory>

namespace tripwire::plugins::process {

struct OfTest {
  Children children;
  Searches searches;
};

inline std::shared_ptr<OfTest> of_test() { return plugin::state_of_test<OfTest>(subprocess_plugin()); }

} // namespace tripwire::plugins::process

#endif
