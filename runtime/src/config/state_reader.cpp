// the value of `states:` --(machine, initial, transitions)--> Machines
#include "state_reader.hpp"
#include "name_pattern.hpp"
#include "nearest.hpp"
#include "semantics_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace tripwire::config {

namespace {

constexpr const char *result = "return";

/// A list, whose place is logged when it is none, or empty.
const std::vector<NodePointer> *items_of(const Node::Entry &entry, Log &log) {
  if (entry.value->kind != Node::Kind::sequence) {
    log.error(place_of(entry), '\'' + entry.key + "' wants a list, not " + described(*entry.value));
    return nullptr;
  }
  if (entry.value->items.empty())
    log.error(entry.place, '\'' + entry.key + "' names nothing");
  return &entry.value->items;
}

void want(MapReader &map, const Place &place, const std::string &what, std::initializer_list<const char *> keys,
          Log &log) {
  for (const char *key : keys)
    if (map.is_map() && !map.entry(key))
      log.error(place, what + " wants '" + key + '\'');
}

/// `from: connected` or `from: [connected, ready]`.
std::vector<Text> read_from(MapReader &map, Log &log) {
  const Node::Entry *entry = map.entry("from");
  if (!entry)
    return {};
  if (entry->value->kind == Node::Kind::sequence && entry->value->items.empty())
    log.error(entry->place, "'from' names nothing");
  if (entry->value->kind == Node::Kind::sequence)
    return map.texts("from").value_or(std::vector<Text>());
  std::optional<Text> one = map.text("from");
  return one ? std::vector<Text>{*one} : std::vector<Text>{};
}

void check_call(const Text &call, Log &log) {
  if (std::optional<std::string> wrong = what_is_wrong(call.value))
    log.error(call.place, *wrong);
  else if (!is_exact(call.value))
    log.error(call.place, "a transition names one call, not '" + call.value + '\'');
}

/// What is no call: a plugin tells operations apart by what a call is given, and moves the handle itself.
void read_operation(MapReader &map, const Place &place, Machine &machine, Log &log) {
  want(map, place, "a transition", {"operation", "from"}, log);
  const std::optional<Text> operation = map.text("operation");
  const std::vector<Text> from = read_from(map, log);
  const std::optional<Text> to = map.text("to");
  const std::optional<Text> on_failure = map.text("on_failure");
  map.reject_unknown_keys();
  if (!operation)
    return;
  if (!is_word(operation->value)) {
    log.error(operation->place, "'operation' wants a word, not '" + operation->value + '\'');
    return;
  }
  for (const Text &state : from)
    machine.transitions.push_back({operation->value, "", state.value, to ? to->value : state.value,
                                   on_failure ? on_failure->value : state.value, operation->place, operation->place,
                                   state.place});
}

void read_transition(const NodePointer &item, Machine &machine, Log &log) {
  MapReader map(item, "a transition", log);
  if (!machine.plugin.empty() && map.is_map() && map.entry("operation")) {
    read_operation(map, item->place, machine, log);
    return;
  }
  want(map, item->place, "a transition", {"call", "handle", "from"}, log);
  const std::optional<Text> call = map.text("call");
  const std::optional<Text> handle = map.text("handle");
  const std::vector<Text> from = read_from(map, log);
  const std::optional<Text> to = map.text("to");
  const std::optional<Text> on_failure = map.text("on_failure");
  map.reject_unknown_keys();
  if (call)
    check_call(*call, log);
  if (handle && !is_word(handle->value)) {
    log.error(handle->place,
              "'handle' wants 'return', 'this' or the name of a parameter, not '" + handle->value + '\'');
    return;
  }
  if (!call || !handle)
    return;
  for (const Text &state : from)
    machine.transitions.push_back({call->value, handle->value, state.value, to ? to->value : state.value,
                                   on_failure ? on_failure->value : state.value, call->place, handle->place,
                                   state.place});
}

/// What one transition says against another.
void check_transitions(const Machine &machine, Log &log) {
  std::map<std::string, const Transition *> first;
  std::map<std::pair<std::string, std::string>, const Transition *> leaves;
  for (const Transition &it : machine.transitions) {
    const Transition &named = *first.emplace(canonical(it.call), &it).first->second;
    if (named.handle != it.handle)
      log.error(it.handle_place,
                '\'' + it.call + "' has the handle '" + named.handle + "' already; a call has one in each machine",
                {{named.handle_place, "first given here"}});
    const auto [known, is_new] = leaves.emplace(std::make_pair(canonical(it.call), it.from), &it);
    if (!is_new)
      log.error(it.from_place, '\'' + it.call + "' leaves state '" + it.from + "' twice",
                {{known->second->from_place, "first named here"}});
    if (it.handle == result && it.from != machine.initial)
      log.error(it.from_place, "a call that returns the handle opens a session: its state is the initial one, '" +
                                   machine.initial + '\'');
  }
}

void check_initial(const Machine &machine, const Place &initial, Log &log) {
  std::set<std::string> left;
  for (const Transition &it : machine.transitions)
    left.insert(it.from);
  if (left.count(machine.initial) == 0)
    log.error(initial, "no transition leaves the initial state '" + machine.initial + '\'' +
                           did_you_mean(machine.initial, {left.begin(), left.end()}));
}

/// Every state but the initial one is led to, so that a misspelt one is noticed.
void check_states(const Machine &machine, const Place &initial, Log &log) {
  std::set<std::string> reached = {machine.initial};
  for (const Transition &it : machine.transitions)
    for (const std::string &state : {it.to, it.on_failure})
      if (state != it.from)
        reached.insert(state);
  for (const Transition &it : machine.transitions)
    if (reached.count(it.from) == 0)
      log.error(it.from_place,
                "nothing leads to state '" + it.from + '\'' + did_you_mean(it.from, {reached.begin(), reached.end()}));
  if (std::none_of(machine.transitions.begin(), machine.transitions.end(),
                   [&](const Transition &it) { return opens(machine, it); }))
    log.error(initial, "no transition opens a session: none leads from '" + machine.initial +
                           "' to another state that something leaves");
}

std::optional<Machine> read_machine(const NodePointer &item, const std::string &plugin, Log &log) {
  MapReader map(item, "a state machine", log);
  want(map, item->place, "a state machine", {"machine", "initial", "transitions"}, log);
  const std::optional<Text> name = map.text("machine");
  const std::optional<Text> initial = map.text("initial");
  const Node::Entry *transitions = map.entry("transitions");
  map.reject_unknown_keys();
  if (!name || !initial || !transitions)
    return std::nullopt;
  Machine machine;
  machine.name = name->value;
  machine.place = name->place;
  machine.initial = initial->value;
  machine.plugin = plugin;
  const std::size_t before = log.diagnostics.size();
  if (const std::vector<NodePointer> *items = items_of(*transitions, log))
    for (const NodePointer &transition : *items)
      read_transition(transition, machine, log);
  // What is wrong with one transition makes others look wrong.
  if (log.diagnostics.size() == before)
    check_initial(machine, initial->place, log);
  if (log.diagnostics.size() == before)
    check_transitions(machine, log);
  if (log.diagnostics.size() == before)
    check_states(machine, initial->place, log);
  return machine;
}

} // namespace

bool is_final(const Machine &machine, const std::string &state) {
  return std::none_of(machine.transitions.begin(), machine.transitions.end(),
                      [&](const Transition &it) { return it.from == state; });
}

bool opens(const Machine &machine, const Transition &transition) {
  return transition.from == machine.initial &&
         (transition.handle == result || (transition.to != machine.initial && !is_final(machine, transition.to)));
}

std::vector<Machine> read_states(const Node::Entry &entry, const std::string &plugin, Log &log) {
  std::vector<Machine> machines;
  const std::vector<NodePointer> *items = items_of(entry, log);
  if (!items)
    return machines;
  for (const NodePointer &item : *items) {
    std::optional<Machine> machine = read_machine(item, plugin, log);
    if (!machine)
      continue;
    const auto first =
        std::find_if(machines.begin(), machines.end(), [&](const Machine &it) { return it.name == machine->name; });
    if (first != machines.end())
      log.error(machine->place, "state machine '" + machine->name + "' is declared twice",
                {{first->place, "first declared here"}});
    else
      machines.push_back(std::move(*machine));
  }
  return machines;
}

} // namespace tripwire::config
