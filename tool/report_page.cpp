// the report's data --(report_page)--> one HTML page that needs nothing else
#include "tool/report_page.hpp"

#include "tool/report_assets.hpp"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

/// JSON that may stand in a script element: no `</script>`, no `<!--`, whatever the data hold.
std::string json_for_html(const llvm::json::Value &data) {
  std::string json;
  llvm::raw_string_ostream(json) << data;
  std::string escaped;
  escaped.reserve(json.size());
  for (const char c : json)
    if (c == '<')
      escaped += "\\u003c";
    else
      escaped += c;
  return escaped;
}

/// Puts \p text in the place of \p mark, which stands once in \p page.
void fill(std::string &page, llvm::StringRef mark, llvm::StringRef text) {
  const std::size_t at = page.find(mark);
  page.replace(at, mark.size(), text);
}

} // namespace

std::string report_page(const llvm::json::Value &data) {
  std::string page = report_assets::page_html;
  fill(page, "/*STYLE*/", report_assets::page_css);
  fill(page, "/*SCRIPT*/", report_assets::page_js);
  fill(page, "/*DATA*/", json_for_html(data)); // last: what it holds is not searched
  return page;
}

} // namespace tripwire::tool
