#ifndef POST_HPP
#define POST_HPP

#include <optional>
#include <string>
#include <vector>

namespace post {

/// The addresses of the host that letters to the domain are handed to, the best one first. None when nobody takes them.
std::optional<std::vector<std::string>> route_to(const std::string &domain);

} // namespace post

#endif
