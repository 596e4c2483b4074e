// diagnostics as found --> diagnostics as read: by place.
#include "log.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace tripwire::config {

void sort_by_place(std::vector<Diagnostic> &diagnostics) {
  std::map<std::string, std::size_t> order;
  for (const Diagnostic &diagnostic : diagnostics)
    order.emplace(diagnostic.place.file, order.size());
  auto key = [&](const Diagnostic &it) {
    return std::make_tuple(order[it.place.file], it.place.line, it.place.column);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic &left, const Diagnostic &right) { return key(left) < key(right); });
}

} // namespace tripwire::config
