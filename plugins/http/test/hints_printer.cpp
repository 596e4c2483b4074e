// prints a program: every line that the plugin tells people to paste, and a check that each literal in it is exact
#include "hints.hpp"

#include <tripwire/plugins/http.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace std::string_literals;

const std::vector<std::string> values = {
    "",
    "plain",
    "a \"quoted\" word",
    "back\\slash and end\\",
    "two\nlines\n",
    "ends a raw string: )\" and )x\" too",
    "tab\there",
    "carriage\r\nreturn",
    "a\0b"s,
    "\x01\x7f\xff\xfe then 1f",
    "gr\xc3\xbc\xc3\x9f dich",
    "what\?\?=", // a trigraph, were it pasted as it is
    "%s %d {} {0}",
    "R\"(raw)\"",
};

void print_checks() {
  std::puts("int main() {\n  int wrong = 0;");
  for (const std::string &value : values) {
    std::printf("  {\n    const std::string literal(%s);\n    const unsigned char bytes[] = {", //
                tripwire::plugins::literal(value).c_str());
    for (const char letter : value)
      std::printf("%d, ", static_cast<unsigned char>(letter));
    std::printf("0};\n    wrong += literal != std::string(reinterpret_cast<const char *>(bytes), %zu);\n  }\n",
                value.size());
  }
  std::puts("  return wrong;\n}");
}

void print_statements() {
  using tripwire::plugin::Description;
  std::puts("void pasted() {");
  for (const std::string &value : values) {
    Description call;
    call.field("method", "GET"s).field("url", "https://h.test/p?q=1"s);
    std::puts(tripwire::plugins::mock_statement(call).c_str());
    call.field("request_headers", tripwire::plugins::HttpHeaders{{{"X-Value", value}, {"Accept", "*/*"}}})
        .field("request_body", value);
    Description failed = call;
    call.field("status", 200L)
        .field("response_headers", tripwire::plugins::HttpHeaders{})
        .field("response_body", value);
    std::puts(tripwire::plugins::assert_statement(call).c_str());
    failed.field("raised", tripwire::plugins::HttpError{CURLE_COULDNT_CONNECT});
    std::puts(tripwire::plugins::assert_statement(failed).c_str());
  }
  for (const char *function : {"curl_multi_init", "curl_multi_perform", "curl_easy_recv", "curl_multi_info_read"}) {
    Description call;
    call.request(function + " (no mock)"s);
    std::puts(tripwire::plugins::mock_statement(call).c_str());
  }
  std::puts("}");
}

} // namespace

int main(int argc, char **) {
  if (argc > 1) {
    std::puts("#include <string>");
    print_checks();
  } else {
    std::puts("#include <tripwire/plugins/http.hpp>\n#include <tripwire/tripwire.hpp>\nvoid pasted();");
    print_statements();
  }
}
