// `states:` --> Machines, or what is wrong with them (semantics 52, 60).
#include "reading.hpp"

using namespace reading;
using config::Machine;
using config::Transition;

namespace {

const char *const acme_link = R"(version: 1
plugins: []
seams:
  - function: acme_open
  - function: acme_login
  - function: acme_send
  - function: acme_close
states:
  - machine: acme_link
    initial: disconnected
    transitions:
      - {call: acme_open, handle: return, from: disconnected, to: connected}
      - {call: acme_login, handle: link, from: connected, to: ready, on_failure: refused}
      - {call: acme_send, handle: link, from: [connected, ready]}
      - {call: acme_close, handle: link, from: [connected, ready, refused], to: closed}
)";

/// What is wrong with the transitions of a machine whose initial state is `idle`, given as a flow of maps.
std::string wrong_transitions(const std::string &transitions) {
  return wrong_in("states:\n  - machine: m\n    initial: idle\n    transitions: " + transitions + "\n");
}

const std::string opening = "{call: f, handle: return, from: idle, to: busy}, ";

} // namespace

// 60
TEST(States, AMachineIsItsTransitions) {
  const config::Configuration read = right(acme_link);
  ASSERT_EQ(read.machines.size(), 1U);
  const Machine &machine = read.machines[0];
  EXPECT_EQ(machine.name, "acme_link");
  EXPECT_EQ(machine.initial, "disconnected");
  EXPECT_EQ(machine.plugin, "");
  ASSERT_EQ(machine.transitions.size(), 7U);
  const Transition &open = machine.transitions[0];
  EXPECT_EQ(open.call, "acme_open");
  EXPECT_EQ(open.handle, "return");
  EXPECT_EQ(open.from, "disconnected");
  EXPECT_EQ(open.to, "connected");
  EXPECT_EQ(open.on_failure, "disconnected");
  EXPECT_EQ(text(open.place), "tripwire.yaml:12:16");
  EXPECT_EQ(machine.transitions[1].on_failure, "refused");
}

// 60
TEST(States, ACallThatNamesSeveralStatesStaysInEachUnlessItSaysWhereItLeads) {
  const config::Configuration read = right(acme_link);
  const auto &transitions = read.machines[0].transitions;
  EXPECT_EQ(transitions[2].from + " " + transitions[2].to, "connected connected");
  EXPECT_EQ(transitions[3].from + " " + transitions[3].to, "ready ready");
  EXPECT_EQ(transitions[6].from + " " + transitions[6].to, "refused closed");
}

// 60
TEST(States, TheHandleIsClosedWhereNothingLeadsOut) {
  const config::Configuration read = right(acme_link);
  const Machine &machine = read.machines[0];
  EXPECT_TRUE(is_final(machine, "closed"));
  EXPECT_FALSE(is_final(machine, "refused"));
}

// 60
TEST(States, ACallOpensASessionWhenItLeadsFromTheInitialStateToAnotherThatIsNotTheEnd) {
  const config::Configuration read =
      right("version: 1\nplugins: []\nstates:\n  - {machine: m, initial: idle, transitions: ["
            "{call: f, handle: a, from: idle, to: busy}, {call: g, handle: a, from: [idle, busy], to: gone}, "
            "{call: h, handle: a, from: idle}]}\n");
  const Machine &machine = read.machines[0];
  EXPECT_TRUE(opens(machine, machine.transitions[0]));
  EXPECT_FALSE(opens(machine, machine.transitions[1]));
  EXPECT_FALSE(opens(machine, machine.transitions[3]));
}

// 60
TEST(States, APluginBringsItsOwn) {
  Folder folder;
  folder.write("mail/seams.yaml", "version: 1\nplugin: mail\nseams: [{function: mail_open}, {function: mail_close}]\n"
                                  "states: [{machine: mail, initial: none, transitions: ["
                                  "{call: mail_open, handle: return, from: none, to: open}, "
                                  "{call: mail_close, handle: it, from: open, to: closed}]}]\n");
  const auto read = config::load_text("version: 1\n", "tripwire.yaml", {folder.path()});
  ASSERT_TRUE(read.value) << all(read.diagnostics);
  ASSERT_EQ(read.value->machines.size(), 1U);
  EXPECT_EQ(read.value->machines[0].plugin, "mail");

  folder.write("mail/seams.yaml", "version: 1\nplugin: mail\nseams: [{function: mail_open}]\n"
                                  "states: [{machine: mail, initial: none, transitions: ["
                                  "{operation: connect, from: none, to: open, on_failure: closed}, "
                                  "{operation: mail_open, from: [open], to: closed}]}]\n");
  const auto operations = config::load_text("version: 1\n", "tripwire.yaml", {folder.path()});
  ASSERT_TRUE(operations.value) << all(operations.diagnostics);
  const Machine &machine = operations.value->machines.at(0);
  ASSERT_EQ(machine.transitions.size(), 2U);
  EXPECT_EQ(machine.transitions[1].handle, "") << "it is no call";
  EXPECT_EQ(machine.transitions[1].call, "mail_open");
  EXPECT_EQ(machine.transitions[0].on_failure, "closed");

  const auto twice = config::load_text(
      "version: 1\nstates: [{machine: mail, initial: a, transitions: [{call: f, handle: return, from: a}]}]\n",
      "tripwire.yaml", {folder.path()});
  const std::string said = all(twice.diagnostics);
  EXPECT_NE(said.find("tripwire.yaml:2:20: error: duplicate state machine: plugin 'mail' brings 'mail'; give yours "
                      "another name\n"),
            std::string::npos)
      << said;
}

// 52, 60
TEST(States, OperationsAreAPluginsAlone) {
  EXPECT_EQ(wrong_transitions("[" + opening + "{operation: g, from: busy}]"),
            "tripwire.yaml:5:68: error: a transition wants 'call'\n"
            "tripwire.yaml:5:68: error: a transition wants 'handle'\n"
            "tripwire.yaml:5:69: error: unknown key 'operation'; a transition has 'call', 'handle', 'from', 'to' and "
            "'on_failure'\n");
  Folder folder;
  folder.write("mail/seams.yaml", "version: 1\nplugin: mail\nseams: [{function: mail_open}]\n"
                                  "states: [{machine: mail, initial: none, transitions: ["
                                  "{operation: \"*\", from: none, to: open}, "
                                  "{operation: close, call: mail_open, from: open, to: closed}]}]\n");
  const auto wrong = config::load_text("version: 1\n", "tripwire.yaml", {folder.path()});
  const std::string said = all(wrong.diagnostics);
  EXPECT_NE(said.find("seams.yaml:4:67: error: 'operation' wants a word, not '*'\n"), std::string::npos) << said;
  EXPECT_NE(said.find("seams.yaml:4:114: error: unknown key 'call'"), std::string::npos) << said;
}

// 52, 60
TEST(States, AnUnknownKeyNamesTheNearest) {
  EXPECT_EQ(wrong_in("states: [{machin: m, initial: a, transitions: []}]\n"),
            "tripwire.yaml:2:10: error: a state machine wants 'machine'\n"
            "tripwire.yaml:2:11: error: unknown key 'machin'; did you mean 'machine'?\n");
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: g, handle: a, form: busy}]"),
            "tripwire.yaml:5:68: error: a transition wants 'from'\n"
            "tripwire.yaml:5:89: error: unknown key 'form'; did you mean 'from'?\n");
}

// 52, 60
TEST(States, WhatIsMissingOrOfTheWrongTypeHasItsPlace) {
  EXPECT_EQ(wrong_in("states: acme\n"), "tripwire.yaml:2:9: error: 'states' wants a list, not 'acme'\n");
  EXPECT_EQ(wrong_in("states: []\n"), "tripwire.yaml:2:1: error: 'states' names nothing\n");
  EXPECT_EQ(wrong_in("states: [acme]\n"),
            "tripwire.yaml:2:10: error: a state machine wants a map of keys, not 'acme'\n");
  EXPECT_EQ(wrong_transitions("f"), "tripwire.yaml:5:18: error: 'transitions' wants a list, not 'f'\n");
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: \"g*\", handle: a, from: busy}]"),
            "tripwire.yaml:5:75: error: a transition names one call, not 'g*'\n");
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: g, handle: \"*a\", from: busy}]"),
            "tripwire.yaml:5:86: error: 'handle' wants 'return', 'this' or the name of a parameter, not '*a'\n");
}

// 52, 60
TEST(States, AStateThatNothingLeadsToIsMisspelt) {
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: g, handle: a, from: bussy, to: gone}]"),
            "tripwire.yaml:5:95: error: nothing leads to state 'bussy'; did you mean 'busy'?\n");
  EXPECT_EQ(wrong_in("states: [{machine: m, initial: idel, transitions: [" + opening + "]}]\n"),
            "tripwire.yaml:2:32: error: no transition leaves the initial state 'idel'; did you mean 'idle'?\n");
  EXPECT_EQ(wrong_transitions("[{call: g, handle: a, from: idle, to: gone}]"),
            "tripwire.yaml:4:14: error: no transition opens a session: none leads from 'idle' to another state that "
            "something leaves\n");
}

// 52, 60
TEST(States, TransitionsDoNotContradictEachOther) {
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: g, handle: a, from: [busy, busy]}]"),
            "tripwire.yaml:5:102: error: 'g' leaves state 'busy' twice\n"
            "tripwire.yaml:5:96: note: first named here\n");
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: g, handle: a, from: busy}, {call: g, handle: b, from: gone}]"),
            "tripwire.yaml:5:120: error: 'g' has the handle 'a' already; a call has one in each machine\n"
            "tripwire.yaml:5:86: note: first given here\n");
  EXPECT_EQ(wrong_transitions("[" + opening + "{call: g, handle: return, from: busy}]"),
            "tripwire.yaml:5:100: error: a call that returns the handle opens a session: its state is the initial one, "
            "'idle'\n");
  EXPECT_EQ(wrong_in("states:\n  - {machine: m, initial: idle, transitions: [" + opening +
                     "{call: g, handle: a, from: busy}]}\n  - {machine: m, initial: idle, transitions: [" + opening +
                     "{call: g, handle: a, from: busy}]}\n"),
            "tripwire.yaml:4:15: error: state machine 'm' is declared twice\n"
            "tripwire.yaml:3:15: note: first declared here\n");
}
