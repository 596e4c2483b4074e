#include "filesystem.hpp"

namespace tripwire::plugins::calls {

namespace fs = std::filesystem;

std::optional<std::string> path_argument(const plugin::Visit &visit, std::size_t index) {
  const auto *path = referred<const fs::path>(visit, index);
  return path == nullptr ? std::nullopt : name_at(AT_FDCWD, path->c_str());
}

std::error_code *code_of(const plugin::Visit &visit) { return referred<std::error_code>(visit, visit.count() - 1); }

void tell(plugin::Visit &visit, const Names &names, const std::error_code &error) {
  if (std::error_code *const code = code_of(visit)) {
    *code = error;
    return;
  }
  if (!error)
    return;
  const std::string what(visit.call().slot.facts.name);
  if (names.second.empty())
    throw fs::filesystem_error(what, names.first, error);
  throw fs::filesystem_error(what, names.first, names.second, error);
}

MadeFs make_real_fs(plugin::Visit &visit, const plugin::Recorded &recorded, const Facts &facts) {
  try {
    visit.make_real();
  } catch (const fs::filesystem_error &error) {
    record(recorded, facts, error.code().value());
    throw;
  }
  const std::error_code *code = code_of(visit);
  const bool is_well = code == nullptr || !*code;
  record(recorded, facts, is_well ? 0 : code->value());
  return {recorded, is_well};
}

} // namespace tripwire::plugins::calls
