// a watched call, and what a plugin says of it --> the fields that rules name
#include "request.hpp"

#include "message.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <optional>

namespace tripwire::runtime {

namespace {

/// An argument as a rule writes it: the characters of text, else as messages print it. Absent for a secret.
std::optional<std::string> text_of_argument(const seam::Call &call, std::size_t index) {
  if (parameter_of(call.slot, index).is_secret) {
    return std::nullopt;
  }
  const Value value = value_at_call(call, index);
  std::string_view characters;
  return characters_of(value, characters) ? std::string(characters) : printed(value);
}

/// Whether the text of an argument is the same in every run, and short enough to be read in a rule.
bool can_be_written(const seam::Call &call, std::size_t index, const std::string &text) {
  constexpr std::size_t longest = 120;
  const Value value = value_at_call(call, index);
  std::string_view characters;
  if (characters_of(value, characters)) {
    return text.size() <= longest && std::all_of(text.begin(), text.end(), [](char letter) {
             return static_cast<unsigned char>(letter) >= 0x20 && static_cast<unsigned char>(letter) < 0x7F;
           });
  }
  switch (call.types[index]->kind) {
  case seam::Kind::boolean:
  case seam::Kind::signed_integer:
  case seam::Kind::unsigned_integer:
  case seam::Kind::enumeration:
    return true;
  case seam::Kind::character:
  case seam::Kind::floating:
  case seam::Kind::constant_text:
  case seam::Kind::pointer:
  case seam::Kind::string:
  case seam::Kind::object:
    return false;
  }
  return false;
}

bool takes_wildcards(FieldKind kind) noexcept {
  switch (kind) {
  case FieldKind::host:
  case FieldKind::path:
  case FieldKind::file:
  case FieldKind::program:
  case FieldKind::uri:
    return true;
  case FieldKind::text:
  case FieldKind::word:
  case FieldKind::port:
    return false;
  }
  return false;
}

FieldKind kind_of(const plugin::Plugin &plugin, const std::string &name) {
  for (const plugin::RequestField &field : plugin.manifest().request) {
    if (name == field.name) {
      return field.kind;
    }
  }
  return FieldKind::text;
}

} // namespace

std::size_t requests_in(const plugin::Description &description) {
  std::size_t most = 1;
  const auto &all = description.firewall();
  for (const auto &one : all) {
    const auto same =
        std::count_if(all.begin(), all.end(), [&](const auto &other) { return other.first == one.first; });
    most = std::max(most, static_cast<std::size_t>(same));
  }
  return most;
}

const std::string *Request::said(const std::string &name) const {
  const std::string *found = nullptr;
  std::size_t before = 0;
  if (description_ != nullptr) {
    for (const auto &[field, text] : description_->firewall()) {
      if (field == name && before++ <= which_) {
        found = &text; // what is said less often holds for the others too
      }
    }
  }
  return found;
}

RequestValue *Request::read(const std::string &name, bool is_argument, Known &known) const {
  RequestValue &into = known.value;
  if (is_argument) {
    for (std::size_t index = 0; index < call_.count; ++index) {
      if (argument_name(call_.slot, index) != name) {
        continue;
      }
      if (const std::optional<std::string> text = text_of_argument(call_, index)) {
        into.normal = normal_of(FieldKind::text, *text, {});
        into.value = value_at_call(call_, index);
        return &into;
      }
      return nullptr;
    }
    return nullptr;
  }
  if (const std::string *text = said(name)) {
    into.normal = normal_of(kind_of(*plugin_, name), *text, plugin_->manifest().schemes);
    return &into;
  }
  if (name == "function") {
    into.normal = normal_of(FieldKind::text, call_.slot.facts.name, {});
    return &into;
  }
  if (name == "file") {
    const CallSite site = call_site(call_.site);
    into.normal = normal_of(FieldKind::file, site.file, {});
    return site.file.empty() ? nullptr : &into;
  }
  return nullptr;
}

const RequestValue *Request::find(const std::string &name, bool is_argument) const {
  for (const Known &known : known_) {
    if (known.is_argument == is_argument && known.name == name) {
      return known.is_there ? &known.value : nullptr;
    }
  }
  // A plugin's requests differ from call to call.
  if (is_argument || description_ != nullptr) {
    hangs_ = Hangs::on_call;
  } else if (name == "file") {
    hangs_ = std::max(hangs_, Hangs::on_site);
  }
  Known &made = known_.emplace_front(Known{name, is_argument, false, {}});
  made.is_there = read(name, is_argument, made) != nullptr;
  return made.is_there ? &made.value : nullptr;
}

std::vector<Request::Named> Request::narrowest() const {
  std::vector<Named> fields;
  if (description_ != nullptr) {
    for (const auto &[name, text] : description_->firewall()) {
      const FieldKind kind = kind_of(*plugin_, name);
      // A URI repeats the other fields, and may hold more than anyone should paste.
      if (kind != FieldKind::uri && &text == said(name)) {
        const std::string one = kind == FieldKind::word ? text : text_of(find(name, false)->normal);
        fields.push_back({name, one, false, takes_wildcards(kind)});
      }
    }
  }
  if (!fields.empty()) {
    return fields;
  }
  fields.push_back({"function", std::string(call_.slot.facts.name), false, false});
  for (std::size_t index = 0; description_ == nullptr && index < call_.count; ++index) {
    const std::optional<std::string> text = text_of_argument(call_, index);
    if (text && can_be_written(call_, index, *text)) {
      fields.push_back({argument_name(call_.slot, index), *text, true, false});
    }
  }
  return fields;
}

} // namespace tripwire::runtime
