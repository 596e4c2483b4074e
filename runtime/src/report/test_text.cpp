// one test: its timeline, violations and call sites --(write_test)--> a JSON object
#include "report/call_sites.hpp"
#include "report/json.hpp"
#include "report/notes.hpp"

#include "call_site.hpp"
#include "expectation.hpp"
#include "latched.hpp"
#include "message.hpp"
#include "relay.hpp"
#include "verifier_state.hpp"

#include <memory>
#include <vector>

namespace tripwire::runtime::report {

namespace {

/// Interactions of one test that are written with all that is known of them. Nobody reads more, and a test may have a
/// million.
constexpr long long most_described = 10000;

void write_site(Json &json, const CallSite &site) {
  json.open_object();
  if (!site.file.empty()) {
    json.key("file").text(site.file).key("line").number(site.line);
  } else if (!site.object.empty()) {
    json.key("object").text(site.object);
  }
  if (!site.function.empty()) {
    json.key("function").text(site.function);
  }
  json.close_object();
}

/// With the file as the coverage knows it.
void write_call(Json &json, const void *return_address) {
  LocatedCallSite located = located_call_site(return_address);
  located.site.file = normal_path(located.file);
  write_site(json, located.site);
}

void write_place(Json &json, std::string_view file, int line) {
  json.open_object().key("file").text(file).key("line").number(line).close_object();
}

void write_field(Json &json, const FieldView &field, const Interaction &interaction) {
  json.open_object().key("name").text(field.name);
  if (field.secret) {
    json.key("secret").boolean(true);
  } else if (field.name == "raised" && interaction.slot != nullptr && !field.argument) {
    json.key("value").text(interaction.outcome->raised_text);
  } else {
    json.key("value").text(printed(field.value));
  }
  json.close_object();
}

/// Who answered.
const char *answered_by(const Interaction &interaction) noexcept {
  if (interaction.is(allowed)) {
    return "allowed";
  }
  return interaction.is(real) ? "real" : "mock";
}

std::string thread_of(const Interaction &interaction, std::uint32_t home) {
  const std::string text = thread_text(interaction.thread, home);
  constexpr std::string_view in = ", in ";
  return text.empty() ? "test" : text.substr(in.size());
}

void write_interaction(Json &json, const Interaction &interaction, const Notes &notes, std::uint32_t home) {
  json.open_object().key("sequence").number(interaction.sequence).key("source").text(source_of(interaction));
  json.key("plugin").text(interaction.slot == nullptr ? source_of(interaction)
                                                      : std::string(interaction.slot->facts.plugin));
  json.key("call").text(call_text(interaction));
  const std::vector<FieldView> fields = fields_of(interaction);
  for (const bool arguments : {true, false}) {
    json.key(arguments ? "arguments" : "answer").open_array();
    for (const FieldView &field : fields) {
      if (field.argument == arguments) {
        write_field(json, field, interaction);
      }
    }
    json.close_array();
  }
  json.key("answered_by").text(answered_by(interaction)).key("finished").boolean(interaction.is(finished));
  json.key("call_site");
  write_call(json, interaction.site);
  json.key("thread").text(thread_of(interaction, home)).key("sandbox").number(interaction.sandbox);
  json.key("must_be_asserted").boolean(interaction.is(enforced)).key("asserted").boolean(interaction.is(asserted));
  json.key("asserted_at");
  const auto asserted_at = notes.asserted.find(interaction.sequence);
  if (!interaction.is(asserted) || asserted_at == notes.asserted.end()) {
    json.null();
  } else if (asserted_at->second.place.line > 0) {
    write_place(json, asserted_at->second.place.file, asserted_at->second.place.line);
  } else {
    write_call(json, asserted_at->second.site);
  }
  json.key("registered_at");
  const auto answered = notes.answered.find(interaction.sequence);
  if (answered == notes.answered.end()) {
    json.null();
  } else {
    write_place(json, answered->second.file, answered->second.line);
  }
  json.close_object();
}

const char *word(Fate fate) noexcept {
  switch (fate) {
  case Fate::thrown:
    return "thrown";
  case Fate::answered:
    return "answered";
  case Fate::noted:
    return "noted";
  case Fate::escaped:
    return "escaped";
  case Fate::swallowed:
    return "swallowed";
  }
  return "";
}

void write_violation(Json &json, const Facts &facts, const std::string &text, const char *fate) {
  json.open_object().key("kind").text(name_of(facts.kind)).key("source").text(facts.source).key("text").text(text);
  json.key("call_site");
  write_site(json, facts.site);
  json.key("fate").text(fate).close_object();
}

void write_violations(Json &json, VerifierState &verifier, const Ending &ending) {
  json.key("violations").open_array();
  std::vector<std::shared_ptr<Latched>> latched;
  {
    const std::lock_guard<std::mutex> lock(verifier.notes_mutex);
    latched = verifier.latched;
  }
  for (const auto &one : latched) {
    const char *fate = one->taken ? "expected" : word(one->fate.load(std::memory_order_acquire));
    write_violation(json, one->facts, one->taken ? one->facts.text : full_text(*one), fate);
  }
  if (ending.left != nullptr) {
    write_violation(json, *ending.left, ending.left->text, ending.is_note ? "note" : "noted");
  }
  json.close_array();
}

void write_reached(Json &json, const Notes &notes) {
  json.key("call_sites").open_array();
  for (const auto &[at, reached] : notes.reached) {
    json.open_object().key("seam").text(at.first->facts.name).key("plugin").text(at.first->facts.plugin);
    json.key("call_site");
    write_call(json, at.second);
    const auto count = [&](const char *key, std::size_t times) {
      if (times > 0) {
        json.key(key).number(static_cast<long long>(times));
      }
    };
    count("recorded", reached.recorded);
    count("handed_over", reached.handed_over);
    count("let_through", reached.let_through);
    count("refused", reached.refused);
    json.close_object();
  }
  json.close_array();
}

} // namespace

std::string write_test(VerifierState &verifier, Notes &notes, const Ending &ending) {
  std::string text;
  Json json(text);
  json.open_object().key("name").text(verifier.name).key("file").text(notes.file).key("outcome").text(ending.outcome);
  const std::uint32_t home = verifier.home.load(std::memory_order_relaxed);
  json.key("timeline").open_array();
  long long described = 0;
  long long left_out = 0;
  for (std::uint64_t sequence = 0; sequence < verifier.timeline->size(); ++sequence) {
    const Interaction *interaction = verifier.timeline->at(sequence);
    if (interaction == nullptr) {
      continue; // of a thread that is just writing it
    }
    if (described < most_described) {
      write_interaction(json, *interaction, notes, home);
      ++described;
    } else {
      ++left_out;
    }
    if (interaction->slot != nullptr) {
      ++notes.reached[{interaction->slot, interaction->site}].recorded;
    }
  }
  json.close_array();
  if (left_out > 0) {
    json.key("left_out").number(left_out);
  }
  write_violations(json, verifier, ending);
  write_reached(json, notes);
  json.close_object();
  return text;
}

} // namespace tripwire::runtime::report
