// what a forked child finds --(shared memory)--> the verifier of the process that forked it
#include "relay.hpp"

#include "context.hpp"
#include "fork.hpp"
#include "message.hpp"
#include "report/report.hpp"
#include "shared_log.hpp"

#include "tripwire/adapter.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <map>
#include <tuple>
#include <type_traits>

namespace tripwire::runtime {

std::atomic<bool> is_forked_child{false};
std::atomic<bool> is_followed{false};
std::atomic<bool> has_forked_children{false};

namespace {

/// What an object of a child looked like. A test asserts it by that text.
struct Relayed {
  const char *text;
  std::size_t size;

  operator std::string_view() const noexcept { return {text, size}; } // NOLINT: it stands for its characters
};

void print_text(seam::Out &out, std::string_view text) {
  if (out.pasting()) {
    out.put("tripwire::equals(").put_quoted(text).put(")");
  } else {
    out.put(text);
  }
}
void tripwire_print(seam::Out &out, const Relayed &value) { print_text(out, value); }

/// An exception of a child.
class RelayedException {};

enum class Record : unsigned char { violation, interaction, outcome, completion };

/// How a cell travels.
enum class Travels : unsigned char { bits, string, view, pointer, packed, text, nothing };

class Writer {
public:
  template <class T> Writer &bits(const T &value) {
    static_assert(std::is_trivially_copyable_v<T>, "bits travel as they are");
    text_.append(reinterpret_cast<const char *>(&value), sizeof value);
    return *this;
  }
  Writer &text(std::string_view text) {
    bits(static_cast<std::uint64_t>(text.size()));
    text_.append(text);
    return *this;
  }
  const std::string &done() const noexcept { return text_; }

private:
  std::string text_;
};

class Reader {
public:
  explicit Reader(std::string_view record) : rest_(record) {}
  template <class T> T bits() {
    T value{};
    if (rest_.size() >= sizeof value) {
      std::memcpy(&value, rest_.data(), sizeof value);
      rest_.remove_prefix(sizeof value);
    }
    return value;
  }
  std::string_view text() {
    const auto size = bits<std::uint64_t>();
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(found.size());
    return found;
  }

private:
  std::string_view rest_;
};

void send(const Writer &writer) noexcept {
  if (SharedLog *log = log_of_forks()) {
    log->append(writer.done());
  }
}

Writer head(Record kind, const VerifierState *verifier, std::uint32_t child = static_cast<std::uint32_t>(getpid())) {
  Writer writer;
  writer.bits(kind).bits(verifier).bits(child);
  return writer;
}

Travels travels(const Cell &cell) noexcept {
  switch (cell.keep) {
  case Keep::nothing:
    return Travels::nothing;
  case Keep::address:
    return Travels::text;
  case Keep::pointer:
    return cell.parameter->printer != nullptr || cell.parameter->shape == seam::Shape::object ? Travels::text
                                                                                              : Travels::pointer;
  case Keep::bits:
  case Keep::copy:
    break;
  }
  if (same_type(*cell.type, seam::type_of<std::string>())) {
    return Travels::string;
  }
  if (same_type(*cell.type, seam::type_of<std::string_view>())) {
    return Travels::view;
  }
  const bool holds_no_address =
      cell.keep == Keep::bits && cell.type->kind != seam::Kind::object && cell.type->kind != seam::Kind::string;
  return holds_no_address ? Travels::bits : Travels::text;
}

void write(Writer &writer, const Cell &cell, const unsigned char *block) {
  const Travels how = travels(cell);
  const Value value = value_in(cell, block, true);
  writer.bits(how).bits(cell);
  switch (how) {
  case Travels::nothing:
  case Travels::packed: // of fields of plugins alone
    return;
  case Travels::bits:
    writer.text({reinterpret_cast<const char *>(block + cell.offset), cell.size});
    return;
  case Travels::string:
  case Travels::view:
    writer.text(cell.type->content(value.address));
    return;
  case Travels::pointer:
    writer.bits(*reinterpret_cast<const Kept *>(block + cell.offset)).text(value.content);
    return;
  case Travels::text:
    writer.text(printed(value));
    return;
  }
}

/// The characters, kept for as long as the test.
std::string_view kept(std::string_view text, Arena &arena) {
  auto *copied = static_cast<char *>(arena.allocate(text.size() + 1, 1));
  std::memcpy(copied, text.data(), text.size());
  copied[text.size()] = '\0';
  return {copied, text.size()};
}

/// A cell as the parent keeps it, and what is in it.
struct Arrived {
  Cell cell;
  Travels how = Travels::nothing;
  Kept pointer{};
  std::string_view content;
};

Arrived read_cell(Reader &reader) {
  Arrived arrived;
  arrived.how = reader.bits<Travels>();
  arrived.cell = reader.bits<Cell>();
  if (arrived.how == Travels::pointer) {
    arrived.pointer = reader.bits<Kept>();
  }
  if (arrived.how != Travels::nothing) {
    arrived.content = reader.text();
  }
  static constexpr seam::Parameter without_facts = seam::variadic_argument();
  if (arrived.how == Travels::text) {
    arrived.cell.type = &seam::type_of<Relayed>();
    arrived.cell.keep = Keep::bits;
    arrived.cell.size = sizeof(Relayed);
    arrived.cell.parameter = &without_facts;
  }
  return arrived;
}

void place(Arrived &arrived, Shape &shape) {
  Cell &cell = arrived.cell;
  const std::uint32_t alignment = alignof(std::max_align_t);
  cell.offset = (shape.size + alignment - 1) & ~(alignment - 1);
  shape.size = cell.offset + cell.size;
}

void fill(const Arrived &arrived, unsigned char *block, Arena &arena) {
  unsigned char *to = block + arrived.cell.offset;
  switch (arrived.how) {
  case Travels::nothing:
  case Travels::packed: // of fields of plugins alone
    return;
  case Travels::bits:
    std::memcpy(to, arrived.content.data(), arrived.content.size());
    return;
  case Travels::string:
    ::new (static_cast<void *>(to)) std::string(arrived.content);
    return;
  case Travels::view:
    ::new (static_cast<void *>(to)) std::string_view(kept(arrived.content, arena));
    return;
  case Travels::pointer: {
    auto *pointer = ::new (static_cast<void *>(to)) Kept(arrived.pointer);
    if (pointer->has_content) {
      pointer->content = kept(arrived.content, arena).data();
    }
    return;
  }
  case Travels::text: {
    const std::string_view text = kept(arrived.content, arena);
    ::new (static_cast<void *>(to)) Relayed{text.data(), text.size()};
    return;
  }
  }
}

/// Where the children's interactions went, so that their outcomes find them.
struct Desk {
  std::mutex mutex;
  std::map<std::tuple<const VerifierState *, std::uint32_t, std::uint32_t>, Interaction *> waiting;
};

Desk &desk() {
  static auto *const all = new Desk;
  return *all;
}

/// Where the answer was registered; null when it is none of this process's.
const Place *spend(MockedSlot &book, const void *answer) {
  const Place *place = nullptr;
  const auto in = [answer, &place](Queue &queue) {
    for (Answer *one : queue.rest().answers) {
      if (one == answer) {
        one->used.store(true, std::memory_order_relaxed);
        place = &one->rest().place;
      }
    }
  };
  in(book.own);
  for (const auto &queue : book.conditional) {
    in(*queue);
  }
  return place;
}

void write_ending(Writer &writer, const Interaction &interaction) {
  writer.bits(interaction.state.load(std::memory_order_acquire));
  const Outcome *outcome = interaction.slot != nullptr ? interaction.outcome : nullptr;
  writer.bits(outcome != nullptr ? outcome->error : 0);
  writer.text(outcome != nullptr ? std::string_view(outcome->raised_text) : std::string_view());
  writer.text(outcome != nullptr ? std::string_view(outcome->raised_what) : std::string_view());
}

constexpr std::uint32_t ending_bits = finished | has_result | has_raised | answered_errno;

void read_ending(Reader &reader, Interaction &entry, VerifierState &verifier) {
  const auto state = reader.bits<std::uint32_t>();
  const auto error = reader.bits<int>();
  const std::string_view raised_text = reader.text();
  const std::string_view raised_what = reader.text();
  if ((state & (has_raised | answered_errno)) != 0 && entry.outcome == nullptr) {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    verifier.outcomes.push_back(std::make_unique<Outcome>());
    Outcome &outcome = *verifier.outcomes.back();
    outcome.error = error;
    outcome.raised_text = raised_text;
    outcome.raised_what = raised_what;
    if ((state & has_raised) != 0) {
      outcome.raised = std::make_exception_ptr(RelayedException());
    }
    entry.outcome = &outcome;
  }
  entry.add(state & ending_bits);
}

/// The cells of an interaction, out-parameters filled and its result behind them when it has one.
void write_block(Writer &writer, const Interaction &interaction) {
  const Shape &shape = *interaction.shape;
  writer.bits(static_cast<std::uint32_t>(shape.arguments.size()));
  for (const Cell &cell : shape.arguments) {
    write(writer, cell, interaction.block);
  }
  const bool with_result = interaction.is(has_result);
  writer.bits(with_result);
  if (with_result) {
    write(writer, shape.result, interaction.block);
  }
}

void read_block(Reader &reader, Interaction &entry, MockedSlot &book) {
  Shape shape;
  shape.slot = &book.slot;
  std::vector<Arrived> arrived;
  const auto count = reader.bits<std::uint32_t>();
  for (std::uint32_t index = 0; index < count; ++index) {
    arrived.push_back(read_cell(reader));
    place(arrived.back(), shape);
    shape.arguments.push_back(arrived.back().cell);
  }
  if (reader.bits<bool>()) {
    arrived.push_back(read_cell(reader));
    place(arrived.back(), shape);
    shape.result = arrived.back().cell;
  }
  auto *block = static_cast<unsigned char *>(book.arena.allocate(shape.size, alignof(std::max_align_t)));
  for (const Arrived &one : arrived) {
    fill(one, block, book.arena);
  }
  book.shapes.push_back(std::move(shape));
  entry.shape = &book.shapes.back();
  entry.block = block;
}

void write_fields(Writer &writer, PluginEntry &entry) {
  const std::lock_guard<std::mutex> lock(entry.mutex);
  writer.bits(entry.plugin).text(entry.description.request());
  writer.bits(static_cast<std::uint32_t>(entry.description.fields().size()));
  for (const plugin::Field &field : entry.description.fields()) {
    const auto *characters = field.value.as<std::string>();
    const Value value = field.value.view();
    const bool is_bits = value.type != nullptr && value.type->bitwise && value.type->kind != seam::Kind::object &&
                         value.type->kind != seam::Kind::string && value.type->kind != seam::Kind::pointer &&
                         value.type->kind != seam::Kind::constant_text;
    writer.text(field.name).bits(field.need);
    if (field.value.empty()) {
      writer.bits(Travels::nothing).text({});
    } else if (characters != nullptr) {
      writer.bits(Travels::string).text(*characters);
    } else if (field.value.travel() != nullptr) {
      writer.bits(Travels::packed).bits(field.value.travel()).text(field.value.travel()->pack(value.address));
    } else if (is_bits) {
      writer.bits(Travels::bits).bits(value.type).text({static_cast<const char *>(value.address), value.type->size});
    } else {
      writer.bits(Travels::text).text(printed(value));
    }
  }
}

/// What a plugin's value looked like in a child.
struct RelayedText {
  std::string text;

  operator std::string_view() const noexcept { return text; } // NOLINT: it stands for its characters
};
void tripwire_print(seam::Out &out, const RelayedText &value) { print_text(out, value.text); }

/// A number of the type that the plugin gave it; as text when that is none of the usual ones.
template <class... T>
bool add_number(plugin::Description &into, const std::string &name, const seam::Type &type, std::string_view bits,
                plugin::Need need) {
  const auto try_one = [&](auto zero) {
    using One = decltype(zero);
    if (bits.size() != sizeof(One) || !same_type(type, seam::type_of<One>())) {
      return false;
    }
    std::memcpy(&zero, bits.data(), sizeof zero);
    into.field(name, zero, need);
    return true;
  };
  return (try_one(T{}) || ...);
}

void read_fields(Reader &reader, plugin::Description &into) {
  into.request(std::string(reader.text()));
  const auto count = reader.bits<std::uint32_t>();
  for (std::uint32_t index = 0; index < count; ++index) {
    const std::string name(reader.text());
    const auto need = reader.bits<plugin::Need>();
    const auto how = reader.bits<Travels>();
    const auto *type = how == Travels::bits ? reader.bits<const seam::Type *>() : nullptr;
    const auto *travel = how == Travels::packed ? reader.bits<const detail::Travel *>() : nullptr;
    const std::string_view content = reader.text();
    if (how == Travels::nothing) {
      into.secret(name);
    } else if (how == Travels::string) {
      into.field(name, std::string(content), need);
    } else if (how == Travels::packed) {
      into.field(name, travel->unpack(content), need);
    } else if (how == Travels::text ||
               !add_number<bool, char, short, unsigned short, int, unsigned, long, unsigned long, long long,
                           unsigned long long, float, double>(into, name, *type, content, need)) {
      std::string shown(content);
      if (how == Travels::bits) {
        shown = printed({content.data(), type, nullptr, {}, false});
      }
      into.field(name, RelayedText{std::move(shown)}, need);
    }
  }
}

/// What the child knows of the interaction by now. What another process has added to it stays.
void complete(PluginEntry &entry, Reader &reader) {
  plugin::Description known;
  read_fields(reader, known);
  const std::lock_guard<std::mutex> lock(entry.mutex);
  for (const plugin::Field &field : entry.description.fields()) {
    if (known.find(field.name) == nullptr) {
      known.field(field.name, field.value, field.need);
    }
  }
  entry.description = std::move(known);
}

void enter_plugin(Reader &reader, Interaction &entry, VerifierState &verifier) {
  auto made = std::make_unique<PluginEntry>();
  made->plugin = reader.bits<plugin::Plugin *>();
  read_fields(reader, made->description);
  const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
  verifier.plugin_entries.push_back(std::move(made));
  entry.plugin = verifier.plugin_entries.back().get();
}

Facts outlived(std::uint32_t child, const std::string &source, const void *site, const std::string &test) {
  Facts facts;
  facts.kind = ViolationKind::post_sandbox_interaction;
  facts.source = source;
  facts.site = call_site(site);
  facts.text = "PostSandboxInteractionError: " + source + " was called in child process " + std::to_string(child) +
               ", which outlived its test" + (test.empty() ? "" : " " + test) + "\n  at " + facts.site.text() +
               "\n  wait for the child before the test ends";
  return facts;
}

void note(Facts facts, VerifierState *verifier) {
  latch(std::move(facts), verifier)->fate.store(Fate::noted, std::memory_order_release);
}

void enter_interaction(Reader &reader, VerifierState &verifier, std::uint32_t child) {
  const auto sequence = reader.bits<std::uint32_t>();
  const auto sandbox = reader.bits<std::uint32_t>();
  const auto *slot = reader.bits<const seam::Slot *>();
  const auto *site = reader.bits<const void *>();
  const auto *answer = reader.bits<const void *>();
  const auto state = reader.bits<std::uint32_t>();
  const Visitor visitor(verifier);
  if (!visitor) {
    const auto *owner = slot == nullptr ? reader.bits<plugin::Plugin *>() : nullptr;
    note(outlived(child, slot != nullptr ? std::string(slot->facts.name) : std::string(owner->name()), site,
                  verifier.name),
         nullptr);
    return;
  }
  Interaction &entry = verifier.timeline->append();
  entry.thread = child_bit | child;
  entry.sandbox = sandbox;
  entry.slot = slot;
  entry.site = site;
  const Place *place = nullptr;
  if (slot != nullptr) {
    MockedSlot &book = verifier.book(const_cast<seam::Slot &>(*slot));
    {
      const std::lock_guard<Lock> lock(book.mutex);
      read_block(reader, entry, book);
      place = spend(book, answer);
    }
    read_ending(reader, entry, verifier);
  } else {
    enter_plugin(reader, entry, verifier);
    const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
    for (const auto &mocks : verifier.plugins) {
      const Place *spent = spent_in_child(*mocks, answer);
      place = spent != nullptr ? spent : place;
    }
  }
  if (report::is_on() && place != nullptr) {
    report::note_answer(entry, verifier, *place);
  }
  if ((state & enforced) == 0) {
    verifier.has_unenforced.store(true, std::memory_order_relaxed);
  }
  entry.add((state & ~static_cast<std::uint32_t>(asserted | reported)) | published);
  desk().waiting[{&verifier, child, sequence}] = &entry;
}

/// The interaction is known already: only how it ended, and what it left in its out-parameters.
void enter_outcome(Reader &reader, VerifierState &verifier, std::uint32_t child) {
  const auto sequence = reader.bits<std::uint32_t>();
  const Visitor visitor(verifier);
  const auto found = desk().waiting.find({&verifier, child, sequence});
  if (!visitor || found == desk().waiting.end()) {
    return;
  }
  Interaction &entry = *found->second;
  if (entry.slot != nullptr) {
    desk().waiting.erase(found);
    MockedSlot &book = verifier.book(const_cast<seam::Slot &>(*entry.slot));
    {
      const std::lock_guard<Lock> lock(book.mutex);
      destroy_block(*entry.shape, entry.block, entry.is(has_result));
      read_block(reader, entry, book);
    }
    read_ending(reader, entry, verifier);
  } else {
    reader.bits<plugin::Plugin *>();
    complete(*entry.plugin, reader);
  }
}

/// The interaction was recorded before the child was forked.
void enter_completion(Reader &reader, VerifierState &verifier) {
  const auto *address = reader.bits<const PluginEntry *>();
  const Visitor visitor(verifier);
  if (!visitor) {
    return;
  }
  const auto *owner = reader.bits<plugin::Plugin *>();
  const std::lock_guard<std::mutex> lock(verifier.plugins_mutex);
  for (const auto &entry : verifier.plugin_entries) {
    if (entry.get() == address && entry->plugin == owner) {
      complete(*entry, reader);
      return;
    }
  }
}

void enter_violation(Reader &reader, VerifierState *verifier, std::uint32_t child) {
  Facts facts;
  facts.kind = reader.bits<ViolationKind>();
  facts.sandbox = reader.bits<std::uint64_t>();
  facts.site.line = reader.bits<int>();
  facts.site.file = reader.text();
  facts.site.function = reader.text();
  facts.site.object = reader.text();
  facts.source = reader.text();
  facts.text = std::string(reader.text()) + "\n  in child process " + std::to_string(child);
  const auto count = reader.bits<std::uint32_t>();
  for (std::uint32_t index = 0; index < count; ++index) {
    facts.fields.emplace_back(reader.text());
  }
  const bool lives = verifier != nullptr && !verifier->closed.load(std::memory_order_acquire);
  if (!lives && verifier != nullptr && !verifier->name.empty()) {
    facts.text += ", which outlived its test " + verifier->name;
  }
  note(std::move(facts), lives ? verifier : nullptr);
}

void enter(std::string_view record) {
  Reader reader(record);
  const auto kind = reader.bits<Record>();
  auto *verifier = reader.bits<VerifierState *>();
  const auto child = reader.bits<std::uint32_t>();
  switch (kind) {
  case Record::violation:
    enter_violation(reader, verifier, child);
    return;
  case Record::interaction:
    enter_interaction(reader, *verifier, child);
    return;
  case Record::outcome:
    enter_outcome(reader, *verifier, child);
    return;
  case Record::completion:
    enter_completion(reader, *verifier);
    return;
  }
}

} // namespace

void relay(const Facts &facts, const VerifierState *verifier) noexcept {
  if (verifier != nullptr && verifier->made_in_child) {
    return;
  }
  try {
    Writer writer = head(Record::violation, verifier);
    writer.bits(facts.kind).bits(facts.sandbox).bits(facts.site.line).text(facts.site.file);
    writer.text(facts.site.function).text(facts.site.object).text(facts.source).text(facts.text);
    writer.bits(static_cast<std::uint32_t>(facts.fields.size()));
    for (const std::string &field : facts.fields) {
      writer.text(field);
    }
    send(writer);
  } catch (...) {
    lose_record();
  }
}

void relay(const Interaction &interaction, const VerifierState &verifier, const void *answer) noexcept {
  if (verifier.made_in_child) {
    return;
  }
  try {
    Writer writer = head(Record::interaction, &verifier);
    writer.bits(interaction.sequence).bits(interaction.sandbox).bits(interaction.slot).bits(interaction.site);
    writer.bits(answer).bits(interaction.state.load(std::memory_order_acquire));
    if (interaction.slot != nullptr) {
      write_block(writer, interaction);
      write_ending(writer, interaction);
    } else {
      write_fields(writer, *interaction.plugin);
    }
    send(writer);
  } catch (...) {
    lose_record();
  }
}

void relay_outcome(const Interaction &interaction, const VerifierState &verifier) noexcept {
  if (verifier.made_in_child) {
    return;
  }
  try {
    Writer writer = interaction.slot != nullptr ? head(Record::outcome, &verifier)
                                                : head(Record::outcome, &verifier, interaction.plugin->recorder);
    writer.bits(interaction.sequence);
    if (interaction.slot != nullptr) {
      write_block(writer, interaction);
      write_ending(writer, interaction);
    } else {
      write_fields(writer, *interaction.plugin);
    }
    send(writer);
  } catch (...) {
    lose_record();
  }
}

void relay_completion(PluginEntry &entry) noexcept {
  if (entry.verifier->made_in_child) {
    return;
  }
  try {
    Writer writer = head(Record::completion, entry.verifier);
    writer.bits(&entry);
    write_fields(writer, entry);
    send(writer);
  } catch (...) {
    lose_record();
  }
}

void receive_relayed() {
  SharedLog *log = log_of_forks();
  if (log == nullptr || is_forked_child.load(std::memory_order_relaxed) || log->empty()) {
    return;
  }
  const std::lock_guard<std::mutex> lock(desk().mutex);
  std::uint64_t lost = 0;
  const std::string taken = log->take(lost);
  std::string_view records = taken;
  std::string_view record;
  while (next_record(records, record)) {
    enter(record);
  }
  if (lost != 0) {
    Facts facts;
    facts.kind = ViolationKind::configuration;
    facts.text = "ConfigurationError: of what child processes did, " + count_text(lost, "record is", "records are") +
                 " lost: there was no room left, or no memory\n  assert in the parent while the child runs, or let "
                 "the child make fewer calls";
    note(std::move(facts), nullptr);
  }
}

} // namespace tripwire::runtime
