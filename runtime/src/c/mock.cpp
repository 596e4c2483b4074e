// what a test in C says in tripwire_mock, tripwire_returns, ... --> queues of answers in the current verifier
#include "c/mock.hpp"
#include "c/in_c.hpp"
#include "c/value.hpp"

#include "mocked.hpp"
#include "queue.hpp"

#include "tripwire/script.hpp"
#include "tripwire/tripwire.h"

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace tripwire;
using namespace tripwire::runtime;

namespace tripwire::runtime::c {

namespace {

std::shared_ptr<void> face_of(Queue &queue) { return std::make_shared<tripwire_mock>(queue); }
std::shared_ptr<void> face_of_mock(MockedSlot & /*mocked*/, Queue &queue) { return face_of(queue); }

/// Mocks of tests in C have no type: nobody takes one for a typed one.
const Faces &faces() noexcept {
  static constexpr Faces made{&face_of, &face_of_mock, "C"};
  return made;
}

tripwire_mock *mock_of(void *face) noexcept { return static_cast<tripwire_mock *>(face); }

} // namespace

std::string seam_named(const char *name) {
  std::string text(name);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') {
    return text;
  }
  std::string unquoted;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    at += text[at] == '\\' && at + 2 < text.size() ? 1u : 0u;
    unquoted += text[at];
  }
  return unquoted;
}

} // namespace tripwire::runtime::c

namespace {

namespace c = tripwire::runtime::c;

const seam::Slot &slot_of(const tripwire_mock &mock) noexcept { return mock.queue().rest().mocked->slot; }

/// One step that adds to the queue of \p mock. \return the queue again; null when there is none, or it was refused.
template <class Step> tripwire_mock *with(tripwire_mock *mock, Place place, Step step) {
  if (mock == nullptr) {
    return nullptr;
  }
  Latched *violation = c::run(place, [&] { step(*mock); });
  c::finish(violation);
  return violation == nullptr ? mock : nullptr;
}

void answer(tripwire_mock &mock, const tripwire_value *values, std::size_t count, Place place) {
  const seam::Slot &slot = slot_of(mock);
  const c::Target target = c::result_target(slot);
  const bool is_nothing = target.type != nullptr && target.type->kind == seam::Kind::object && target.type->size == 0;
  if (count > 1 || (count == 0 && !is_nothing)) {
    c::refuse_use(slot.facts.name,
                  std::string(slot.facts.name) + " returns one value, and " + std::to_string(count) + " are given");
  }
  if (count == 0) {
    mock.add_bits(nullptr, 0, place);
    return;
  }
  const std::vector<unsigned char> bytes = c::result_of(values[0], target);
  mock.add_bits(bytes.data(), bytes.size(), place);
}

/// A function of the test, and what it is handed.
struct Function {
  void (*run)(tripwire_call *call, void *state);
  void *state;
};

void call_function(void *kept, seam::Call &call) {
  const auto &function = *static_cast<const Function *>(kept);
  if (call.place != nullptr) {
    std::memset(call.place, 0, call.result_type->is_reference ? sizeof(void *) : call.result_type->size);
  }
  function.run(reinterpret_cast<tripwire_call *>(&call), function.state);
}

} // namespace

extern "C" {

tripwire_mock *tripwire_mock_at(const char *name, const char *file, int line) {
  void *face = nullptr;
  c::finish(c::run({file, line}, [&] {
    face = register_mock(only_slot_of_name(c::seam_named(name)), As::mock, c::faces(), {file, line});
  }));
  return c::mock_of(face);
}

tripwire_mock *tripwire_spy_at(const char *name, const char *file, int line) {
  void *face = nullptr;
  c::finish(c::run({file, line}, [&] {
    face = register_mock(only_slot_of_name(c::seam_named(name)), As::spy, c::faces(), {file, line});
  }));
  return c::mock_of(face);
}

tripwire_mock *tripwire_mocked_at(const char *name, const char *file, int line) {
  void *face = nullptr;
  c::finish(c::run({file, line}, [&] { face = find_mock(only_slot_of_name(c::seam_named(name)), c::faces()); }));
  return c::mock_of(face);
}

tripwire_mock *tripwire_when_at(tripwire_mock *mock, const tripwire_value *values, size_t count, const char *file,
                                int line) {
  void *face = nullptr;
  const void *site = __builtin_return_address(0);
  with(mock, {file, line}, [&](tripwire_mock &of) {
    MockedSlot &mocked = *of.queue().rest().mocked;
    const std::vector<Matcher> conditions = c::matchers_for(mocked.slot, values, count, false);
    if (conditions.size() < count) {
      c::refuse_use(mocked.slot.facts.name, "what a call will return is no condition of it");
    }
    face = add_queue(mocked, conditions.data(), conditions.size(), c::faces(), site);
    c::mock_of(face)->queue().rest().place = {file, line};
  });
  return c::mock_of(face);
}

tripwire_mock *tripwire_returns_at(tripwire_mock *mock, const tripwire_value *values, size_t count, const char *file,
                                   int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) { answer(of, values, count, {file, line}); });
}

tripwire_mock *tripwire_fails_at(tripwire_mock *mock, tripwire_value value, int error, const char *file, int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) {
    answer(of, &value, 1, {file, line});
    of.set_error(error);
  });
}

tripwire_mock *tripwire_writes_at(tripwire_mock *mock, size_t index, const void *bytes, size_t size, const char *file,
                                  int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) {
    const seam::Signature &signature = slot_of(of).facts.signature;
    const c::Target target = c::parameter_target(slot_of(of), index);
    if (signature.parameters != nullptr && index >= signature.count) {
      c::refuse_use(target.name, "parameters are counted from 0, and " + std::string(slot_of(of).facts.name) + " has " +
                                     std::to_string(signature.count));
    }
    if (target.type != nullptr && target.type->kind != seam::Kind::pointer && !target.type->is_reference) {
      c::refuse_use(target.name, target.name + " is nothing that can be written through");
    }
    of.add_write_characters(index, std::string(static_cast<const char *>(bytes), size), {file, line});
  });
}

tripwire_mock *tripwire_calls_at(tripwire_mock *mock, void (*function)(tripwire_call *call, void *state), void *state,
                                 const char *file, int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) {
    of.add_call(&call_function, std::make_shared<Function>(Function{function, state}), {file, line});
  });
}

tripwire_mock *tripwire_passes_through_at(tripwire_mock *mock, const char *file, int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) { of.add_real({file, line}); });
}

tripwire_mock *tripwire_times_at(tripwire_mock *mock, size_t count, const char *file, int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) { of.set_times(count); });
}

tripwire_mock *tripwire_always_at(tripwire_mock *mock, const char *file, int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) { of.set_always(); });
}

tripwire_mock *tripwire_optional_at(tripwire_mock *mock, const char *file, int line) {
  return with(mock, {file, line}, [&](tripwire_mock &of) { of.set_optional(); });
}

const void *tripwire_argument(const tripwire_call *call, size_t index) {
  const auto &made = *reinterpret_cast<const seam::Call *>(call);
  return index < made.count ? made.arguments[index] : nullptr;
}

void *tripwire_result(tripwire_call *call) { return reinterpret_cast<seam::Call *>(call)->place; }

tripwire_session *tripwire_new_session_at(const char *machine, const char *file, int line) {
  Scripted *session = nullptr;
  c::finish(c::run({file, line}, [&] { session = &add_session(machine, {file, line}); }));
  return reinterpret_cast<tripwire_session *>(session);
}

tripwire_mock *tripwire_expect_at(tripwire_session *session, const char *name, const tripwire_value *values,
                                  size_t count, const char *file, int line) {
  if (session == nullptr) {
    return nullptr;
  }
  void *face = nullptr;
  const void *site = __builtin_return_address(0);
  c::finish(c::run({file, line}, [&] {
    seam::Slot &slot = only_slot_of_name(c::seam_named(name));
    const std::vector<Matcher> conditions =
        count == 0 ? std::vector<Matcher>() : c::matchers_for(slot, values, count, false);
    Queue &step = add_step(*reinterpret_cast<Scripted *>(session), slot, conditions.data(), conditions.size(), site);
    step.rest().place = {file, line};
    step.rest().face = c::faces().answers(step);
    face = step.rest().face.get();
  }));
  return c::mock_of(face);
}

void tripwire_optional_session(tripwire_session *session) {
  if (session != nullptr) {
    set_optional(*reinterpret_cast<Scripted *>(session));
  }
}

} // extern "C"
