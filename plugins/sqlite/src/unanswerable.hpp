// functions of SQLite that no answer fits --> a refusal by name
#ifndef TRIPWIRE_PLUGINS_SQLITE_UNANSWERABLE_HPP
#define TRIPWIRE_PLUGINS_SQLITE_UNANSWERABLE_HPP

#include <tripwire/plugin.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugins {

/// Their names.
std::vector<const char *> sqlite_functions_without_answer();

/// Inside of a sandbox refused, unless a rule lets them through or their connection was let through.
void on_sqlite_function_without_answer(plugin::Visit &visit);

/// The statement that mocks the function itself, which a request of it begins with.
std::string sqlite_seam_statement(const std::string &request);

} // namespace tripwire::plugins

#endif
