// a build tree --(inventory)--> the functions of others that the project's code calls and nobody watches, by header
#include "tool/inventory.hpp"

#include "tool/calls.hpp"
#include "tool/over_units.hpp"
#include "tool/table.hpp"
#include "tool/token_log.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>
#include <tuple>

namespace tripwire::tool {
namespace {

using At = std::tuple<std::string, unsigned, unsigned>;

/// One function of others, over all units.
struct Item {
  CodeIs code = CodeIs::in_library;
  std::optional<std::size_t> seam;
  std::set<At> calls; ///< a call in a header is one, however many units include it
  std::set<std::string> units;
};

/// By header and qualified name.
using Items = std::map<std::pair<std::string, std::string>, Item>;

llvm::Expected<llvm::json::Value> look(OpenUnit &unit, const config::Configuration &configuration) {
  llvm::json::Array functions;
  if (!unit.look.is_of_project)
    return functions;
  llvm::Expected<Calls> calls =
      find_calls(clang_arguments(unit.command, unit.unit.compiler, unit.resource_dir), configuration);
  if (!calls)
    return calls.takeError();
  for (const NamedFunction &function : calls->functions) {
    if (function.code == CodeIs::in_project)
      continue;
    llvm::json::Array places;
    for (const Place &place : function.places)
      places.push_back(llvm::json::Array{normal_path(place.file), place.line, place.column});
    llvm::json::Object object{{"name", function.name},
                              {"header", function.header},
                              {"code", static_cast<int>(function.code)},
                              {"places", std::move(places)}};
    if (function.seam)
      object["seam"] = *function.seam;
    functions.push_back(std::move(object));
  }
  return functions;
}

void add(const llvm::json::Value &answer, const std::string &unit, Items &items) {
  for (const llvm::json::Value &value : *answer.getAsArray()) {
    const llvm::json::Object &function = *value.getAsObject();
    Item &item = items[{function.getString("header")->str(), function.getString("name")->str()}];
    item.code = static_cast<CodeIs>(*function.getInteger("code"));
    if (const std::optional<std::int64_t> seam = function.getInteger("seam"))
      item.seam = static_cast<std::size_t>(*seam);
    for (const llvm::json::Value &place : *function.getArray("places")) {
      const llvm::json::Array &at = *place.getAsArray();
      item.calls.emplace(at[0].getAsString()->str(), static_cast<unsigned>(*at[1].getAsInteger()),
                         static_cast<unsigned>(*at[2].getAsInteger()));
    }
    item.units.insert(unit);
  }
}

std::string text_of(const At &at) {
  const auto &[file, line, column] = at;
  llvm::SmallString<256> here;
  llvm::sys::fs::current_path(here);
  return spelled_in(normal_path(here.str().str()), file) + ":" + std::to_string(line) + ":" + std::to_string(column);
}

bool is_inline(const Item &item) { return item.code != CodeIs::in_library; }

bool is_listed(const Item &item) { return !item.seam && item.code != CodeIs::in_standard_library; }

std::string table_of(const Items &items) {
  Table table({Align::left, Align::left, Align::right, Align::right, Align::left});
  table.add({"header", "function", "calls", "units", "first call"});
  std::string header;
  std::size_t listed = 0;
  std::size_t seams = 0;
  std::size_t standard = 0;
  for (const auto &[names, item] : items) {
    seams += item.seam ? 1 : 0;
    standard += !item.seam && !is_listed(item) ? 1 : 0;
    if (!is_listed(item))
      continue;
    ++listed;
    table.add({names.first == header ? "" : names.first, names.second + (is_inline(item) ? " (inline)" : ""),
               std::to_string(item.calls.size()), std::to_string(item.units.size()), text_of(*item.calls.begin())});
    header = names.first;
  }
  const std::string sum =
      llvm::formatv("functions of others that are called: {0} no seams, {1} seams; {2} more have all of "
                    "their code in the standard library's headers\n",
                    listed, seams, standard)
          .str();
  return (listed == 0 ? std::string() : table.text()) + sum;
}

std::string json_of(const Items &items, const config::Configuration &configuration) {
  llvm::json::Array functions;
  for (const auto &[names, item] : items) {
    if (item.code == CodeIs::in_standard_library && !item.seam)
      continue;
    llvm::json::Array calls;
    for (const At &at : item.calls)
      calls.push_back(
          llvm::json::Object{{"file", std::get<0>(at)}, {"line", std::get<1>(at)}, {"column", std::get<2>(at)}});
    llvm::json::Object object{{"header", names.first},
                              {"function", names.second},
                              {"inline", is_inline(item)},
                              {"units", llvm::json::Array(item.units)},
                              {"calls", std::move(calls)}};
    if (item.seam)
      object["seam"] = configuration.seams[*item.seam].pattern;
    functions.push_back(std::move(object));
  }
  return llvm::formatv("{0:2}\n",
                       llvm::json::Value(llvm::json::Object{{"version", 1}, {"functions", std::move(functions)}}))
      .str();
}

} // namespace

llvm::Expected<int> inventory(const InventoryStep &task) {
  llvm::Expected<BuildTree> tree = open_build_tree(task.common, task.build, task.sources);
  if (!tree)
    return tree.takeError();
  Items items;
  llvm::Expected<UnitsSeen> seen = OverUnits(*tree).run(
      [&](OpenUnit &unit) { return look(unit, tree->configuration); },
      [&](const DatabaseEntry &entry, const llvm::json::Value &answer) { add(answer, entry.file, items); });
  if (!seen)
    return seen.takeError();
  llvm::outs() << (task.json ? json_of(items, tree->configuration) : table_of(items));
  return static_cast<int>(seen->status);
}

} // namespace tripwire::tool
