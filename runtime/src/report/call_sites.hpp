// section `.tripwire.sites` of the program and its libraries --(call_sites)--> the references of their code
#ifndef TRIPWIRE_SRC_REPORT_CALL_SITES_HPP
#define TRIPWIRE_SRC_REPORT_CALL_SITES_HPP

#include "report/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tripwire::runtime::report {

/// One reference, as the tool wrote it down (tool/call_sites.hpp).
struct KnownSite {
  enum class Kind : unsigned char { call, name, exempt };
  Kind kind = Kind::call;
  std::string file; ///< absolute, unless the compiler was told another prefix
  int line = 0;
  int column = 0;
  std::string function;
  std::string seam;
  std::string reason;
  bool reached = false;
};

/// The references of a program, each once.
class KnownSites {
public:
  /// Those of what this process has loaded; none when no object of it was rewritten.
  static KnownSites of_this_process();

  /// The text of one section.
  void read(std::string_view section);
  /// A call of \p seam was made. What the debug information says of a call over several lines may be another line than
  /// that of the name: then the nearest reference to the seam in that file is meant.
  void mark(const std::string &file, int line, std::string_view seam);
  bool empty() const noexcept { return sites_.empty(); }

  /// The keys `reached`, `unreached`, `never_called` and `exempt`: arrays of files with their references.
  void write(Json &json) const;

private:
  using Key = std::tuple<std::string, int, int, std::string, KnownSite::Kind>;
  std::map<Key, KnownSite> sites_; ///< by file, line, column, seam
};

/// A path in the one spelling in which paths are compared.
std::string normal_path(const std::string &path);

/// `acme::Box<int>::get` --> `acme::Box::get`: a reference in a template stands for all of its specialisations.
std::string without_template_arguments(std::string_view name);

} // namespace tripwire::runtime::report

#endif
