// a library's calls --(a plugin)--> interactions, and answers --(the plugin)--> the library's results
//
// A plugin describes and converts. Whether a call is answered, made for real, recorded or refused, in which order
// assertions go, what is unused at the end: that is the core's, for every plugin in the same way.
//
// A plugin is one static object in a library that the test program links:
//
//   class Http final : public tripwire::plugin::Plugin {
//   public:
//     Http() : Plugin(tripwire_manifest_http, "<tripwire/plugins/http.hpp>") {
//       handle<CURLcode(CURL *)>("curl_easy_perform", [](Visit &visit, CURL *handle) { ... });
//       observe("curl_easy_setopt", [](Visit &visit) { ...; visit.make_real(); });
//     }
//   };
//   const Http plugin;
#ifndef TRIPWIRE_PLUGIN_HPP
#define TRIPWIRE_PLUGIN_HPP

#include "tripwire/matcher.hpp"
#include "tripwire/place.hpp"
#include "tripwire/plugin_manifest.hpp"
#include "tripwire/seam/call.hpp"
#include "tripwire/seam/function_type.hpp"
#include "tripwire/value.hpp"
#include "tripwire/violation.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugin {

class Mock;
class Plugin;
class Recorded;

/// Whether an assertion has to name a field.
enum class Need : unsigned char { required, optional };

/// One named value of an interaction.
struct Field {
  std::string name;
  AnyValue value; ///< empty for a secret: only its name is known
  Need need = Need::required;
};

/// What a plugin says of a call before the core decides on it. Values are owned, so later changes of the program's data
/// do not show.
class Description {
public:
  /// Something an assertion can name. Any type that prints; `std::string` for text.
  template <class T> Description &field(std::string name, T value, Need need = Need::required) {
    if constexpr (std::is_same_v<T, AnyValue>)
      fields_.push_back({std::move(name), std::move(value), need});
    else
      fields_.push_back({std::move(name), AnyValue(std::move(value)), need});
    return *this;
  }
  /// Present, but never recorded nor printed; it cannot be asserted.
  Description &secret(std::string name) {
    fields_.push_back({std::move(name), AnyValue(), Need::optional});
    return *this;
  }
  /// What was attempted, for messages: `GET https://h/p`.
  Description &request(std::string text) {
    request_ = std::move(text);
    return *this;
  }
  /// What firewall rules match on: `host`, `port`, ... one of the manifest's `request`, in any spelling. A call
  /// that says one of them again, as moving a file does with two paths, is several requests: rules have to allow each.
  Description &firewall(std::string name, std::string text) {
    firewall_.emplace_back(std::move(name), std::move(text));
    return *this;
  }
  /// The call works on what another one has opened (`Visit::opened`). Where that one was let through, so is this one.
  Description &on(std::uintptr_t handle) {
    handle_ = handle;
    is_on_handle_ = true;
    return *this;
  }
  /// Mocks whose own key is equal are found by hash, without being asked in turn.
  Description &key(std::string text) {
    key_ = std::move(text);
    return *this;
  }

  /// Inside a sandbox this call is not refused where no mock answers it and no rule allows it, as if the plugin took
  /// all its calls unmocked (`Plugin::takes_unmocked`).
  Description &taken_unmocked() {
    is_taken_unmocked_ = true;
    return *this;
  }

  /// The value of a field; null when there is none of that name and type.
  template <class T> const T *get(std::string_view name) const noexcept {
    const Field *found = find(name);
    return found == nullptr ? nullptr : found->value.as<T>();
  }
  const Field *find(std::string_view name) const noexcept;
  const std::vector<Field> &fields() const noexcept { return fields_; }
  const std::string &request() const noexcept { return request_; }
  const std::string &key() const noexcept { return key_; }
  const std::vector<std::pair<std::string, std::string>> &firewall() const noexcept { return firewall_; }
  const std::uintptr_t *handle() const noexcept { return is_on_handle_ ? &handle_ : nullptr; }
  bool is_taken_unmocked() const noexcept { return is_taken_unmocked_; }

private:
  friend class Recorded;
  std::uintptr_t handle_ = 0;
  bool is_on_handle_ = false;
  bool is_taken_unmocked_ = false;
  std::vector<Field> fields_;
  std::vector<std::pair<std::string, std::string>> firewall_;
  std::string request_;
  std::string key_;
};

/// How a mock differs from a call, for the message that shows the nearest one.
struct Difference {
  std::string field;
  std::string expected; ///< printed
  std::string got;      ///< printed
  bool matches = false;
};

/// A registered answer. The plugin derives from it, keeps the answer's data in it and converts it when the core hands
/// it back. Answers of one plugin are spent in the order of their registration among those that match.
class Mock {
public:
  Mock() = default;
  Mock(const Mock &) = delete;
  Mock &operator=(const Mock &) = delete;
  virtual ~Mock();

  /// Which calls it answers. Asked only for calls of the same key, when it has one.
  virtual bool matches(const Description &call) const = 0;
  /// Equal to the key of every call that it can match; empty when it must be asked each time.
  virtual std::string key() const { return {}; }
  /// What it waits for, for messages: `POST "https://h/p"`.
  virtual std::string describe() const = 0;
  /// Field by field, for the nearest mock of a call that none matched.
  virtual std::vector<Difference> compare(const Description &call) const {
    return (void)call, std::vector<Difference>{};
  }
  /// True when it lets the call through: the real call is made and recorded, and it is never reported as unused.
  virtual bool passes_through() const noexcept { return false; }
  /// True when it answers only what no other mock of the test answers: what the test says of all calls, beside what it
  /// says of one. Those that pass through come last all the same.
  virtual bool yields() const noexcept { return false; }
  /// False when it is a state that the test declares, such as the time, and calls read it as often as they like: they
  /// are answered and need no assertion. The first of them is in the timeline, those behind it are not.
  virtual bool must_be_asserted() const noexcept { return true; }

  // A plugin may ask and say these in any thread, also while the core hands the mock out.
  /// Serves that many calls; one unless told.
  void set_times(std::uint64_t times) noexcept { remaining_ = times; }
  /// Serves calls without end.
  void set_always() noexcept { always_ = true; }
  /// Unused is no violation when false.
  void set_required(bool required) noexcept { required_ = required; }

  bool exhausted() const noexcept { return !always_ && remaining_ == 0; }
  bool used() const noexcept { return used_; }
  bool required() const noexcept { return required_ && !passes_through(); }
  const Place &place() const noexcept { return place_; }

private:
  friend struct Books;
  Place place_;
  std::atomic<std::uint64_t> remaining_{1};
  std::uint64_t order_ = 0;
  std::atomic<bool> always_{false};
  std::atomic<bool> required_{true};
  std::atomic<bool> used_{false};
};

/// An interaction in the timeline, to which the plugin may still add what came back. Copies name the same interaction.
/// Does nothing when nothing was recorded (outside a test). Thread-safe. A process that was forked since may add to it
/// as well: its parent sees that as it sees the child's own interactions.
class Recorded {
public:
  Recorded() = default;
  explicit operator bool() const noexcept { return entry_ != nullptr; }

  template <class T> const Recorded &field(std::string name, T value, Need need = Need::required) const {
    append({std::move(name), AnyValue(std::move(value)), need});
    return *this;
  }
  /// The call ended by an error: the field `raised` is required from now on.
  const Recorded &raised(AnyValue error) const {
    append({"raised", std::move(error), Need::required});
    return *this;
  }

private:
  friend struct Books;
  void append(Field field) const;
  void *entry_ = nullptr;
};

/// What the core decided.
struct Decision {
  Mock *mock =
      nullptr; ///< answers the call; null, or one that passes through: make the real call. Lives as long as the test.
  Recorded recorded;
  bool let_through = false; ///< by a rule, by the level of the guard, or with the call that opened its handle
  bool taken = false;       ///< recorded without a mock: the plugin answers by itself (`Plugin::takes_unmocked`)

  /// The plugin must make the real call.
  bool real() const noexcept { return mock == nullptr ? !taken : mock->passes_through(); }
  template <class M> M *as() const noexcept { return static_cast<M *>(mock); }
};

/// One watched call of one of the plugin's seams, while the plugin's handler runs.
class Visit {
public:
  Visit(seam::Call &call, Plugin &plugin) noexcept : call_(call), plugin_(plugin) {}
  Visit(const Visit &) = delete;
  Visit &operator=(const Visit &) = delete;

  /// How many arguments, variadic ones included.
  std::size_t count() const noexcept { return call_.count; }
  Value argument(std::size_t index) const noexcept {
    return {call_.arguments[index], call_.types[index], nullptr, {}, false};
  }
  /// Argument \p index as \p T; null when it is of another type (a variadic one).
  template <class T> const T *argument_as(std::size_t index) const noexcept { return argument(index).as<T>(); }

  /// Makes the real call with the arguments as they came. Once per visit. The result becomes the call's.
  void make_real();
  bool answered() const noexcept { return call_.answered; }
  /// The call is none of this plugin's: a seam that serves several libraries (`read`, `close`) was called with what
  /// another one has opened. The next plugin that handles the seam gets it; where none takes it, the real call is made,
  /// at once and unrecorded. Instead of all else: `return visit.pass_on<long>();`, and what is returned goes nowhere.
  template <class R = void> R pass_on() noexcept {
    passed_on_ = true;
    return R();
  }
  bool passed_on() const noexcept { return passed_on_; }
  /// What the call returns, once it was made or answered.
  template <class R> const R &result() const noexcept { return call_.result<R>(); }
  /// Answers the call instead of making it.
  template <class R> void answer(R value) {
    if (!call_.answered) {
      ::new (call_.place) R(std::move(value));
    } else {
      *static_cast<R *>(call_.place) = std::move(value);
    }
    call_.answered = true;
  }

  /// Puts an interaction before the core. Inside a sandbox: finds the mock, records the interaction, hands the mock
  /// back; where there is none, asks the firewall, and records an allowed call as such; else records what the plugin
  /// takes unmocked, or refuses by an exception (let it pass through the handler). Outside: asks firewall and guard;
  /// where they let the call through, nothing is recorded and the decision is the real call.
  Decision present(Description description);

  /// The call has opened \p handle (a descriptor, the address of a connection): calls that are described as `on` it are
  /// let through, recorded as this one was, if \p decision let this one through. Else the handle is forgotten. For each
  /// plugin and test by itself.
  void opened(std::uintptr_t handle, const Decision &decision);
  /// The handle is gone; its number may come again.
  void closed(std::uintptr_t handle) noexcept;

  /// Whether anything presented now would be recorded: a sandbox is open for this thread.
  bool in_sandbox() const noexcept;
  seam::Call &call() noexcept { return call_; }

private:
  seam::Call &call_;
  Plugin &plugin_;
  bool passed_on_ = false;
};

/// When the handlers of a plugin run.
enum class Watch : unsigned char {
  in_tests, ///< while a sandbox is open or a guard is active
  always,   ///< from the first call before `main` on: the plugin follows objects that live longer than a test
};

/// The base of a plugin's one static object. Linking it is all that is needed; the same name twice is an error at the
/// first test.
class Plugin {
public:
  /// \p manifest is what the build makes of the plugin's seams.yaml; \p include is the header that tests include, for
  /// messages. Static storage.
  Plugin(const Manifest &manifest, const char *include);
  Plugin(const Plugin &) = delete;
  Plugin &operator=(const Plugin &) = delete;

  const Manifest &manifest() const noexcept { return manifest_; }
  const char *name() const noexcept { return manifest_.name; }
  const char *include() const noexcept { return include_; }
  /// The seams that it has handlers of, as they were named.
  const std::vector<const char *> &seams() const noexcept { return seams_; }

  /// A test begins or ended: forget what belongs to it. Thread-safe by itself.
  virtual void test_begins() noexcept {}
  virtual void test_ends() noexcept {}
  /// A sandbox opens or closes, in the order of registration and in reverse. What `activate` throws closes the sandbox
  /// again.
  virtual void activate() {}
  virtual void deactivate() {}
  /// Inside a sandbox a call that no mock answers and no rule allows is not refused, but recorded, and must be
  /// asserted; the plugin answers it by itself, without the real call.
  virtual bool takes_unmocked() const noexcept { return false; }

  /// A statement that would answer the call: `tripwire::http.mock_response("GET", "https://h/p").status(200);`
  virtual std::string mock_line(const Description &call) const = 0;
  /// A statement that asserts the interaction with its real values; may have several lines.
  virtual std::string assert_line(const Description &interaction) const = 0;

protected:
  virtual ~Plugin();

  /// \p run handles every watched call of the seam with that name or symbol, or of each specialisation of the template
  /// with that name. It gets the visit and the arguments, typed, and returns the result. It runs in place of the mock
  /// machinery, unless the test has mocked the seam itself by `mock<&f>()`: that mock wins. Where several plugins
  /// handle a seam, they are offered the call in turn, until one does not pass it on.
  template <class Signature, class F> void handle(const char *seam, F run, Watch watch = Watch::in_tests);
  /// The same for a seam whose calls differ in their arguments (variadic), or that is only looked at. The handler
  /// answers, or makes the real call; if it does neither, the real call is made for it.
  void observe(const char *seam, void (*run)(Visit &visit), Watch watch = Watch::in_tests);

private:
  struct Handler {
    Plugin *plugin;
    const char *seam;
    std::string_view signature; ///< empty when any will do
    void (*run)(const Handler &handler, Visit &visit);
    void (*target)();
    Watch watch;
  };
  friend struct Books;
  void add(const Handler &handler);

  template <class Function> struct Typed;

  const Manifest &manifest_;
  const char *include_;
  std::vector<const char *> seams_;
};

template <class R, class... P> struct Plugin::Typed<R(P...)> {
  using Target = R (*)(Visit &, P...);

  template <std::size_t... I> static void call(const Handler &handler, Visit &visit, std::index_sequence<I...>) {
    const auto target = reinterpret_cast<Target>(handler.target);
    if constexpr (std::is_void_v<R>) {
      target(visit, (*static_cast<std::remove_reference_t<P> *>(const_cast<void *>(visit.argument(I).address)))...);
      visit.call().answered = !visit.passed_on();
    } else {
      R result =
          target(visit, (*static_cast<std::remove_reference_t<P> *>(const_cast<void *>(visit.argument(I).address)))...);
      if (!visit.passed_on()) {
        visit.answer<R>(std::move(result));
      }
    }
  }
  static void run(const Handler &handler, Visit &visit) { call(handler, visit, std::index_sequence_for<P...>()); }
};

template <class Signature, class F> void Plugin::handle(const char *seam, F run, Watch watch) {
  using Target = typename Typed<Signature>::Target;
  add({this, seam, seam::type_name<Signature>(), &Typed<Signature>::run,
       reinterpret_cast<void (*)()>(static_cast<Target>(run)), watch});
}

/// Registers an answer with the current verifier, which owns it from then on. The reference lives as long as the test.
Mock &add_mock(Plugin &plugin, std::unique_ptr<Mock> mock, Place place);
template <class M> M &add(Plugin &plugin, std::unique_ptr<M> mock, Place place) {
  M &kept = *mock;
  add_mock(plugin, std::move(mock), place);
  return kept;
}

/// What the plugin keeps of the current test: an \p S, made when it is first asked for. The test lets go of it when it
/// ends, as does whoever holds it. Several threads may reach it: it locks for itself. A plugin has one such type.
std::shared_ptr<void> state_of_test(Plugin &plugin, std::shared_ptr<void> (*make)());
template <class S> std::shared_ptr<S> state_of_test(Plugin &plugin) {
  return std::static_pointer_cast<S>(
      state_of_test(plugin, []() -> std::shared_ptr<void> { return std::make_shared<S>(); }));
}

/// An assertion about the next interaction of a plugin, built field by field and checked once.
class Assertion {
public:
  /// \p line is how the test wrote it, for messages: `http.assert_request("GET", "https://h/p")`.
  Assertion(const Plugin &plugin, std::string line, Place place)
      : plugin_(plugin), line_(std::move(line)), place_(place) {}

  Assertion &field(std::string name, Matcher expected) {
    fields_.push_back({std::move(name), std::move(expected)});
    return *this;
  }
  /// Checks in the order of semantics 8 and marks the interaction as asserted, or throws and consumes nothing.
  void check() const;

  struct Expected {
    std::string name;
    Matcher matcher;
  };
  const std::vector<Expected> &fields() const noexcept { return fields_; }
  const Plugin &plugin() const noexcept { return plugin_; }
  const std::string &line() const noexcept { return line_; }
  const Place &place() const noexcept { return place_; }

private:
  const Plugin &plugin_;
  std::string line_;
  Place place_;
  std::vector<Expected> fields_;
};

} // namespace tripwire::plugin

#endif
