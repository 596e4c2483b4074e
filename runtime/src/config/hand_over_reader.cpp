// the value of `propagates:` --(callable, data)--> HandOver
#include "hand_over_reader.hpp"

#include <algorithm>

namespace tripwire::config {

namespace {

constexpr long long most_parameters = 255;

std::optional<unsigned> read_index(const Node &node, const Place &otherwise, const char *key, Log &log) {
  std::optional<long long> index = as_integer(node);
  if (index && *index >= 0 && *index <= most_parameters)
    return static_cast<unsigned>(*index);
  log.error(node.kind == Node::Kind::nothing ? otherwise : node.place,
            std::string("'") + key + "' wants the number of a parameter, counted from 0, not " + described(node));
  return std::nullopt;
}

} // namespace

std::optional<HandOver> read_hand_over(MapReader &map, const Place &place, Log &log) {
  HandOver read;
  read.place = place;
  const Node::Entry *callable = map.entry("callable");
  const Node::Entry *data = map.entry("data");
  if (!map.is_map())
    return std::nullopt;
  if (!callable) {
    log.error(place, "'propagates' says which argument is the work: write 'callable: 0' for the first");
    return std::nullopt;
  }
  const bool is_list = callable->value->kind == Node::Kind::sequence && !callable->value->items.empty();
  const std::vector<NodePointer> one = {callable->value};
  for (const NodePointer &item : is_list ? callable->value->items : one) {
    std::optional<unsigned> index = read_index(*item, callable->place, "callable", log);
    if (!index)
      return std::nullopt;
    if (std::find(read.callables.begin(), read.callables.end(), *index) != read.callables.end()) {
      log.error(item->place, "parameter " + std::to_string(*index) + " is named twice in 'callable'");
      return std::nullopt;
    }
    read.callables.push_back(*index);
  }
  if (data) {
    read.data = read_index(*data->value, data->place, "data", log);
    if (!read.data)
      return std::nullopt;
    if (std::find(read.callables.begin(), read.callables.end(), *read.data) != read.callables.end()) {
      log.error(data->value->place,
                "parameter " + std::to_string(*read.data) + " cannot be both 'callable' and 'data'");
      return std::nullopt;
    }
  }
  return read;
}

} // namespace tripwire::config
