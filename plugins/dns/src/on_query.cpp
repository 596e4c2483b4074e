// res_query, res_search and those of a state of one's own --> responses, byte by byte
#include "lookup.hpp"

#include <algorithm>

namespace tripwire::plugins {

namespace {

constexpr int failed = -1;

/// \p first is the index of the name.
void query(plugin::Visit &visit, std::size_t first) {
  const auto *qname = dns_argument<const char *>(visit, first);
  const auto rdclass = dns_argument<int>(visit, first + 1);
  const auto rdtype = dns_argument<int>(visit, first + 2);
  auto *const room = dns_argument<unsigned char *>(visit, first + 3);
  const auto size = dns_argument<int>(visit, first + 4);
  const plugin::Decision decision = present_look_up(visit, describe_dns_query(qname, rdclass, rdtype));
  if (decision.real()) {
    visit.make_real();
    if (visit.result<int>() < 0)
      note_error(decision.recorded, DnsErrors::host, h_errno);
    return;
  }
  const DnsMock &mock = *decision.as<DnsMock>();
  if (const std::optional<int> error = mock.error(DnsErrors::host)) {
    note_error(decision.recorded, DnsErrors::host, *error);
    if (mock.error_number != 0)
      errno = mock.error_number;
    h_errno = *error;
    visit.answer<int>(failed);
    return;
  }
  const std::string response = response_of(mock, qname, rdclass, rdtype);
  // As libc: as much as there is room for, and how long it is in all.
  std::memcpy(room, response.data(), std::min(response.size(), static_cast<std::size_t>(std::max(size, 0))));
  visit.answer<int>(static_cast<int>(response.size()));
}

} // namespace

void on_res_query(plugin::Visit &visit) { query(visit, 0); }
void on_res_nquery(plugin::Visit &visit) { query(visit, 1); }

} // namespace tripwire::plugins
