// an operation on a socket --(present_on_socket)--> the core's decision, where the socket's state allows it
#include "handlers.hpp"

#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

namespace tripwire::plugins {

namespace {

[[noreturn]] void refuse(plugin::Visit &visit, ViolationKind kind, const std::string &text) {
  Facts facts;
  facts.kind = kind;
  facts.source = "socket";
  facts.site = call_site(visit.call().site);
  const std::size_t line = text.find('\n');
  facts.text = std::string(name_of(kind)) + ": " + text.substr(0, line) + "\n  at " + facts.site.text() +
               (line == std::string::npos ? "" : text.substr(line));
  raise(std::move(facts));
}

std::string session_of(const SocketEntry &entry) {
  const std::shared_ptr<SocketScript> script = entry.script.lock();
  return script == nullptr
             ? std::string("the session of a test that has ended")
             : "the session from " + std::string(script->place.file) + ":" + std::to_string(script->place.line);
}

/// \p whose is the session, or that there is none.
void check_transition(plugin::Visit &visit, const SocketEntry &entry, const char *operation, const std::string &whose) {
  const SocketState state = entry.state;
  const plugin::Machine &machine = entry.machine();
  if (state_after(machine, state, operation))
    return;
  const std::string states = machine.valid_in(operation);
  refuse(visit, ViolationKind::invalid_state,
         std::string(visit.call().slot.facts.name) + " is not valid in state '" + name_of(state) + "' of " +
             machine.name + "\n  descriptor " + std::to_string(entry.descriptor) + ", of " + whose + ", is in state '" +
             name_of(state) + "'\n  " + operation + " is valid in: " + (states.empty() ? "no state" : states));
}

std::string text_of_trespass(const SocketEntry &entry, const std::string &what) {
  return "code that is not rewritten has " + what + " on a mocked socket, past its script\n  descriptor " +
         std::to_string(entry.descriptor) + " is of " + session_of(entry) +
         "\n  mock the library that was given the descriptor, or have its sources rewritten";
}

void check_trespass(plugin::Visit &visit, SocketEntry &entry) {
  std::string what;
  {
    const std::lock_guard<std::mutex> lock(entry.mutex);
    what = entry.take_trespass();
  }
  if (!what.empty())
    refuse(visit, ViolationKind::unmocked_interaction, text_of_trespass(entry, what));
}

} // namespace

void check_socket_state(plugin::Visit &visit, SocketEntry &entry, const char *operation) {
  if (!entry.is_mocked) {
    if (visit.in_sandbox() && entry.is_fresh())
      check_transition(visit, entry, operation, "no session yet");
    return;
  }
  check_trespass(visit, entry);
  if (entry.state != SocketState::closed && !visit.in_sandbox())
    refuse(visit, ViolationKind::sandbox_not_active,
           std::string(visit.call().slot.facts.name) +
               " cannot be made for real: nobody is behind this socket\n  it is of " + session_of(entry) +
               "\n  end its use inside of the sandbox");
  check_transition(visit, entry, operation, session_of(entry));
}

plugin::Description describe_on_socket(const SocketEntry &entry, SocketOperation operation,
                                       const std::optional<SocketAddress> &address) {
  plugin::Description call;
  call.field("operation", operation).on(entry.handle());
  std::string request = name_of(operation);
  if (address) {
    request += " " + address->text();
    call.firewall(address->family == AF_UNIX ? "path" : "host", address->host)
        .firewall("family", name_of_family(address->family));
    if (address->has_port())
      call.firewall("port", std::to_string(address->port));
  }
  call.request(std::move(request));
  return call;
}

void describe_socket_address(plugin::Description &call, const SocketAddress &address) {
  call.field("host", address.host);
  if (address.has_port())
    call.field("port", address.port);
}

plugin::Decision present_on_socket(plugin::Visit &visit, SocketEntry &entry, plugin::Description call,
                                   SocketOperation operation) {
  const int error = errno;
  if (entry.is_mocked)
    check_socket_state(visit, entry, name_of(operation));
  const plugin::Decision decision = visit.present(std::move(call));
  if (entry.is_mocked && decision.real())
    refuse(visit, ViolationKind::configuration,
           std::string(visit.call().slot.facts.name) +
               " is let through, and nobody is behind this socket\n  it is of " + session_of(entry) +
               "\n  expect this step: tripwire::socket.session().expect_" + name_of(operation) + "(...)");
  errno = error;
  return decision;
}

void find_trespasses() noexcept {
  for (const SocketHandle &entry : SocketTable::all().sockets()) {
    std::string what;
    {
      const std::lock_guard<std::mutex> lock(entry->mutex);
      what = entry->take_trespass();
    }
    if (what.empty() || entry->book.expired())
      continue;
    Facts facts;
    facts.kind = ViolationKind::unmocked_interaction;
    facts.source = "socket";
    facts.text = std::string(name_of(facts.kind)) + ": " + text_of_trespass(*entry, what);
    try {
      raise(std::move(facts));
    } catch (const Violation &) { // it is written down
    }
  }
}

void refuse_to_wait(plugin::Visit &visit) {
  refuse(visit, ViolationKind::unmocked_interaction,
         std::string(visit.call().slot.facts.name) +
             " would wait for ever: nothing that the test says makes one of these sockets ready\n  say what arrives: "
             "tripwire::socket.session().expect_recv(\"...\"), or tripwire::socket.mock_accept() for a client");
}

void refuse_closed_meanwhile(plugin::Visit &visit) {
  refuse(
      visit, ViolationKind::invalid_state,
      std::string(visit.call().slot.facts.name) +
          " waits for a socket that another thread has closed meanwhile\n  Linux does not end the wait for that: shut "
          "the connection down first, which does, or wake the thread in another way");
}

void refuse_shut(plugin::Visit &visit, const SocketEntry &entry) {
  refuse(visit, ViolationKind::invalid_state,
         std::string(visit.call().slot.facts.name) + " is not valid behind a shutdown of sending\n  descriptor " +
             std::to_string(entry.descriptor) + " is of " + session_of(entry) +
             "\n  the kernel fails it with EPIPE: tripwire::socket.session().expect_send(...).fails(EPIPE)");
}

void refuse_unplayed(plugin::Visit &visit, const SocketEntry &entry, const std::string &why) {
  const std::string name(visit.call().slot.facts.name);
  refuse(visit, ViolationKind::unmocked_interaction,
         name + " is not played on a mocked socket: " + why + "\n  descriptor " + std::to_string(entry.descriptor) +
             " is of " + session_of(entry) + "\n  send and receive by calls that are played, or mock " + name +
             " itself, as any function");
}

void open_session(SocketEntry &entry, const SocketMock &step, SocketOperation operation) {
  const std::shared_ptr<SocketBook> book = plugin::state_of_test<SocketBook>(socket_plugin());
  {
    const std::lock_guard<std::mutex> lock(entry.mutex);
    entry.become_mocked();
    entry.advance(name_of(operation));
    entry.script = step.script();
    entry.book = book;
  }
  step.script()->opened(entry.id);
}

void refresh_socket(SocketEntry &entry, SocketChange change) {
  const int error = errno;
  const std::lock_guard<std::mutex> lock(entry.mutex);
  entry.refresh(change);
  errno = error;
}

void fail_on_socket(int error, const plugin::Recorded &recorded) {
  recorded.raised(AnyValue(plugin::name_of_errno(error)));
  errno = error;
}

} // namespace tripwire::plugins
