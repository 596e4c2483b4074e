// what a test says in mock<>, spy<>, when, returns ... --> queues of answers in the current verifier
#include "tripwire/mock.hpp"

#include "c/in_c.hpp"
#include "context.hpp"
#include "demangle.hpp"
#include "hint.hpp"
#include "latched.hpp"
#include "message.hpp"
#include "mocked.hpp"
#include "queue.hpp"
#include "registry.hpp"
#include "verifier_state.hpp"

#include <algorithm>
#include <cstring>

namespace tripwire {

namespace runtime {

namespace {

/// The edits that turn one name into the other.
std::size_t distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t column = 0; column <= other.size(); ++column) {
    row[column] = column;
  }
  for (std::size_t line = 1; line <= one.size(); ++line) {
    std::size_t diagonal = row[0];
    row[0] = line;
    for (std::size_t column = 1; column <= other.size(); ++column) {
      const std::size_t above = row[column];
      row[column] =
          std::min({above + 1, row[column - 1] + 1, diagonal + (one[line - 1] == other[column - 1] ? 0u : 1u)});
      diagonal = above;
    }
  }
  return row[other.size()];
}

/// The seams of this program whose names are like \p name, the likest first.
std::string nearest_seams(std::string_view name) {
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const seam::Slot *slot : Registry::instance().all()) {
    const std::string other(slot->facts.name);
    const std::size_t edits = distance(name, other);
    if (std::find_if(near.begin(), near.end(), [&](const auto &one) { return one.second == other; }) == near.end()) {
      near.emplace_back(edits, other);
    }
  }
  std::sort(near.begin(), near.end());
  std::string text;
  constexpr std::size_t shown = 3;
  for (std::size_t index = 0; index < near.size() && index < shown; ++index) {
    text += (index == 0 ? "" : ", ") + near[index].second;
  }
  if (near.empty()) {
    return "\n  this program has no seam at all: was it built with tripwire_rewrite(...)?";
  }
  const bool is_like = near.front().first <= 2 + name.size() / 4;
  return (is_like ? "\n  did you mean " : "\n  seams that it calls: ") + text + (is_like ? "?" : "");
}

/// What a key is about: the value of its first template parameter, as the compiler prints it.
std::string name_in(std::string_view key) {
  for (const std::string_view start : {"auto F = ", "F = "}) {
    const auto at = key.find(start);
    if (at == std::string_view::npos) {
      continue;
    }
    std::string_view rest = key.substr(at + start.size());
    rest = rest.substr(0, rest.find(';'));
    rest = rest.substr(0, rest.find(", T = "));
    while (!rest.empty() && (rest.front() == '&' || rest.front() == '(' || rest.front() == ':')) {
      rest.remove_prefix(1);
    }
    while (!rest.empty() && (rest.back() == ']' || rest.back() == ')')) {
      rest.remove_suffix(1);
    }
    return name_without_parameters(std::string(rest));
  }
  return std::string(key);
}

[[noreturn]] void unknown(const std::string &name) {
  fail(ViolationKind::unknown_seam, name,
       "nothing in this program calls " + name + " through tripwire" + nearest_seams(name) +
           "\n  a seam has to be named in tripwire.yaml, and some rewritten code has to call it");
}

seam::Slot &slot_by_key(std::string_view key) {
  seam::Slot *slot = Registry::instance().find_key(key);
  if (slot == nullptr) {
    unknown(name_in(key));
  }
  return *slot;
}

seam::Slot &slot_by_name(std::string_view name, std::string_view signature) {
  const auto slots = Registry::instance().find_name(name);
  if (slots.empty()) {
    unknown(std::string(name));
  }
  std::string others;
  for (seam::Slot *slot : slots) {
    if (same_key(slot->facts.signature, signature)) {
      return *slot;
    }
    others += "\n    " + verb_text("mock", *slot, false) + ")";
  }
  fail(ViolationKind::unknown_seam, name,
       std::string(name) + " is not of type " + friendly_type(signature) + "; what there is:" + others);
}

/// Locks a book to change what it answers. Whoever compares, prints or copies a value for tripwire may hold it already.
std::unique_lock<Lock> lock_to_change(MockedSlot &book) {
  if (is_aside(context())) {
    fail(ViolationKind::configuration, book.slot.facts.name,
         "the mock of " + std::string(book.slot.facts.name) +
             " was changed by a matcher, a printer or a copy constructor, while tripwire looks through the mocks"
             "\n  change it in the test, or in an answer: calls([&] { ... })");
  }
  std::unique_lock<Lock> lock(book.mutex);
  if (++book.changes == 0) {
    book.changes = 1;
  }
  return lock;
}

void *add_mock(seam::Slot &slot, As as, const Faces &faces, Place place) {
  Context &of = context();
  VerifierState &verifier = Process::instance().current(of);
  MockedSlot &book = verifier.book(slot);
  {
    const auto lock = lock_to_change(book);
    if (!book.is_mocked) {
      book.is_mocked = true;
      book.is_spy = as == As::spy;
      book.place = place;
      book.signature = faces.signature;
      book.face = faces.mock(book, book.own);
      Registry::instance().mocked(slot);
      return book.face.get();
    }
  }
  fail(ViolationKind::conflict, slot.facts.name,
       std::string(slot.facts.name) + " has a mock already\n  the first at " + text_of(book.place) +
           "\n  the second at " + text_of(place) + "\n  use the first again:\n    " +
           handle_line("again", "mocked", slot));
}

void *mock_of(seam::Slot &slot, const Faces &faces) {
  MockedSlot *book = Process::instance().current(context()).find_book(slot);
  if (book != nullptr) {
    const std::lock_guard<Lock> lock(book->mutex);
    if (book->is_mocked && same_key(book->signature, faces.signature)) {
      return book->face.get();
    }
  }
  fail(ViolationKind::unknown_seam, slot.facts.name,
       std::string(slot.facts.name) + " has no mock in this test\n  make one:\n    " +
           handle_line("made", "mock", slot));
}

Answer &last(Queue &queue) {
  if (queue.rest().answers.empty()) {
    fail(ViolationKind::configuration, queue.rest().mocked->slot.facts.name,
         std::string(said("times, always and fails belong to an answer: put returns(...), raises(...) or calls(...) in "
                          "front of them",
                          "tripwire_times and tripwire_always belong to an answer: put tripwire_returns(...) or "
                          "tripwire_calls(...) in front of them")));
  }
  return *queue.rest().answers.back();
}

/// The newest answer, to change what it does: a copy takes its place when calls have it already.
Answer &changeable(Queue &queue) {
  Answer &newest = last(queue);
  return newest.used.load(std::memory_order_relaxed) ? queue.replace_newest() : newest;
}

/// A further answer of the queue, which calls can find then.
void add_answer(Queue &queue, Place place) {
  Answer &made = queue.add();
  made.required = queue.rest().required;
  made.rest().place = place;
  queue.rest().mocked->list(queue);
}

/// The answer that a new ending completes: one that only writes so far, else a new one.
Answer &open_answer(Queue &queue, Place place) {
  if (queue.rest().answers.empty() || queue.rest().answers.back()->ending != Ending::open) {
    add_answer(queue, place);
  }
  return changeable(queue);
}

} // namespace

seam::Slot &slot_of(MockedSlot &mocked) noexcept { return mocked.slot; }
seam::Slot &slot_of_key(std::string_view key) { return slot_by_key(key); }
seam::Slot &slot_of_name(std::string_view name, std::string_view signature) { return slot_by_name(name, signature); }

seam::Slot &only_slot_of_name(std::string_view name) {
  const auto slots = Registry::instance().find_name(name);
  if (slots.empty()) {
    unknown(std::string(name));
  }
  if (slots.size() > 1) {
    fail(ViolationKind::unknown_seam, name,
         std::to_string(slots.size()) + " seams have the name " + std::string(name) +
             ": a test in C++ tells them apart by their types");
  }
  return *slots.front();
}

void *register_mock(seam::Slot &slot, As as, const Faces &faces, Place place) {
  return add_mock(slot, as, faces, place);
}

void *find_mock(seam::Slot &slot, const Faces &faces) { return mock_of(slot, faces); }

void *register_mock(std::string_view key, As as, const Faces &faces, Place place) {
  return add_mock(slot_by_key(key), as, faces, place);
}

void *register_named_mock(std::string_view name, As as, const Faces &faces, Place place) {
  return add_mock(slot_by_name(name, faces.signature), as, faces, place);
}

void *find_mock(std::string_view key, const Faces &faces) { return mock_of(slot_by_key(key), faces); }

void *find_named_mock(std::string_view name, const Faces &faces) {
  return mock_of(slot_by_name(name, faces.signature), faces);
}

void refuse_conditions_on_secrets(const seam::Slot &slot, const Matcher *conditions, std::size_t count) {
  for (std::size_t index = 0; index < count; ++index) {
    if (parameter_of(slot, index).is_secret && !conditions[index].is_wildcard()) {
      fail(ViolationKind::configuration, slot.facts.name,
           argument_name(slot, index) + " of " + std::string(slot.facts.name) + " is a secret: pass " +
               std::string(said("tripwire::anything", "tripwire_anything")) + " for it");
    }
  }
}

void *add_queue(MockedSlot &mocked, const Matcher *conditions, std::size_t count, const Faces &faces,
                const void *return_address) {
  refuse_conditions_on_secrets(mocked.slot, conditions, count);
  const auto lock = lock_to_change(mocked);
  PlacedQueue queue = mocked.make_queue();
  queue->rest().site = return_address;
  queue->rest().conditions.assign(conditions, conditions + count);
  queue->rest().face = faces.answers(*queue);
  queue->rest().required = mocked.own.rest().required;
  queue->order = static_cast<std::uint32_t>(mocked.conditional.size());
  mocked.conditional.push_back(std::move(queue));
  return mocked.conditional.back()->rest().face.get();
}

void AnswersBase::add_bits(const void *value, std::size_t size, Place place) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = open_answer(queue_, place);
  answer.ending = Ending::bits;
  answer.size = static_cast<std::uint32_t>(size);
  if (size > sizeof answer.bits) {
    answer.rest().kept = std::shared_ptr<void>(::operator new(size), [](void *memory) { ::operator delete(memory); });
    std::memcpy(answer.rest().kept.get(), value, size);
  } else if (size > 0) {
    std::memcpy(answer.bits, value, size);
  }
}

void AnswersBase::add(void (*give)(void *, seam::Call &), Owned kept, bool once, Place place) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = open_answer(queue_, place);
  answer.ending = Ending::give;
  answer.rest().run = give;
  answer.rest().kept = std::move(kept);
  answer.once = once;
}

void AnswersBase::add_call(void (*run)(void *, seam::Call &), Owned kept, Place place) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = open_answer(queue_, place);
  answer.ending = Ending::call;
  answer.rest().run = run;
  answer.rest().kept = std::move(kept);
}

void AnswersBase::add_exception(std::exception_ptr exception, Place place) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = open_answer(queue_, place);
  answer.ending = Ending::exception;
  answer.rest().exception = std::move(exception);
}

void AnswersBase::add_real(Place place) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = open_answer(queue_, place);
  answer.ending = Ending::real;
  answer.required = queue_.rest().is_step && answer.required;
}

void AnswersBase::set_error(int error) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = changeable(queue_);
  answer.sets_error = true;
  answer.rest().error = error;
}

void AnswersBase::add_write(std::size_t index, void (*write)(const void *, void *), std::shared_ptr<const void> kept,
                            Place place) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  const auto writes_it = [index](const Answer &answer) {
    return std::any_of(answer.rest().writes.begin(), answer.rest().writes.end(),
                       [index](const Write &one) { return one.index == index; });
  };
  // The same parameter a second time is the next answer, where nothing has to be returned.
  if (queue_.rest().answers.empty() || writes_it(*queue_.rest().answers.back())) {
    add_answer(queue_, place);
  }
  Write made;
  made.index = index;
  made.write = write;
  made.kept = std::move(kept);
  changeable(queue_).add(std::move(made));
}

void AnswersBase::add_write_characters(std::size_t index, std::string characters, Place place) {
  add_write(index, nullptr, nullptr, place);
  const auto lock = lock_to_change(*queue_.rest().mocked);
  changeable(queue_).rest().writes.back().characters = std::move(characters);
}

void AnswersBase::set_times(std::size_t times) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = last(queue_);
  if (answer.once && times > 1) {
    fail(ViolationKind::configuration, queue_.rest().mocked->slot.facts.name,
         "the answer from " + text_of(answer.rest().place) +
             " returns a value that can only be moved, so it serves one call");
  }
  answer.remaining = times;
}

void AnswersBase::set_always() {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  Answer &answer = last(queue_);
  if (answer.once) {
    fail(ViolationKind::configuration, queue_.rest().mocked->slot.facts.name,
         "the answer from " + text_of(answer.rest().place) +
             " returns a value that can only be moved, so it serves one call");
  }
  answer.always = true;
}

void AnswersBase::set_optional() {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  if (queue_.rest().answers.empty()) {
    queue_.rest().required = false;
  } else {
    queue_.rest().answers.back()->required = false;
  }
}

void AnswersBase::set_required(bool required) {
  const auto lock = lock_to_change(*queue_.rest().mocked);
  queue_.rest().required = required;
  if (!queue_.rest().answers.empty()) {
    queue_.rest().answers.back()->required = required;
  }
}

} // namespace runtime

Activation::Activation(seam::Slot &slot) : slot_(slot) {
  runtime::MockedSlot &book = runtime::Process::instance().current(runtime::context()).book(slot);
  const std::lock_guard<runtime::Lock> lock(book.mutex);
  ++book.activations;
}

Activation::~Activation() {
  runtime::MockedSlot &book = runtime::Process::instance().current(runtime::context()).book(slot_);
  const std::lock_guard<runtime::Lock> lock(book.mutex);
  --book.activations;
}

} // namespace tripwire
