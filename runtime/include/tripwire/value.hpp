// an argument, a result or a field of an interaction, as matchers and printers see it
#ifndef TRIPWIRE_VALUE_HPP
#define TRIPWIRE_VALUE_HPP

#include "tripwire/seam/parameter.hpp"
#include "tripwire/seam/type.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tripwire {

/// A value by reference. For a pointer whose target was recorded, `content` is a copy of the target.
struct Value {
  const void *address = nullptr; ///< of the value; null when only the address or nothing was kept
  const seam::Type *type = nullptr;
  const seam::Parameter *parameter = nullptr; ///< what the seam file says; null when nothing is said
  std::string_view content{};
  bool has_content = false;

  /// A value whose object was copied or still exists, read as \p T; null when it is of another type.
  template <class T> const T *as() const noexcept;
};

/// Whether two descriptions are of one type; holds across shared libraries.
bool same_type(const seam::Type &one, const seam::Type &other) noexcept;

template <class T> const T *Value::as() const noexcept {
  if (address == nullptr || type == nullptr || !same_type(*type, seam::type_of<T>())) {
    return nullptr;
  }
  return static_cast<const T *>(address);
}

class AnyValue;

namespace detail {

/// How values of a type go from a forked child to its parent as what they are.
struct Travel {
  std::string (*pack)(const void *value);
  AnyValue (*unpack)(std::string_view packed);
};

template <class T, class = void> struct travels : std::false_type {};
template <class T>
struct travels<T, std::enable_if_t<std::is_same_v<decltype(std::declval<const T &>().packed()), std::string> &&
                                   std::is_same_v<decltype(T::unpacked(std::string_view())), T>>> : std::true_type {};

template <class T> const Travel *travel_of() noexcept;

} // namespace detail

/// A value that somebody owns: of any type that can be printed. Copies share it; immutable.
///
/// A type with `std::string packed() const` and `static T unpacked(std::string_view)` arrives in the parent of a forked
/// child as it is. So do numbers and strings; of other types the parent sees the text that they print.
class AnyValue {
public:
  AnyValue() = default;
  template <class T>
  explicit AnyValue(T value)
      : type_(&seam::type_of<T>()), travel_(detail::travel_of<T>()),
        object_(std::make_shared<const T>(std::move(value))) {}

  bool empty() const noexcept { return object_ == nullptr; }
  Value view() const noexcept { return {object_.get(), type_, nullptr, {}, false}; }
  template <class T> const T *as() const noexcept { return view().as<T>(); }
  /// Null when the parent of a forked child sees it as text only.
  const detail::Travel *travel() const noexcept { return travel_; }

private:
  const seam::Type *type_ = nullptr;
  const detail::Travel *travel_ = nullptr;
  std::shared_ptr<const void> object_;
};

namespace detail {

template <class T> const Travel *travel_of() noexcept {
  if constexpr (travels<T>::value) {
    static constexpr Travel travel{[](const void *value) { return static_cast<const T *>(value)->packed(); },
                                   [](std::string_view packed) { return AnyValue(T::unpacked(packed)); }};
    return &travel;
  } else {
    return nullptr;
  }
}

} // namespace detail

/// Prints a value with what the seam file says of it: enumerators by name, bits, buffers, structs by field; never a
/// secret.
void print(seam::Out &out, const Value &value);

/// The characters that a value stands for: a string, the text or the buffer behind a pointer. False when it stands for
/// none.
bool characters_of(const Value &value, std::string_view &characters) noexcept;

} // namespace tripwire

#endif
