#ifndef RELEASE_HPP
#define RELEASE_HPP

#include <string>

namespace release {

/// The commit that is checked out; empty when there is none.
std::string commit();

/// Signs the text with the key of the project. Throws when the signer fails.
std::string sign(const std::string &text);

} // namespace release

#endif
