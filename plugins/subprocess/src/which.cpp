#include "which.hpp"

#include "handlers.hpp"
#include "state.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace tripwire::plugins::process {

namespace {

using plugin::Decision;
using plugin::Visit;

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

/// `/usr/bin/git` of `/usr//bin/git`.
std::string plain(std::string_view path) {
  std::string made;
  for (const char letter : path) {
    if (letter != '/' || made.empty() || made.back() != '/')
      made += letter;
  }
  return made;
}

/// Where PATH really has it; empty for nowhere.
std::string really_found(const std::string &name) {
  const char *path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? std::string_view() : std::string_view(path);
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
    const std::string candidate = plain((folder.empty() ? "." : std::string(folder)) + "/" + name);
    if (access(candidate.c_str(), X_OK) == 0)
      return candidate;
  }
  return {};
}

/// Another candidate of the same search, and not its first one again.
bool goes_on(const Search &search, const std::string &name, const std::string &candidate) {
  return !search.is_over && search.name == name && search.first != candidate;
}

void begin(Visit &visit, Search &search, const std::string &name, const std::string &candidate) {
  const bool is_searched = candidate != name;
  plugin::Description call;
  call.request("look for the program " + plugin::literal(name))
      .field("name", name)
      .firewall("binary", name)
      .taken_unmocked();
  const Decision decision = visit.present(std::move(call));
  search = {name, candidate, {}, decision.real(), false};
  if (decision.real())
    search.path = is_searched ? really_found(name) : std::string();
  else if (decision.mock != nullptr)
    search.path = decision.as<WhichMock>()->path();
  decision.recorded.field("path", search.path);
}

/// Asks whether a file can be executed: a step of a search for a program.
void ask(Visit &visit, const char *path, int mode) {
  if (path == nullptr || mode != X_OK) { // of whoever else has this seam
    visit.pass_on();
    return;
  }
  const int error = errno;
  const std::string candidate = plain(path);
  const std::string name = candidate.substr(candidate.rfind('/') + 1);
  const auto test = of_test();
  Search &search = test->searches.of_this_thread();
  if (!visit.in_sandbox() || !goes_on(search, name, candidate))
    begin(visit, search, name, candidate);
  errno = error;
  if (search.is_real) {
    visit.make_real();
    search.is_over = visit.result<int>() == 0;
    return;
  }
  search.is_over = search.path == candidate;
  visit.answer<int>(search.is_over ? 0 : -1);
  errno = search.is_over ? error : ENOENT;
}

} // namespace

WhichMock::WhichMock(std::string name, std::string path)
    : said_("mock_which(" + plugin::literal(name) + ", " + (path.empty() ? "nullptr" : plugin::literal(path)) + ")"),
      name_(matcher_for<std::string>(name)), path_(plain(path)), is_real_(false) {}

WhichMock::WhichMock(Matcher name)
    : said_("pass_through_which(" + text_of(name) + ")"), name_(std::move(name)), is_real_(true) {}

bool WhichMock::matches(const plugin::Description &call) const {
  const plugin::Field *name = call.find("name");
  return name != nullptr && name_.matches(name->value.view());
}

std::string WhichMock::describe() const { return said_; }

std::vector<plugin::Difference> WhichMock::compare(const plugin::Description &call) const {
  const auto *name = call.get<std::string>("name");
  return {{"name", text_of(name_), name == nullptr ? "nothing" : plugin::literal(*name), matches(call)}};
}

void on_access(Visit &visit) { ask(visit, argument<const char *>(visit, 0), argument<int>(visit, 1)); }

void on_faccessat(Visit &visit) {
  const char *path = argument<const char *>(visit, 1);
  const bool is_relative = path != nullptr && path[0] != '/' && argument<int>(visit, 0) != AT_FDCWD;
  ask(visit, is_relative ? nullptr : path, argument<int>(visit, 2));
}

} // namespace tripwire::plugins::process
