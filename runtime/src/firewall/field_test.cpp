// what a rule says of one field --> whether a request's field is so
#include "pattern.hpp"

#include "address.hpp"

#include <algorithm>

namespace tripwire::runtime {

namespace {

std::optional<Glob> glob_of(const Letters &letters, bool is_host) {
  if (!has_wildcard(letters)) {
    return std::nullopt;
  }
  return is_host ? Glob::of_host(letters) : Glob::of_path(letters);
}

bool is_so(const std::optional<Glob> &glob, const Letters &expected, const Letters &got) {
  return glob ? glob->matches(got) : expected == got;
}

} // namespace

std::variant<FieldTest, std::string> FieldTest::make(FieldKind kind, const FieldPattern &pattern,
                                                     plugin::Rows<Scheme> schemes) {
  FieldTest made(pattern);
  made.normal_.kind = kind;
  switch (pattern.form()) {
  case FieldPattern::Form::matcher:
  case FieldPattern::Form::predicate:
    return made;
  case FieldPattern::Form::block:
    made.block_ = block_of(pattern.text());
    if (kind != FieldKind::host) {
      return "cidr(\"" + pattern.text() + "\") is for a host";
    }
    if (!made.block_) {
      return "'" + pattern.text() + "' is no block of addresses, as 10.0.0.0/8 and fe80::/10 are";
    }
    return made;
  case FieldPattern::Form::text:
  case FieldPattern::Form::exact:
    break;
  }
  auto normal = normal_pattern(kind, pattern.text(), schemes,
                               pattern.form() == FieldPattern::Form::text ? Wildcards::yes : Wildcards::no);
  if (auto *wrong = std::get_if<std::string>(&normal)) {
    return std::move(*wrong);
  }
  made.normal_ = std::move(std::get<Normal>(normal));
  if (made.normal_.uri) {
    made.host_ = glob_of(made.normal_.uri->host, true);
    made.path_ = glob_of(made.normal_.uri->path, false);
    made.query_ = glob_of(made.normal_.uri->query, false);
  } else {
    made.glob_ = glob_of(made.normal_.letters, kind == FieldKind::host);
  }
  return made;
}

bool FieldTest::matches_uri(const Uri &uri) const {
  const Uri &expected = *normal_.uri;
  const std::vector<Letters> hosts = spellings_of(uri.host);
  const auto has_host = [&](const Letters &host) { return is_so(host_, expected.host, host); };
  const auto word = [](const Letters &wanted, const Letters &got) {
    return is_so(glob_of(wanted, false), wanted, got);
  };
  return word(expected.scheme, uri.scheme) && std::any_of(hosts.begin(), hosts.end(), has_host) &&
         word(expected.port, uri.port) && is_so(path_, expected.path, uri.path) &&
         (!expected.has_query || is_so(query_, expected.query, uri.query));
}

bool FieldTest::matches_text(const RequestValue &value, const Letters &letters) const {
  switch (pattern_.form()) {
  case FieldPattern::Form::matcher:
    return pattern_.matcher().matches(value.value.type != nullptr ? value.value : AnyValue(text_of(letters)).view());
  case FieldPattern::Form::predicate:
    return pattern_.decide(text_of(letters));
  case FieldPattern::Form::block: {
    const std::optional<Address> address = address_of(text_of(letters));
    return address && block_->holds(*address);
  }
  case FieldPattern::Form::text:
  case FieldPattern::Form::exact:
    return is_so(glob_, normal_.letters, letters);
  }
  return false;
}

bool FieldTest::matches(const RequestValue &value) const {
  if (normal_.uri) {
    return value.normal.uri && matches_uri(*value.normal.uri);
  }
  if (value.normal.kind != FieldKind::host) {
    return matches_text(value, value.normal.letters);
  }
  const std::vector<Letters> all = spellings_of(value.normal.letters);
  return std::any_of(all.begin(), all.end(), [&](const Letters &one) { return matches_text(value, one); });
}

} // namespace tripwire::runtime
