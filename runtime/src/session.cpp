// a plain main function as a test
#include "tripwire/session.hpp"

#include "report/report.hpp"

#include "tripwire/adapter.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace tripwire {

Session::Session(std::string_view name, Place place) {
  adapter::begin_test(name, place.file);
  adapter::body_begins();
}

Session::~Session() {
  if (finished_) {
    return;
  }
  if (finish() != 0 && std::uncaught_exceptions() == 0) {
    std::fflush(nullptr);
    runtime::report::finish();
    std::_Exit(1);
  }
}

int Session::finish() {
  finished_ = true;
  adapter::body_ends();
  int status = 0;
  for (const adapter::Report &report : adapter::end_test(adapter::Outcome::passed)) {
    std::fprintf(stderr, "%s\n", report.text.c_str());
    status = 1;
  }
  return status;
}

} // namespace tripwire
