// `harness let_through|mocked REPORT PROGRAM ARGUMENTS...` --> one of the linked example programs, run in a sandbox
//
// Standard output is the example's alone. What tripwire has to report goes to the file REPORT.
#include <tripwire/adapter.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

/// One linked example. Made by run.py.
struct ExampleProgram {
  const char *name;
  int (*main)(int, char **);
};
extern const ExampleProgram example_programs[];

namespace {

constexpr const char *methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};

// What the script's server sends for whatever it is asked.
void answer_everything() {
  for (const char *method : methods)
    tripwire::http.mock_response(method, tripwire::that([](const std::string &) { return true; }))
        .header("Content-Type", "text/html")
        .header("X-Example", "yes")
        .body("<p>an answer of the far end</p>\n")
        .always()
        .optional();
}

void let_everything_through() {
  for (const char *method : methods)
    tripwire::http.pass_through(method, tripwire::that([](const std::string &) { return true; })).always();
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 4) {
    std::fputs("usage: harness let_through|mocked REPORT PROGRAM ARGUMENTS...\n", stderr);
    return 2;
  }
  const ExampleProgram *program = example_programs;
  while (program->name != nullptr && std::string(program->name) != argv[3])
    ++program;
  if (program->name == nullptr) {
    std::fprintf(stderr, "harness: no example '%s' is linked\n", argv[3]);
    return 2;
  }

  namespace adapter = tripwire::adapter;
  adapter::begin_test(argv[3]);
  adapter::body_begins();
  if (std::string(argv[1]) == "mocked")
    answer_everything();
  else
    let_everything_through();
  int status = 0;
  {
    const tripwire::Sandbox sandbox;
    status = program->main(argc - 3, argv + 3);
  }
  std::fflush(stdout);
  adapter::body_ends();
  std::ofstream report(argv[2]);
  for (const adapter::Report &each : adapter::end_test(adapter::Outcome::passed))
    report << each.text << "\n";
  report << "end\n";
  return status;
}
