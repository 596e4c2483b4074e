// a function of <filesystem> --(perform_fs)--> the same, done to the test's files
//
// Each has a form that throws and one that sets an error_code; several are about a file_status, too, and those are
// nobody's business.
#ifndef TRIPWIRE_PLUGINS_FILE_IO_FILESYSTEM_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_FILESYSTEM_HPP

#include "calls.hpp"

#include <tripwire/seam/type.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace tripwire::plugins::calls {

/// Argument \p index, where it is a reference to a \p T; else null.
template <class T> T *referred(const plugin::Visit &visit, std::size_t index) {
  if (index >= visit.count() || !same_type(*visit.argument(index).type, seam::type_of<T &>()))
    return nullptr;
  return static_cast<T *>(const_cast<void *>(visit.argument(index).address));
}

/// The name that argument \p index is; nothing where it is none.
std::optional<std::string> path_argument(const plugin::Visit &visit, std::size_t index);

/// Where the call wants its error; null when it throws.
std::error_code *code_of(const plugin::Visit &visit);

/// Where a call is from and to; the second is empty when it is about one file.
struct Names {
  std::string first;
  std::string second;
};

/// Says the error as the call says it. Throws, or sets what the call gave.
void tell(plugin::Visit &visit, const Names &names, const std::error_code &error);

/// What a call has left. Where it ended by an exception, nothing is.
struct MadeFs {
  plugin::Recorded recorded;
  bool is_well;
};

/// Makes the real call, and adds what is known behind it to the interaction.
MadeFs make_real_fs(plugin::Visit &visit, const plugin::Recorded &recorded, const Facts &facts);

/// As `perform`, for functions that say their errors otherwise. \p make gets the files and where errors go.
template <class R, class Make>
MadeFs perform_fs(plugin::Visit &visit, plugin::Description call, const Names &names, const Facts &facts, R failure,
                  Make make) {
  const plugin::Decision decision = visit.present(std::move(call));
  if (decision.real())
    return make_real_fs(visit, decision.recorded, facts);
  auto &mock = *decision.as<FileMock>();
  std::error_code error(mock.error, std::generic_category());
  R result = failure;
  if (!error)
    result = make(mock, error);
  if (error)
    result = std::move(failure);
  record(decision.recorded, facts, error.value());
  tell(visit, names, error);
  if (visit.call().place != nullptr) // void has none
    visit.answer<R>(std::move(result));
  visit.call().answered = true;
  return {decision.recorded, !error};
}

/// The same, of one file; \p make gets the mock, the real file and where errors go.
template <class R, class Make>
MadeFs about_path(plugin::Visit &visit, const char *operation, const std::string &path, Reach reach, R failure,
                  const Facts &facts, Thing thing, Make make) {
  return perform_fs<R>(
      visit, describe(operation, path, reach), {path, {}}, facts, std::move(failure),
      [&](FileMock &mock, std::error_code &error) { return make(mock, real_for(mock.files(), path, thing), error); });
}

} // namespace tripwire::plugins::calls

#endif
