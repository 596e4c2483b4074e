// values --(json)--> the text of a JSON document, whatever bytes the values hold
#ifndef TRIPWIRE_SRC_REPORT_JSON_HPP
#define TRIPWIRE_SRC_REPORT_JSON_HPP

#include <string>
#include <string_view>

namespace tripwire::runtime::report {

/// Writes one value behind the other into a text, on one line. Commas are its business; that keys stand in objects only
/// is the caller's.
class Json {
public:
  explicit Json(std::string &text) noexcept : text_(text) {}

  Json &open_object() { return open('{'); }
  Json &close_object() { return close('}'); }
  Json &open_array() { return open('['); }
  Json &close_array() { return close(']'); }
  Json &key(std::string_view name);
  /// Bytes that are no UTF-8 become U+FFFD, each.
  Json &text(std::string_view value);
  Json &number(long long value);
  Json &boolean(bool value);
  Json &null();

private:
  Json &open(char bracket);
  Json &close(char bracket);
  void separate();

  std::string &text_;
  bool is_first_ = true; ///< nothing stands in front that a comma has to separate
};

} // namespace tripwire::runtime::report

#endif
