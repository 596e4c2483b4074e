// seams.yaml --(the build)--> what the plugin's own code knows of it
//
// `tripwire_add_plugin` writes these tables as `tripwire_manifest_NAME`, so that C++ says nothing of them again:
//
//   extern const tripwire::plugin::Manifest tripwire_manifest_http;
#ifndef TRIPWIRE_PLUGIN_MANIFEST_HPP
#define TRIPWIRE_PLUGIN_MANIFEST_HPP

#include "tripwire/config/field_kind.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugin {

using config::FieldKind;

/// Rows of a table that somebody else keeps.
template <class T> class Rows {
public:
  constexpr Rows() noexcept = default;
  template <std::size_t size> constexpr Rows(const T (&rows)[size]) noexcept : first_(rows), size_(size) {}
  Rows(const std::vector<T> &rows) noexcept : first_(rows.data()), size_(rows.size()) {}

  constexpr const T *begin() const noexcept { return first_; }
  constexpr const T *end() const noexcept { return first_ + size_; }
  constexpr std::size_t size() const noexcept { return size_; }

private:
  const T *first_ = nullptr;
  std::size_t size_ = 0;
};

/// What firewall rules can name of a plugin's requests: an entry of `request`.
struct RequestField {
  const char *name;
  FieldKind kind;
};

/// A scheme of the URLs that firewall rules may write for a plugin's requests: an entry of `schemes`.
struct Scheme {
  const char *name; ///< in lower case
  int port;         ///< its own; 0 when it has none
};

/// What an operation does to a handle in one state.
struct Transition {
  const char *operation;
  const char *from;
  const char *to;
};

/// The states through which a plugin moves its handles by itself, where calls alone do not tell: what `states:` says by
/// `operation`.
struct Machine {
  const char *name;
  const char *initial;
  Rows<Transition> transitions;

  /// The state behind \p operation in \p state; null where it is not valid.
  const char *after(std::string_view state, std::string_view operation) const noexcept;
  /// The states that the operation is valid in, for messages: `'connected', 'ready'`.
  std::string valid_in(std::string_view operation) const;
};

/// What a plugin's manifest says, as far as the plugin and the runtime ask for it. All of static storage.
struct Manifest {
  const char *name;                ///< as in `tripwire.yaml`
  bool safe = false;               ///< letting a call through outside a sandbox does no harm
  Rows<RequestField> request = {}; ///< the first one is what the rule `name:text` speaks of
  Rows<Scheme> schemes = {};       ///< they need the fields `host` and, where a rule says so, `port`, `scheme`, `path`
  Rows<Machine> machines = {};

  /// The machine of that name. \throws std::logic_error where the manifest has none.
  const Machine &machine(std::string_view machine_name) const;
};

} // namespace tripwire::plugin

#endif
