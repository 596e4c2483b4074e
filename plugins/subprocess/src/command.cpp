// what was started, as values: argv, variables
#include <tripwire/plugins/process.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

namespace tripwire::plugins {

namespace {

void put(std::string &packed, std::string_view text) {
  const auto size = static_cast<std::uint64_t>(text.size());
  packed.append(reinterpret_cast<const char *>(&size), sizeof size).append(text);
}

std::string_view take(std::string_view &packed) {
  std::uint64_t size = 0;
  if (packed.size() < sizeof size) {
    packed = {};
    return {};
  }
  std::memcpy(&size, packed.data(), sizeof size);
  packed.remove_prefix(sizeof size);
  const std::string_view text = packed.substr(0, size);
  packed.remove_prefix(text.size());
  return text;
}

bool is_of_shell(const std::vector<std::string> &words) {
  return words.size() == 3 && words[0] == "sh" && words[1] == "-c";
}

class OfCommand final : public Matcher::Body {
public:
  explicit OfCommand(std::vector<ProcessText> words) : words_(std::move(words)) {}

  bool matches(const Value &value) const override {
    const auto *given = value.as<ProcessCommand>();
    if (given == nullptr || given->words.size() != words_.size())
      return false;
    return std::equal(words_.begin(), words_.end(), given->words.begin(),
                      [](const ProcessText &word, const std::string &text) {
                        return word.matcher().holds({&text, &seam::type_of<std::string>(), nullptr, {}, false});
                      });
  }
  void describe(seam::Out &out, const seam::Parameter *) const override {
    out.put("[");
    for (const ProcessText &word : words_) {
      if (&word != words_.data())
        out.put(", ");
      word.matcher().describe(out);
    }
    out.put("]");
  }

private:
  std::vector<ProcessText> words_;
};

class OfEnvironment final : public Matcher::Body {
public:
  OfEnvironment(bool is_whole, std::vector<ProcessVariable> variables)
      : is_whole_(is_whole), variables_(std::move(variables)) {}

  bool matches(const Value &value) const override {
    const auto *given = value.as<ProcessEnvironment>();
    return given != nullptr && given->is_whole == is_whole_ && given->variables.size() == variables_.size() &&
           std::all_of(variables_.begin(), variables_.end(), [&](const ProcessVariable &one) {
             return std::any_of(given->variables.begin(), given->variables.end(),
                                [&](const auto &variable) { return is(one, variable); });
           });
  }
  void describe(seam::Out &out, const seam::Parameter *) const override {
    out.put(is_whole_ ? "only {" : "{");
    for (const ProcessVariable &one : variables_) {
      if (&one != variables_.data())
        out.put(", ");
      out.put_quoted(one.name()).put(": ");
      if (one.is_unset())
        out.put("unset");
      else
        one.value().describe(out);
    }
    out.put("}");
  }

private:
  using Variable = ProcessEnvironment::Variable;
  static bool is(const ProcessVariable &expected, const Variable &variable) {
    if (expected.name() != variable.name || expected.is_unset() != (variable.is == Variable::Is::unset))
      return false;
    if (variable.is == Variable::Is::set)
      return expected.value().holds({&variable.value, &seam::type_of<std::string>(), nullptr, {}, false});
    return expected.is_unset() || expected.value().is_wildcard(); // nobody knows a secret
  }

  bool is_whole_;
  std::vector<ProcessVariable> variables_;
};

} // namespace

std::string ProcessCommand::packed() const {
  std::string all;
  for (const std::string &word : words)
    put(all, word);
  return all;
}

ProcessCommand ProcessCommand::unpacked(std::string_view packed) {
  ProcessCommand command;
  while (!packed.empty())
    command.words.emplace_back(take(packed));
  return command;
}

bool operator==(const ProcessCommand &one, const ProcessCommand &other) { return one.words == other.words; }

void tripwire_print(seam::Out &out, const ProcessCommand &command) {
  if (out.pasting() && is_of_shell(command.words)) {
    out.put_quoted(command.words[2]);
    return;
  }
  out.put(out.pasting() ? "{" : "[");
  for (const std::string &word : command.words) {
    if (&word != command.words.data())
      out.put(", ");
    out.put_quoted(word);
  }
  out.put(out.pasting() ? "}" : "]");
}

ProcessExpected::ProcessExpected(std::vector<ProcessText> words) {
  ProcessCommand command;
  for (const ProcessText &word : words)
    command.words.push_back(word.literal());
  if (std::all_of(words.begin(), words.end(), [](const ProcessText &word) { return word.is_literal(); }))
    key_ = command.packed();
  matcher_ = Matcher(std::make_shared<OfCommand>(std::move(words)));
}

std::string ProcessEnvironment::packed() const {
  std::string all(1, is_whole ? 'w' : 'c');
  for (const Variable &one : variables) {
    all += static_cast<char>(one.is);
    put(all, one.name);
    put(all, one.value);
  }
  return all;
}

ProcessEnvironment ProcessEnvironment::unpacked(std::string_view packed) {
  ProcessEnvironment environment;
  environment.is_whole = !packed.empty() && packed.front() == 'w';
  packed.remove_prefix(std::min<std::size_t>(packed.size(), 1));
  while (!packed.empty()) {
    Variable one;
    one.is = static_cast<Variable::Is>(packed.front());
    packed.remove_prefix(1);
    one.name = take(packed);
    one.value = take(packed);
    environment.variables.push_back(std::move(one));
  }
  return environment;
}

void tripwire_print(seam::Out &out, const ProcessEnvironment &environment) {
  const bool pastes = out.pasting();
  out.put(environment.is_whole && !pastes ? "only {" : "{");
  for (const auto &one : environment.variables) {
    if (&one != environment.variables.data())
      out.put(", ");
    out.put(pastes ? "{" : "").put_quoted(one.name).put(pastes ? ", " : ": ");
    switch (one.is) {
    case ProcessEnvironment::Variable::Is::set:
      out.put_quoted(one.value);
      break;
    case ProcessEnvironment::Variable::Is::unset:
      out.put(pastes ? "nullptr" : "unset");
      break;
    case ProcessEnvironment::Variable::Is::secret:
      out.put(pastes ? "tripwire::anything" : "(secret)");
      break;
    }
    out.put(pastes ? "}" : "");
  }
  out.put("}");
}

Matcher process_environment_changes(std::initializer_list<ProcessVariable> expected) {
  return Matcher(std::make_shared<OfEnvironment>(false, std::vector<ProcessVariable>(expected)));
}

Matcher process_environment_is(std::initializer_list<ProcessVariable> expected) {
  return Matcher(std::make_shared<OfEnvironment>(true, std::vector<ProcessVariable>(expected)));
}

} // namespace tripwire::plugins
