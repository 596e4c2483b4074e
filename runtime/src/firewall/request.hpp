// a watched call, and what a plugin says of it --> the fields that rules name
#ifndef TRIPWIRE_SRC_FIREWALL_REQUEST_HPP
#define TRIPWIRE_SRC_FIREWALL_REQUEST_HPP

#include "normal.hpp"

#include "tripwire/seam/call.hpp"

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

/// The name under which the guard knows the owner of a slot.
std::string_view guarded_name(const seam::Slot &slot) noexcept;

/// One field of a request, in its one spelling.
struct RequestValue {
  Normal normal;
  Value value; ///< of an argument, the argument itself; else empty
};

/// What an answer of the firewall hangs on, besides the rules that are open.
enum class Hangs : unsigned char {
  on_slot, ///< the same for all calls of the slot
  on_site, ///< ... from that call site
  on_call, ///< it may be another for the next call
};

/// How many requests the call is: as many as it says of one field.
std::size_t requests_in(const plugin::Description &description);

/// A call as the firewall sees it. Looks at a field when it is first asked for. Borrows the call and the description.
class Request {
public:
  explicit Request(const seam::Call &call) : call_(call) {}
  /// One of the `requests_in` of the description.
  Request(const seam::Call &call, const plugin::Plugin &plugin, const plugin::Description &description,
          std::size_t which)
      : call_(call), plugin_(&plugin), description_(&description), which_(which) {}

  std::string_view plugin() const noexcept {
    return plugin_ != nullptr ? std::string_view(plugin_->name()) : guarded_name(call_.slot);
  }
  /// What all that was asked of it so far hangs on.
  Hangs hangs() const noexcept { return hangs_; }
  /// The user's code is asked, which may say now this and now that.
  void asks_user() const noexcept { hangs_ = Hangs::on_call; }

  /// Null when the request has none of that name, or keeps it a secret.
  const RequestValue *find(const std::string &name, bool is_argument) const;

  /// One field of the narrowest rule.
  struct Named {
    std::string name;
    std::string text;
    bool is_argument;
    bool is_glob_kind; ///< in its text a `*` would be a wildcard
  };
  /// What tells this request from others as well as rules can: the plugin's fields, or the seam and its arguments.
  std::vector<Named> narrowest() const;

private:
  struct Known {
    std::string name;
    bool is_argument;
    bool is_there;
    RequestValue value;
  };
  RequestValue *read(const std::string &name, bool is_argument, Known &known) const;
  /// What the description says of the field, in this one of its requests; null when it says nothing.
  const std::string *said(const std::string &name) const;

  const seam::Call &call_;
  const plugin::Plugin *plugin_ = nullptr;
  const plugin::Description *description_ = nullptr;
  std::size_t which_ = 0;
  mutable std::forward_list<Known> known_;
  mutable Hangs hangs_ = Hangs::on_slot;
};

} // namespace tripwire::runtime

#endif
