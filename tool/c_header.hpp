// a C header of the project's own --(c_header)--> the lines that include it in C++
#pragma once

#include <string>

namespace tripwire::tool {

/// Whether the header at \p path gives C++ thought: C headers of the project itself often do not.
bool knows_cxx(const std::string &path);

/// Includes the header at \p path, which knows nothing of C++, as one that declares C. Words that are names in it and
/// keywords in C++ are others in between (`class` is `class_in_c`), and so are those that C++ does not have
/// (`restrict`).
std::string c_header_lines(const std::string &path);

} // namespace tripwire::tool
