// what two compilers call a type --(same_type_text)--> whether it is the same one
#ifndef TRIPWIRE_SRC_TYPE_TEXT_HPP
#define TRIPWIRE_SRC_TYPE_TEXT_HPP

#include <string_view>

namespace tripwire::runtime {

/// Whether GCC, Clang or both mean one type by the texts, as `seam::type_name` has them. A runtime and plugins that one
/// compiler has built serve programs of the other. What throws is not told from what does not.
bool same_type_text(std::string_view one, std::string_view other) noexcept;

} // namespace tripwire::runtime

#endif
