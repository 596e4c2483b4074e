// the name of a file, or a glob of names --> a matcher, by the firewall's rules of spelling
#include "pattern.hpp"

#include "tripwire/plugin_mock.hpp"

#include <unistd.h>

#include <memory>
#include <utility>

namespace tripwire::plugin {

namespace {

std::string absolute(std::string_view name) {
  if (!name.empty() && name.front() == '/') {
    return std::string(name);
  }
  std::string folder(1, '/');
  const std::unique_ptr<char, void (*)(void *)> current(::getcwd(nullptr, 0), &std::free);
  if (current != nullptr) {
    folder = current.get();
  }
  return folder + "/" + std::string(name);
}

class IsFile final : public Matcher::Body {
public:
  IsFile(std::string said, runtime::FieldTest test) : said_(std::move(said)), test_(std::move(test)) {}

  bool matches(const Value &value) const override {
    const auto *name = value.as<std::string>();
    return name != nullptr && test_.matches({runtime::normal_of(FieldKind::file, absolute(*name), {}), {}});
  }
  void describe(seam::Out &out, const seam::Parameter *) const override { out.put_quoted(said_); }

private:
  std::string said_;
  runtime::FieldTest test_;
};

} // namespace

std::string file_name(std::string_view name) {
  return text_of(runtime::normal_of(FieldKind::file, absolute(name), {}));
}

Matcher is_file(std::string_view name) {
  auto test = runtime::FieldTest::make(FieldKind::file, exact(absolute(name)), {});
  return Matcher(std::make_shared<IsFile>(std::string(name), std::move(std::get<runtime::FieldTest>(test))));
}

Matcher is_file_like(std::string_view glob, const Plugin &plugin, const Place &place) {
  auto test = runtime::FieldTest::make(FieldKind::file, FieldPattern(absolute(glob)), {});
  if (const auto *wrong = std::get_if<std::string>(&test)) {
    Facts facts;
    facts.kind = ViolationKind::configuration;
    facts.source = plugin.name();
    facts.site.file = place.file;
    facts.site.line = place.line;
    facts.text = "ConfigurationError: " + *wrong + "\n  at " + place.file + ":" + std::to_string(place.line);
    raise(std::move(facts));
  }
  return Matcher(std::make_shared<IsFile>(std::string(glob), std::move(std::get<runtime::FieldTest>(test))));
}

} // namespace tripwire::plugin
