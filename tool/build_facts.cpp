#include "tool/build_facts.hpp"

namespace tripwire::tool {

const BuildFacts build_facts = {TRIPWIRE_VERSION, TRIPWIRE_BUILD_INCLUDE, TRIPWIRE_BUILD_PLUGINS,
                                TRIPWIRE_BUILD_RESOURCES, TRIPWIRE_INSTALLED_RESOURCES};

}
