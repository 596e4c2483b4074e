// diagnostics --(diagnostics_json)--> JSON and back, to pass them from one process to another
#include "tool/diagnostics_json.hpp"

#include "tool/json.hpp"

namespace tripwire::tool {
namespace {

std::string valid(const std::string &text) { return llvm::json::isUTF8(text) ? text : llvm::json::fixUTF8(text); }

} // namespace

llvm::json::Value to_json(const std::vector<Diagnostic> &diagnostics) {
  llvm::json::Array values;
  for (const Diagnostic &diagnostic : diagnostics)
    values.push_back(llvm::json::Object{{"severity", static_cast<int>(diagnostic.severity)},
                                        {"file", valid(diagnostic.place.file)},
                                        {"line", diagnostic.place.line},
                                        {"column", diagnostic.place.column},
                                        {"message", valid(diagnostic.message)},
                                        {"notes", to_json(diagnostic.notes)}});
  return values;
}

std::vector<Diagnostic> read_diagnostics(const llvm::json::Array *values) {
  std::vector<Diagnostic> diagnostics;
  if (values == nullptr)
    return diagnostics;
  for (const llvm::json::Value &value : *values) {
    const llvm::json::Object *object = value.getAsObject();
    if (object == nullptr)
      continue;
    const auto number = [&](llvm::StringRef key) { return static_cast<unsigned>(object->getInteger(key).value_or(0)); };
    diagnostics.push_back({static_cast<Severity>(number("severity")),
                           {text_at(*object, "file"), number("line"), number("column")},
                           text_at(*object, "message"),
                           read_diagnostics(object->getArray("notes"))});
  }
  return diagnostics;
}

} // namespace tripwire::tool
