// what a test writes behind tripwire::socket --> sessions of the current test, and fields of an assertion
#include "mock.hpp"
#include "names.hpp"
#include "plugin.hpp"
#include "table.hpp"

#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

namespace tripwire::plugins {

namespace {

[[noreturn]] void misused(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "socket";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

void only_of(const SocketMock &mock, SocketOperation operation, const char *word) {
  if (mock.operation() != operation)
    misused("." + std::string(word) + "(...) is a word of expect_" + name_of(operation) + ", not of expect_" +
                name_of(mock.operation()),
            mock.place());
}

SocketMock &added(const std::shared_ptr<SocketScript> &script, SocketOperation operation, SocketMock::Fields fields,
                  Place place, const std::string &data = {}) {
  auto step = std::make_unique<SocketMock>(script, operation, std::move(fields));
  step->data = data;
  SocketMock &made = plugin::add(socket_plugin(), std::move(step), place);
  {
    const std::lock_guard<std::mutex> lock(script->mutex);
    made.set_required(script->required);
    script->steps.push_back(&made);
  }
  SocketTable::all().refresh_all(); // what is said while the program runs is ready at once
  return made;
}

} // namespace

SocketStep SocketSession::add(SocketOperation operation, std::vector<std::pair<const char *, Matcher>> fields,
                              Place place) const {
  return SocketStep(added(script_, operation, std::move(fields), place), *this);
}

SocketStep SocketSession::expect_listen(Place place) const { return add(SocketOperation::listen, {}, place); }
SocketStep SocketSession::expect_shutdown(Place place) const { return add(SocketOperation::shutdown, {}, place); }
SocketStep SocketSession::expect_close(Place place) const { return add(SocketOperation::close, {}, place); }

SocketSession &SocketSession::optional() {
  const std::lock_guard<std::mutex> lock(script_->mutex);
  if (script_->socket == 0) {
    script_->required = false;
    for (SocketMock *one : script_->steps)
      one->set_required(false);
  }
  return *this;
}

SocketStep &SocketStep::optional() {
  mock_->is_wanted = false;
  mock_->set_required(false);
  SocketTable::all().refresh_all();
  return *this;
}

SocketStep &SocketStep::fails(int error) {
  if (error <= 0)
    misused("a call fails with an errno, such as ECONNREFUSED, not with " + std::to_string(error), mock_->place());
  if (mock_->taken || mock_->is_in_progress || !mock_->data.empty())
    misused("a call that fails gives nothing: take .fails(...) out, or what it gives", mock_->place());
  mock_->error = error;
  SocketTable::all().refresh_all();
  return *this;
}

SocketStep &SocketStep::in_progress(int error) {
  only_of(*mock_, SocketOperation::connect, "in_progress");
  if (mock_->error)
    misused("a connection that fails is not in progress: take .fails(...) or .in_progress(...) out", mock_->place());
  mock_->is_in_progress = true;
  mock_->error_later = error;
  return *this;
}

SocketStep &SocketStep::takes(std::size_t size) {
  only_of(*mock_, SocketOperation::send, "takes");
  if (mock_->error)
    misused("a call that fails takes nothing: take .fails(...) or .takes(...) out", mock_->place());
  mock_->taken = size;
  return *this;
}

SocketStep &SocketStep::only(std::vector<std::pair<const char *, Matcher>> fields) {
  only_of(*mock_, SocketOperation::send, "to");
  mock_->is_addressed = true;
  for (auto &[name, matcher] : fields)
    mock_->expect(name, std::move(matcher));
  return *this;
}

SocketStep &SocketStep::from(std::string_view host, int port) {
  only_of(*mock_, SocketOperation::recv, "from");
  mock_->is_addressed = true;
  mock_->host = std::string(host);
  mock_->port = port;
  return *this;
}

SocketStep SocketSession::expect_accept(std::string_view host, int port, Place place) const {
  std::size_t steps = 0;
  {
    const std::lock_guard<std::mutex> lock(script_->mutex);
    steps = script_->steps.size();
  }
  if (steps != 0)
    misused("a session is one connection, so expect_accept begins one: write tripwire::socket.mock_accept(...), beside "
            "the session that listens",
            place);
  SocketMock &made = added(script_, SocketOperation::accept, {}, place);
  made.host = std::string(host);
  made.port = port;
  return SocketStep(made, *this);
}

SocketStep SocketSession::expect_recv(std::string_view data, Place place) const {
  return SocketStep(added(script_, SocketOperation::recv, {}, place, std::string(data)), *this);
}

SocketStep SocketSession::expect_recv(Place place) const { return expect_recv("", place); }

SocketSession Socket::new_session(Place place) const {
  auto script = std::make_shared<SocketScript>();
  script->place = place;
  plugin::state_of_test<SocketBook>(socket_plugin())->add(script);
  return SocketSession(std::move(script));
}

SocketSession Socket::session() const {
  std::shared_ptr<SocketScript> script = plugin::state_of_test<SocketBook>(socket_plugin())->latest();
  if (script == nullptr)
    misused("socket.session() goes on with a session, and this test has none: begin with socket.new_session()",
            Place::here());
  return SocketSession(std::move(script));
}

std::string Socket::name_of_error(int error) { return plugin::name_of_errno(error); }

void Socket::let_pass(Fields fields, Place place) const {
  plugin::add(socket_plugin(), std::make_unique<SocketMock>(std::move(fields)), place).set_always();
}

void Socket::check(const char *word, SocketOperation operation, Fields fields, Place place) const {
  plugin::Assertion assertion(socket_plugin(), "tripwire::socket." + std::string(word) + "(...)", place);
  assertion.field("operation", matcher_for<SocketOperation>(operation));
  for (auto &[name, matcher] : fields)
    assertion.field(name, std::move(matcher));
  assertion.check();
}

} // namespace tripwire::plugins
