// the plugin kit: interactions that plugins describe --> answers, records, refusals
#include "tripwire/plugin.hpp"

#include "expectation.hpp"
#include "firewall/request.hpp"
#include "handler.hpp"
#include "hint.hpp"
#include "layer.hpp"
#include "message.hpp"
#include "plugin_books.hpp"
#include "refuse.hpp"
#include "registry.hpp"
#include "relay.hpp"
#include "report/report.hpp"
#include "route.hpp"
#include "type_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <string_view>

namespace tripwire::plugin {

/// The core's way into the kit's private parts.
struct Books {
  using Handler = Plugin::Handler;

  static void run(const void *handler, Visit &visit) {
    const auto &known = *static_cast<const Handler *>(handler);
    known.run(known, visit);
  }
  static Plugin &plugin_of(const void *handler) noexcept { return *static_cast<const Handler *>(handler)->plugin; }
  static std::string_view signature_of(const void *handler) noexcept {
    return static_cast<const Handler *>(handler)->signature;
  }
  static void registered(Mock &mock, Place place, std::uint64_t order) noexcept {
    mock.place_ = place;
    mock.order_ = order;
  }
  static std::uint64_t order(const Mock &mock) noexcept { return mock.order_; }
  static bool must_be_used(const Mock &mock) noexcept { return mock.required() && !mock.used_; }
  static void reported(Mock &mock) noexcept { mock.required_ = false; }
  static void use(Mock &mock) noexcept {
    mock.used_ = true;
    if (!mock.always_ && mock.remaining_ > 0) {
      --mock.remaining_;
    }
  }
  static Recorded recorded(runtime::PluginEntry &entry) noexcept {
    Recorded made;
    made.entry_ = &entry;
    return made;
  }
};

namespace {

/// Registered before `main`; never destroyed.
struct Known {
  std::mutex mutex;
  std::vector<Plugin *> plugins;
};

Known &known() {
  static auto *const all = new Known;
  return *all;
}

/// Which mocks are asked first: those that answer, those that yield to them, those that pass through.
int rank(const Mock &mock) noexcept { return mock.passes_through() ? 2 : mock.yields() ? 1 : 0; }

/// The oldest mock that matches and has an answer left, of those that are asked first.
Mock *find(runtime::PluginMocks &mocks, const Description &description) {
  Mock *found = nullptr;
  const auto consider = [&](Mock *mock) {
    if (mock->exhausted() || !mock->matches(description)) {
      return;
    }
    if (found == nullptr || rank(*mock) < rank(*found) ||
        (rank(*mock) == rank(*found) && Books::order(*mock) < Books::order(*found))) {
      found = mock;
    }
  };
  const auto same_key = mocks.keyed.find(description.key());
  if (!description.key().empty() && same_key != mocks.keyed.end()) {
    auto &list = same_key->second;
    while (!list.empty() && list.front()->exhausted()) {
      list.erase(list.begin());
    }
    for (Mock *mock : list) {
      consider(mock);
      if (found != nullptr && rank(*found) == 0) {
        break;
      }
    }
  } else if (description.key().empty()) {
    for (const auto &[key, list] : mocks.keyed) {
      std::for_each(list.begin(), list.end(), consider);
    }
  }
  std::for_each(mocks.unkeyed.begin(), mocks.unkeyed.end(), consider);
  return found;
}

std::string nearest_text(const runtime::PluginMocks &mocks, const Description &description) {
  const Mock *nearest = nullptr;
  std::size_t best = 0; // a mock that does not compare itself with the call is the farthest
  std::vector<Difference> differences;
  for (const auto &mock : mocks.all) {
    auto compared = mock->compare(description);
    const auto same = static_cast<std::size_t>(
        std::count_if(compared.begin(), compared.end(), [](const Difference &one) { return one.matches; }));
    const std::size_t nearness = compared.empty() ? 0 : 1 + same;
    if (nearest == nullptr || nearness > best) {
      nearest = mock.get();
      best = nearness;
      differences = std::move(compared);
    }
  }
  if (nearest == nullptr) {
    return {};
  }
  std::string text = "\n  the nearest mock, " + nearest->describe() + " from " + runtime::text_of(nearest->place());
  if (nearest->matches(description)) {
    return text + ", has no answer left";
  }
  text += ", does not match";
  for (const Difference &difference : differences) {
    text += "\n    " + difference.field + ": ";
    text += difference.matches ? difference.got + " matches"
                               : "expected " + difference.expected + ", got " + difference.got;
  }
  return text;
}

Facts unmocked(const seam::Call &call, const runtime::Route &route, const Plugin &plugin,
               const Description &description, const std::string &nearest) {
  Facts facts;
  facts.kind = ViolationKind::unmocked_interaction;
  facts.source = plugin.name();
  facts.site = call_site(call.site);
  facts.sandbox = route.sandbox;
  facts.text = "UnmockedInteractionError: " + std::string(plugin.name()) + " " + description.request() +
               " was attempted in a sandbox, and nothing in the test answers it\n  at " + facts.site.text() +
               runtime::thread_text(runtime::thread_number(runtime::context()),
                                    route.verifier->home.load(std::memory_order_relaxed)) +
               "\n  through " + std::string(call.slot.facts.name);
  for (const Field &field : description.fields()) {
    facts.text += "\n    " + field.name + ": " +
                  (field.value.empty() ? std::string("(secret)") : runtime::printed(field.value.view()));
  }
  facts.text += nearest + "\n  to answer it, paste this in front of the sandbox:\n" +
                runtime::indented(plugin.mock_line(description), "    ");
  return facts;
}

} // namespace

const Field *Description::find(std::string_view name) const noexcept {
  for (const Field &field : fields_) {
    if (field.name == name) {
      return &field;
    }
  }
  return nullptr;
}

Mock::~Mock() = default;

void Recorded::append(Field field) const {
  if (entry_ == nullptr) {
    return;
  }
  auto &entry = *static_cast<runtime::PluginEntry *>(entry_);
  {
    const std::lock_guard<std::mutex> lock(entry.mutex);
    entry.description.fields_.push_back(std::move(field));
  }
  if (entry.interaction != nullptr) {
    runtime::relay_outcome(*entry.interaction, *entry.verifier);
  } else if (runtime::is_forked_child.load(std::memory_order_relaxed)) {
    runtime::relay_completion(entry);
  }
}

void Visit::make_real() {
  if (call_.make != nullptr && !call_.answered) {
    runtime::make_with_layer(call_);
    call_.answered = true;
  }
}

bool Visit::in_sandbox() const noexcept {
  return runtime::route_of(runtime::context(), call_.slot).rule == runtime::Rule::sandbox;
}

namespace {

/// The next entry of the timeline, for the plugin's newest. Without memory for it that goes as well.
runtime::Interaction &append(runtime::VerifierState &verifier) {
  try {
    return verifier.timeline->append();
  } catch (...) {
    verifier.plugin_entries.pop_back();
    throw;
  }
}

/// The interaction of a call, recorded as the bits say. When it throws, nothing was recorded.
Recorded record(Plugin &plugin, const seam::Call &call, const runtime::Route &route, runtime::Context &of,
                Description description, std::uint32_t bits, const Mock *mock = nullptr) {
  runtime::VerifierState &verifier = *route.verifier;
  verifier.plugin_entries.push_back(std::make_unique<runtime::PluginEntry>());
  runtime::PluginEntry &entry = *verifier.plugin_entries.back();
  entry.plugin = &plugin;
  entry.verifier = &verifier;
  entry.description = std::move(description);
  if ((bits & runtime::enforced) == 0) {
    verifier.has_unenforced.store(true, std::memory_order_relaxed);
  }
  runtime::Interaction &interaction = append(verifier);
  interaction.thread = runtime::thread_number(of);
  interaction.sandbox = static_cast<std::uint32_t>(route.sandbox);
  interaction.site = call.site;
  interaction.plugin = &entry;
  interaction.state.store(static_cast<std::uint32_t>(runtime::published) | runtime::finished | bits,
                          std::memory_order_release);
  if (runtime::is_forked_child.load(std::memory_order_relaxed)) {
    entry.interaction = &interaction;
    entry.recorder = static_cast<std::uint32_t>(getpid());
    runtime::relay(interaction, verifier, mock);
  }
  if (runtime::report::is_on() && mock != nullptr) {
    runtime::report::note_answer(interaction, verifier, mock->place());
  }
  return Books::recorded(entry);
}

/// Whether the call works on what a call that was let through has opened.
bool belongs_to_opened(runtime::VerifierState &verifier, const Plugin &plugin, const Description &description) {
  const std::uintptr_t *handle = description.handle();
  if (handle == nullptr) {
    return false;
  }
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  return std::any_of(verifier.opened.begin(), verifier.opened.end(),
                     [&](const runtime::Opened &one) { return one.plugin == &plugin && one.handle == *handle; });
}

void forget(runtime::VerifierState &verifier, const Plugin &plugin, std::uintptr_t handle) noexcept {
  auto &opened = verifier.opened;
  opened.erase(
      std::remove_if(opened.begin(), opened.end(),
                     [&](const runtime::Opened &one) { return one.plugin == &plugin && one.handle == handle; }),
      opened.end());
}

Decision let_through(Recorded recorded = {}) {
  Decision decision;
  decision.recorded = recorded;
  decision.let_through = true;
  return decision;
}

} // namespace

void Visit::opened(std::uintptr_t handle, const Decision &decision) {
  runtime::VerifierState &verifier = *runtime::route_of(runtime::context(), call_.slot).verifier;
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  forget(verifier, plugin_, handle);
  if (decision.let_through) {
    verifier.opened.push_back({&plugin_, handle});
  }
}

void Visit::closed(std::uintptr_t handle) noexcept {
  runtime::VerifierState &verifier = *runtime::route_of(runtime::context(), call_.slot).verifier;
  const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
  forget(verifier, plugin_, handle);
}

Decision Visit::present(Description description) {
  using runtime::Rule;
  runtime::Context &of = runtime::context();
  if (runtime::Registry::starting()) {
    return {};
  }
  const runtime::Route route = runtime::route_of(of, call_.slot, plugin_.name());
  runtime::VerifierState &verifier = *route.verifier;
  const runtime::Visitor visitor(verifier);
  if (!visitor) {
    return {};
  }
  switch (route.rule) {
  case Rule::sandbox:
  case Rule::activation:
    break;
  case Rule::pass:
    // Off lets the calls through; what fixtures and programs without tests do is nobody's business.
    return runtime::is_in_body(verifier) ? let_through() : Decision();
  case Rule::warn:
  case Rule::guarded: {
    if (belongs_to_opened(verifier, plugin_, description)) {
      return let_through();
    }
    std::vector<runtime::Refused> refused;
    for (std::size_t which = 0; which < runtime::requests_in(description); ++which) {
      runtime::Request request(call_, plugin_, description, which);
      runtime::Verdict verdict = runtime::judge(verifier, of, request);
      if (!verdict.allowed) {
        refused.push_back({std::move(request), std::move(verdict)});
      }
    }
    if (!refused.empty() && route.rule == Rule::guarded) {
      runtime::throw_latched(runtime::latch(
          runtime::guarded(call_, route, refused, description.request(), plugin_.mock_line(description)), &verifier));
    }
    if (!refused.empty()) {
      runtime::warn(call_, verifier, refused.front().verdict,
                    description.request() +
                        (plugin_.manifest().safe ? "" : " (this may change something outside of the test)"));
    }
    return let_through();
  }
  case Rule::late:
  case Rule::ambiguous:
  case Rule::inactive:
    runtime::throw_latched(runtime::latch(runtime::uncovered(call_, route, description.request()), &verifier));
  }
  runtime::receive(); // what a child did before this call stands before it
  const std::uint32_t as_allowed = static_cast<std::uint32_t>(runtime::allowed) | runtime::real;
  if (belongs_to_opened(verifier, plugin_, description)) {
    const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
    return let_through(record(plugin_, call_, route, of, std::move(description), as_allowed));
  }
  const std::uint32_t as_enforced = route.rule == Rule::sandbox ? static_cast<std::uint32_t>(runtime::enforced) : 0u;
  std::string nearest;
  {
    const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
    runtime::PluginMocks &mocks = verifier.mocks_of(plugin_);
    Decision decision;
    decision.mock = find(mocks, description);
    if (decision.mock != nullptr) {
      const bool is_step = decision.mock->must_be_asserted();
      if (is_step || !decision.mock->used()) {
        decision.recorded =
            record(plugin_, call_, route, of, std::move(description), is_step ? as_enforced : 0u, decision.mock);
      }
      Books::use(*decision.mock);
      return decision;
    }
    nearest = nearest_text(mocks, description);
  }
  bool is_allowed = true;
  for (std::size_t which = 0; is_allowed && which < runtime::requests_in(description); ++which) {
    is_allowed = runtime::judge(verifier, of, runtime::Request(call_, plugin_, description, which)).allowed;
  }
  if (is_allowed) {
    const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
    return let_through(record(plugin_, call_, route, of, std::move(description), as_allowed));
  }
  if (plugin_.takes_unmocked() || description.is_taken_unmocked()) {
    const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
    Decision decision;
    decision.taken = true;
    decision.recorded = record(plugin_, call_, route, of, std::move(description), as_enforced);
    return decision;
  }
  runtime::throw_latched(runtime::latch(unmocked(call_, route, plugin_, description, nearest), &verifier));
}

Plugin::Plugin(const Manifest &manifest, const char *include) : manifest_(manifest), include_(include) {
  const std::lock_guard<std::mutex> lock(known().mutex);
  known().plugins.push_back(this);
}

Plugin::~Plugin() {
  const std::lock_guard<std::mutex> lock(known().mutex);
  auto &all = known().plugins;
  all.erase(std::remove(all.begin(), all.end(), this), all.end());
}

void Plugin::observe(const char *seam, void (*run)(Visit &), Watch watch) {
  add({this,
       seam,
       {},
       [](const Handler &handler, Visit &visit) { reinterpret_cast<void (*)(Visit &)>(handler.target)(visit); },
       reinterpret_cast<void (*)()>(run),
       watch});
}

void Plugin::add(const Handler &handler) {
  seams_.push_back(handler.seam);
  // Slots refer to it until the process ends.
  const auto *kept = new Handler(handler);
  runtime::Registry::instance().handle(kept->seam, this, kept, kept->watch == Watch::always);
}

Mock &add_mock(Plugin &plugin, std::unique_ptr<Mock> mock, Place place) {
  runtime::VerifierState &verifier = runtime::Process::instance().current(runtime::context());
  const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
  runtime::PluginMocks &mocks = verifier.mocks_of(plugin);
  Books::registered(*mock, place, verifier.plugin_order++);
  const std::string key = mock->key();
  (key.empty() ? mocks.unkeyed : mocks.keyed[key]).push_back(mock.get());
  mocks.all.push_back(std::move(mock));
  return *mocks.all.back();
}

std::shared_ptr<void> state_of_test(Plugin &plugin, std::shared_ptr<void> (*make)()) {
  runtime::VerifierState &verifier = runtime::Process::instance().current(runtime::context());
  const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
  std::shared_ptr<void> &state = verifier.mocks_of(plugin).state;
  if (state == nullptr) {
    state = make();
  }
  return state;
}

void Assertion::check() const {
  runtime::Expectation expectation;
  expectation.plugin = &plugin_;
  expectation.place = place_;
  expectation.line = line_;
  for (const Expected &field : fields_) {
    expectation.fields.push_back({field.name, field.matcher, nullptr});
  }
  runtime::Interaction *found = nullptr;
  runtime::check(runtime::Process::instance().current(runtime::context()), expectation, found);
}

} // namespace tripwire::plugin

namespace tripwire::runtime {

using plugin::Books;
using plugin::Plugin;

namespace {

/// \return whether the plugin has taken the call.
bool run_handler(const void *handler, seam::Call &call, Context &of, int entry_errno) {
  plugin::Visit visit(call, Books::plugin_of(handler));
  const std::string_view wanted = Books::signature_of(handler);
  if (!wanted.empty() && !same_type_text(wanted, call.slot.facts.signature)) {
    VerifierState &verifier = Process::instance().current(of);
    Facts facts;
    facts.kind = ViolationKind::configuration;
    facts.source = Books::plugin_of(handler).name();
    facts.text = "ConfigurationError: plugin " + facts.source + " handles " + std::string(call.slot.facts.name) +
                 " as " + std::string(wanted) + ", but here it is " + std::string(call.slot.facts.signature);
    refuse(call, std::move(facts), verifier);
    return true;
  }
  struct Leave {
    Context &of;
    ~Leave() { --of.handling; }
  };
  errno = entry_errno;
  try {
    ++of.handling;
    const Leave leave{of};
    Books::run(handler, visit);
    if (visit.passed_on()) {
      return false;
    }
    if (!call.answered) {
      visit.make_real();
    }
  } catch (const Violation &violation) {
    if (may_throw(call)) {
      throw;
    }
    // The handler's own refusal is already written down; only what the call site gets is left to decide.
    refuse_again(call, violation);
  }
  return true;
}

} // namespace

bool run_handlers(const Handling &first, seam::Call &call, Context &of, int entry_errno) {
  for (const Handling *one = &first; one != nullptr; one = one->next.load(std::memory_order_acquire)) {
    if (run_handler(one->handler.load(std::memory_order_acquire), call, of, entry_errno)) {
      return true;
    }
  }
  return false;
}

std::vector<Plugin *> plugins() {
  const std::lock_guard<std::mutex> lock(plugin::known().mutex);
  return plugin::known().plugins;
}

void check_plugins() {
  const auto all = plugins();
  for (std::size_t one = 0; one < all.size(); ++one) {
    for (std::size_t other = one + 1; other < all.size(); ++other) {
      if (std::string_view(all[one]->name()) == all[other]->name()) {
        Facts facts;
        facts.kind = ViolationKind::configuration;
        facts.source = all[one]->name();
        facts.text =
            "ConfigurationError: plugin " + facts.source + " is linked twice" + "\n  link one library of that name";
        raise(std::move(facts));
      }
    }
  }
}

void activate_plugins() {
  const auto all = plugins();
  for (std::size_t index = 0; index < all.size(); ++index) {
    try {
      all[index]->activate();
    } catch (...) {
      const std::exception_ptr first = std::current_exception();
      std::string others;
      for (std::size_t back = index; back-- > 0;) {
        try {
          all[back]->deactivate();
        } catch (...) {
          others += "\n  and " + std::string(all[back]->name()) +
                    " while it was taken down: " + describe(std::current_exception()).shown;
        }
      }
      if (others.empty()) {
        std::rethrow_exception(first);
      }
      Facts facts;
      facts.kind = ViolationKind::configuration;
      facts.source = all[index]->name();
      facts.text =
          "ConfigurationError: plugin " + facts.source + " could not be activated: " + describe(first).shown + others;
      raise(std::move(facts));
    }
  }
}

namespace {

/// The plugin in front of the one at \p index; null when that is the first. Needs no memory.
Plugin *plugin_before(std::size_t &index) noexcept {
  const std::lock_guard<std::mutex> lock(plugin::known().mutex);
  index = std::min(index, plugin::known().plugins.size());
  return index == 0 ? nullptr : plugin::known().plugins[--index];
}

void note_failed_deactivation(const Plugin &plugin) noexcept {
  try {
    Facts facts;
    facts.kind = ViolationKind::configuration;
    facts.source = plugin.name();
    facts.text = "ConfigurationError: plugin " + facts.source +
                 " failed when the sandbox closed: " + describe(std::current_exception()).shown;
    latch(std::move(facts), nullptr)->fate.store(Fate::noted);
  } catch (...) {
    latch_out_of_memory(Process::instance().current(context()), "closing a sandbox, in plugin", plugin.name(), nullptr)
        ->fate.store(Fate::noted);
  }
}

} // namespace

void deactivate_plugins() noexcept {
  std::size_t index = std::numeric_limits<std::size_t>::max();
  while (Plugin *one = plugin_before(index)) {
    try {
      one->deactivate();
    } catch (...) {
      note_failed_deactivation(*one);
    }
  }
}

const Place *spent_in_child(PluginMocks &mocks, const void *mock) noexcept {
  for (const auto &one : mocks.all) {
    if (one.get() == mock) {
      Books::use(*one);
      return &one->place();
    }
  }
  return nullptr;
}

void take_unused_of_plugins(VerifierState &verifier, Leftovers &into) {
  const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
  for (const auto &mocks : verifier.plugins) {
    for (const auto &mock : mocks->all) {
      if (!Books::must_be_used(*mock)) {
        continue;
      }
      into.unused.add([&] {
        Leftover leftover;
        leftover.site.file = mock->place().file;
        leftover.site.line = mock->place().line;
        leftover.text = std::string(mocks->plugin->name()) + " " + mock->describe() + "\n    registered at " +
                        text_of(mock->place());
        return leftover;
      });
      Books::reported(*mock);
    }
  }
}

} // namespace tripwire::runtime
