// what is only kept about a test while a report is written
#ifndef TRIPWIRE_SRC_REPORT_NOTES_HPP
#define TRIPWIRE_SRC_REPORT_NOTES_HPP

#include "report/report.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace tripwire::runtime::report {

/// Where an assertion stands.
struct AssertedAt {
  Place place;                ///< where known, else
  const void *site = nullptr; ///< its return address
};

/// How often a call site was reached, and what became of it.
struct Reached {
  std::size_t recorded = 0;
  std::size_t handed_over = 0;
  std::size_t let_through = 0;
  std::size_t refused = 0;
};

/// A seam and the return address of its call.
using ReachedAt = std::pair<const seam::Slot *, const void *>;

struct Notes {
  std::string file;                                  ///< that holds the test; empty when nobody says
  std::unordered_map<std::uint32_t, Place> answered; ///< by sequence number
  std::unordered_map<std::uint32_t, AssertedAt> asserted;
  std::map<ReachedAt, Reached> reached;
};

/// How a test ended.
struct Ending {
  const char *outcome = ""; ///< `passed`, `failed`, `skipped`, `unfinished`
  const Facts *left = nullptr;
  bool is_note = false;
};

/// The test as one JSON object on one line. Adds what the timeline says of call sites to \p notes.
std::string write_test(VerifierState &verifier, Notes &notes, const Ending &ending);

} // namespace tripwire::runtime::report

#endif
