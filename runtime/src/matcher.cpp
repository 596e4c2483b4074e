// what a test expects --> whether a value is that, and how to say it
#include "tripwire/matcher.hpp"

#include "context.hpp"
#include "hash.hpp"
#include "message.hpp"
#include "number.hpp"

#include <cxxabi.h>

#include <cmath>
#include <cstring>

namespace tripwire {

namespace {

using detail::Relation;
using seam::Kind;
using seam::Out;

std::string_view word(Relation relation) noexcept {
  switch (relation) {
  case Relation::equal:
    return "";
  case Relation::not_equal:
    return "not ";
  case Relation::less:
    return "less than ";
  case Relation::at_most:
    return "at most ";
  case Relation::greater:
    return "greater than ";
  case Relation::at_least:
    return "at least ";
  }
  return "";
}

/// \param order negative, zero or positive
bool holds(Relation relation, int order) noexcept {
  switch (relation) {
  case Relation::equal:
    return order == 0;
  case Relation::not_equal:
    return order != 0;
  case Relation::less:
    return order < 0;
  case Relation::at_most:
    return order <= 0;
  case Relation::greater:
    return order > 0;
  case Relation::at_least:
    return order >= 0;
  }
  return false;
}

bool real_of(const Value &value, double &real) noexcept {
  if (value.address == nullptr || value.type == nullptr || value.type->kind != Kind::floating) {
    return false;
  }
  if (value.type->size == sizeof(float)) {
    float read = 0;
    std::memcpy(&read, value.address, sizeof read);
    real = static_cast<double>(read);
    return true;
  }
  if (value.type->size == sizeof(double)) {
    std::memcpy(&real, value.address, sizeof real);
    return true;
  }
  long double read = 0;
  std::memcpy(&read, value.address, sizeof read);
  real = static_cast<double>(read);
  return true;
}

template <class T> int order_of(T left, T right) noexcept { return left < right ? -1 : (right < left ? 1 : 0); }

runtime::Integer integer_in(const Number &number) noexcept {
  runtime::Integer integer;
  if (number.kind == Number::Kind::positive) {
    integer.bits = number.magnitude;
  } else {
    integer.bits = static_cast<std::uint64_t>(number.negative);
    integer.is_negative = number.negative < 0;
  }
  return integer;
}

double real_in(const Number &number) noexcept {
  switch (number.kind) {
  case Number::Kind::floating:
    return number.real;
  case Number::Kind::positive:
    return static_cast<double>(number.magnitude);
  case Number::Kind::negative_or_zero:
    return static_cast<double>(number.negative);
  }
  return 0;
}

double real_in(const runtime::Integer &integer) noexcept {
  return integer.is_negative ? static_cast<double>(static_cast<std::int64_t>(integer.bits))
                             : static_cast<double>(integer.bits);
}

int order_of(const runtime::Integer &left, const runtime::Integer &right) noexcept {
  if (left.is_negative != right.is_negative) {
    return left.is_negative ? -1 : 1;
  }
  return order_of(left.bits, right.bits);
}

class CompareNumber final : public Matcher::Body {
public:
  CompareNumber(Relation relation, Number expected, const seam::Type &type) noexcept
      : relation_(relation), expected_(expected), type_(type) {}

  bool matches(const Value &value) const override {
    double real = 0;
    if (real_of(value, real)) {
      double expected = real_in(expected_);
      if (value.type->size == sizeof(float)) {
        expected = static_cast<double>(static_cast<float>(expected)); // 0.1 stands for the float nearest to it
      }
      if (std::isnan(real) || std::isnan(expected)) {
        return relation_ == Relation::not_equal;
      }
      return holds(relation_, order_of(real, expected));
    }
    runtime::Integer integer;
    if (!runtime::integer_of(value, integer)) {
      return false;
    }
    if (expected_.kind == Number::Kind::floating) {
      return holds(relation_, order_of(real_in(integer), expected_.real));
    }
    return holds(relation_, order_of(integer, integer_in(expected_)));
  }

  void describe(Out &out, const seam::Parameter *parameter) const override {
    out.put(word(relation_));
    if (expected_.kind == Number::Kind::floating) {
      out.put_floating(expected_.real);
      return;
    }
    const runtime::Integer integer = integer_in(expected_);
    if (type_.kind == Kind::boolean) {
      out.put(integer.bits != 0 ? "true" : "false");
    } else if (type_.kind == Kind::character) {
      out.put_character(static_cast<char>(integer.bits));
    } else if (parameter != nullptr && parameter->name_count > 0) {
      const long long number = integer.as_signed();
      print(out, Value{&number, &seam::type_of<long long>(), parameter, {}, false});
    } else if (type_.kind == Kind::enumeration && !out.pasting()) {
      type_.print(out, &integer.bits);
    } else if (integer.is_negative) {
      out.put_signed(integer.as_signed());
    } else {
      out.put_unsigned(integer.bits);
    }
  }

  Exact exact(std::uint64_t &hash) const noexcept override {
    if (relation_ != Relation::equal || expected_.kind == Number::Kind::floating) {
      return Exact::no;
    }
    hash = integer_in(expected_).bits;
    // A variadic argument or a field may be a floating number, which equals this one without having its hash.
    return type_.kind == Kind::floating ? Exact::no : Exact::number;
  }

private:
  Relation relation_;
  Number expected_;
  const seam::Type &type_;
};

class CompareText final : public Matcher::Body {
public:
  CompareText(Relation relation, std::string expected) : relation_(relation), expected_(std::move(expected)) {}

  bool matches(const Value &value) const override {
    std::string_view characters;
    return characters_of(value, characters) && holds(relation_, characters.compare(expected_));
  }
  void describe(Out &out, const seam::Parameter *parameter) const override {
    out.put(word(relation_));
    if (parameter != nullptr && parameter->shape == seam::Shape::bytes) {
      out.put_bytes(expected_);
    } else {
      out.put_quoted(expected_);
    }
  }
  Exact exact(std::uint64_t &hash) const noexcept override {
    if (relation_ != Relation::equal) {
      return Exact::no;
    }
    hash = runtime::hash_text(expected_);
    return Exact::text;
  }

private:
  Relation relation_;
  std::string expected_;
};

enum class Part : unsigned char { anywhere, start, end };

class FindText final : public Matcher::Body {
public:
  FindText(Part part, std::string expected) : part_(part), expected_(std::move(expected)) {}

  bool matches(const Value &value) const override {
    std::string_view characters;
    if (!characters_of(value, characters)) {
      return false;
    }
    switch (part_) {
    case Part::anywhere:
      return characters.find(expected_) != std::string_view::npos;
    case Part::start:
      return characters.substr(0, expected_.size()) == expected_;
    case Part::end:
      return characters.size() >= expected_.size() &&
             characters.substr(characters.size() - expected_.size()) == expected_;
    }
    return false;
  }
  void describe(Out &out, const seam::Parameter *) const override {
    switch (part_) {
    case Part::anywhere:
      out.put("text that contains ");
      break;
    case Part::start:
      out.put("text that starts with ");
      break;
    case Part::end:
      out.put("text that ends with ");
      break;
    }
    out.put_quoted(expected_);
  }

private:
  Part part_;
  std::string expected_;
};

const void *pointer_of(const Value &value, bool &known) noexcept {
  known = value.address != nullptr && value.type != nullptr &&
          (value.type->kind == Kind::pointer || value.type->kind == Kind::constant_text) &&
          value.type->size == sizeof(void *);
  const void *pointer = nullptr;
  if (known) {
    std::memcpy(&pointer, value.address, sizeof pointer);
  }
  return pointer;
}

class EqualPointer final : public Matcher::Body {
public:
  explicit EqualPointer(const void *expected) noexcept : expected_(expected) {}

  bool matches(const Value &value) const override {
    bool known = false;
    const void *pointer = pointer_of(value, known);
    return known && pointer == expected_;
  }
  void describe(Out &out, const seam::Parameter *) const override { out.put_address(expected_); }
  Exact exact(std::uint64_t &hash) const noexcept override {
    hash = reinterpret_cast<std::uintptr_t>(expected_);
    return Exact::pointer;
  }

private:
  const void *expected_;
};

class IsNotNull final : public Matcher::Body {
public:
  bool matches(const Value &value) const override {
    bool known = false;
    const void *pointer = pointer_of(value, known);
    return known && pointer != nullptr;
  }
  void describe(Out &out, const seam::Parameter *) const override { out.put("a pointer that is not null"); }
};

class Decide final : public Matcher::Body {
public:
  Decide(bool (*holds_for)(const void *, const Value &), void (*says)(Out &, const void *),
         std::shared_ptr<const void> state)
      : decide_(holds_for), describe_(says), state_(std::move(state)) {}

  bool matches(const Value &value) const override {
    const runtime::Aside aside;
    return decide_(state_.get(), value);
  }
  void describe(Out &out, const seam::Parameter *) const override { describe_(out, state_.get()); }

private:
  bool (*decide_)(const void *, const Value &);
  void (*describe_)(Out &, const void *);
  std::shared_ptr<const void> state_;
};

class Fields final : public Matcher::Body {
public:
  Fields(const seam::Type &type, std::vector<detail::FieldMatcher> fields) : type_(type), fields_(std::move(fields)) {}

  bool matches(const Value &value) const override {
    const void *object = nullptr;
    if (value.has_content) {
      if (value.content.size() < type_.size) {
        return false;
      }
      object = value.content.data();
    } else if (value.address != nullptr && value.type != nullptr && same_type(*value.type, type_)) {
      object = value.address;
    }
    if (object == nullptr) {
      return false;
    }
    for (const auto &field : fields_) {
      if (!field.matcher.holds(field.read(object, field.member.get()))) {
        return false;
      }
    }
    return true;
  }
  void describe(Out &out, const seam::Parameter *) const override {
    out.put(type_.name()).put(" with ");
    bool first = true;
    for (const auto &field : fields_) {
      out.put(first ? "" : ", ");
      field.matcher.describe(out);
      first = false;
    }
  }

private:
  const seam::Type &type_;
  std::vector<detail::FieldMatcher> fields_;
};

class Not final : public Matcher::Body {
public:
  explicit Not(Matcher matcher) : matcher_(std::move(matcher)) {}
  bool matches(const Value &value) const override { return !matcher_.holds(value); }
  void describe(Out &out, const seam::Parameter *parameter) const override {
    out.put("not (");
    matcher_.describe(out, parameter);
    out.put(")");
  }

private:
  Matcher matcher_;
};

class Both final : public Matcher::Body {
public:
  Both(Matcher left, Matcher right) : left_(std::move(left)), right_(std::move(right)) {}
  bool matches(const Value &value) const override { return left_.holds(value) && right_.holds(value); }
  void describe(Out &out, const seam::Parameter *parameter) const override {
    left_.describe(out, parameter);
    out.put(" and ");
    right_.describe(out, parameter);
  }

private:
  Matcher left_;
  Matcher right_;
};

class Either final : public Matcher::Body {
public:
  Either(Matcher left, Matcher right) : left_(std::move(left)), right_(std::move(right)) {}
  bool matches(const Value &value) const override {
    std::exception_ptr threw;
    if (left_.matches(value, threw) || right_.holds(value)) {
      return true;
    }
    if (threw != nullptr) {
      std::rethrow_exception(threw);
    }
    return false;
  }
  void describe(Out &out, const seam::Parameter *parameter) const override {
    left_.describe(out, parameter);
    out.put(" or ");
    right_.describe(out, parameter);
  }

private:
  Matcher left_;
  Matcher right_;
};

} // namespace

Matcher::Body::~Body() = default;

Exact Matcher::Body::exact(std::uint64_t &) const noexcept { return Exact::no; }

bool Matcher::matches(const Value &value) const noexcept {
  if (body_ == nullptr) {
    return true;
  }
  try {
    return body_->matches(value);
  } catch (...) {
    return false; // a comparison that throws is no match
  }
}

bool Matcher::matches(const Value &value, std::exception_ptr &threw) const noexcept {
  try {
    return holds(value);
  } catch (...) {
    threw = std::current_exception();
    return false;
  }
}

void Matcher::describe(seam::Out &out, const seam::Parameter *parameter) const {
  if (body_ == nullptr) {
    out.put("anything");
    return;
  }
  std::string text;
  try {
    const runtime::Aside aside;
    Out own(text, out.style());
    body_->describe(own, parameter);
  } catch (abi::__forced_unwind &) {
    throw;
  } catch (...) {
    out.put("<describing it threw ").put(runtime::describe(std::current_exception()).shown).put(">");
    return;
  }
  out.put(text);
}

Matcher operator!(Matcher matcher) { return Matcher(std::make_shared<Not>(std::move(matcher))); }
Matcher operator&&(Matcher left, Matcher right) {
  return Matcher(std::make_shared<Both>(std::move(left), std::move(right)));
}
Matcher operator||(Matcher left, Matcher right) {
  return Matcher(std::make_shared<Either>(std::move(left), std::move(right)));
}

NotNull::operator Matcher() const { return Matcher(std::make_shared<IsNotNull>()); }

Matcher contains(std::string part) { return Matcher(std::make_shared<FindText>(Part::anywhere, std::move(part))); }
Matcher starts_with(std::string start) { return Matcher(std::make_shared<FindText>(Part::start, std::move(start))); }
Matcher ends_with(std::string end) { return Matcher(std::make_shared<FindText>(Part::end, std::move(end))); }

namespace detail {

Matcher compare_number(Relation relation, Number expected, const seam::Type &type) {
  return Matcher(std::make_shared<CompareNumber>(relation, expected, type));
}
Matcher compare_text(Relation relation, std::string expected) {
  return Matcher(std::make_shared<CompareText>(relation, std::move(expected)));
}
Matcher equal_pointer(const void *expected) { return Matcher(std::make_shared<EqualPointer>(expected)); }
Matcher matching(bool (*decide)(const void *, const Value &), void (*describe)(seam::Out &, const void *),
                 std::shared_ptr<const void> state) {
  return Matcher(std::make_shared<Decide>(decide, describe, std::move(state)));
}
Matcher match_fields(const seam::Type &type, std::vector<FieldMatcher> fields) {
  return Matcher(std::make_shared<Fields>(type, std::move(fields)));
}

} // namespace detail

} // namespace tripwire
