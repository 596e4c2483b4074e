// res_query, res_search, res_send and those of a state of one's own --> responses, byte by byte
#include "lookup.hpp"
#include "records.hpp"

#include <algorithm>

namespace tripwire::plugins {

namespace {

constexpr int failed = -1;

/// Where the program wants the response.
struct ResponseRoom {
  unsigned char *begin;
  int size;
};

ResponseRoom room_of(const plugin::Visit &visit, std::size_t first) {
  return {dns_argument<unsigned char *>(visit, first), dns_argument<int>(visit, first + 1)};
}

/// As libc: as much as there is room for, and how long it is in all.
void answer(plugin::Visit &visit, const ResponseRoom &room, const std::string &response) {
  std::memcpy(room.begin, response.data(), std::min(response.size(), static_cast<std::size_t>(std::max(room.size, 0))));
  visit.answer<int>(static_cast<int>(response.size()));
}

void query(plugin::Visit &visit, const char *qname, int rdclass, int rdtype, const ResponseRoom &room) {
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
  answer(visit, room, response_of(mock, qname, rdclass, rdtype));
}

/// \p first is the index of the name.
void query(plugin::Visit &visit, std::size_t first) {
  query(visit, dns_argument<const char *>(visit, first), dns_argument<int>(visit, first + 1),
        dns_argument<int>(visit, first + 2), room_of(visit, first + 3));
}

void query_domain(plugin::Visit &visit, std::size_t first) {
  const auto *name = dns_argument<const char *>(visit, first);
  const auto *domain = dns_argument<const char *>(visit, first + 1);
  std::string whole = name == nullptr ? "" : name;
  if (domain != nullptr)
    whole += "." + std::string(domain);
  else if (!whole.empty() && whole.back() == '.')
    whole.pop_back();
  query(visit, whole.c_str(), dns_argument<int>(visit, first + 2), dns_argument<int>(visit, first + 3),
        room_of(visit, first + 4));
}

/// A query that the program has put together itself; a server's answer says by itself that there are no such records.
void send(plugin::Visit &visit, std::size_t first) {
  const auto *bytes = dns_argument<const char *>(visit, first);
  const auto size = static_cast<std::size_t>(std::max(0, dns_argument<int>(visit, first + 1)));
  const ResponseRoom room = room_of(visit, first + 2);
  const DnsQuestion question = question_of_dns_query(std::string_view(bytes, size));
  const plugin::Decision decision =
      present_look_up(visit, describe_dns_query(question.name.c_str(), question.rdclass, question.rdtype));
  if (decision.real()) {
    visit.make_real();
    const int got = std::min(visit.result<int>(), room.size);
    const KeepDnsErrno keep;
    const int error =
        got < 0
            ? TRY_AGAIN
            : host_error_of_dns_response({reinterpret_cast<const char *>(room.begin), static_cast<std::size_t>(got)});
    if (error != 0)
      note_error(decision.recorded, DnsErrors::host, error);
    return;
  }
  const DnsMock &mock = *decision.as<DnsMock>();
  const std::optional<int> error = mock.error(DnsErrors::host);
  if (!error) {
    answer(visit, room,
           with_id(response_of(mock, question.name.c_str(), question.rdclass, question.rdtype), question.id));
    return;
  }
  note_error(decision.recorded, DnsErrors::host, *error);
  if (const std::optional<std::string> response = encode_failed_dns_response(question, *error)) {
    answer(visit, room, *response);
    return;
  }
  errno = mock.error_number != 0 ? mock.error_number : ETIMEDOUT;
  visit.answer<int>(failed);
}

} // namespace

void on_res_query(plugin::Visit &visit) { query(visit, 0); }
void on_res_nquery(plugin::Visit &visit) { query(visit, 1); }
void on_res_querydomain(plugin::Visit &visit) { query_domain(visit, 0); }
void on_res_nquerydomain(plugin::Visit &visit) { query_domain(visit, 1); }
void on_res_send(plugin::Visit &visit) { send(visit, 0); }
void on_res_nsend(plugin::Visit &visit) { send(visit, 1); }

} // namespace tripwire::plugins
