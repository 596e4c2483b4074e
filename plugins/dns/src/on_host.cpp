// gethostbyname, gethostbyaddr and their kin --> hosts that the test speaks of
#include "host_entry.hpp"
#include "lookup.hpp"

#include <netinet/in.h>

namespace tripwire::plugins {

namespace {

/// Where a function of this family puts its result.
struct Target {
  bool is_reentrant = false;
  // Of a reentrant one:
  hostent *entry = nullptr;
  char *room = nullptr;
  std::size_t size = 0;
  hostent **result = nullptr;
  int *error = nullptr; ///< in place of `h_errno`
};

Target target(const plugin::Visit &visit, std::size_t first) {
  return {true,
          dns_argument<hostent *>(visit, first),
          dns_argument<char *>(visit, first + 1),
          dns_argument<std::size_t>(visit, first + 2),
          dns_argument<hostent **>(visit, first + 3),
          dns_argument<int *>(visit, first + 4)};
}

/// What a reentrant function returns that has not found the host: libc returns an errno unless the name is unknown.
int status_of(int error) {
  switch (error) {
  case HOST_NOT_FOUND:
  case NO_DATA:
    return 0;
  case TRY_AGAIN:
    return EAGAIN;
  case NETDB_INTERNAL:
    return errno;
  default:
    return EIO;
  }
}

void fail(plugin::Visit &visit, const Target &to, int error, const plugin::Recorded &recorded) {
  note_error(recorded, DnsErrors::host, error);
  if (!to.is_reentrant) {
    h_errno = error;
    visit.answer<hostent *>(nullptr);
    return;
  }
  *to.result = nullptr;
  *to.error = error;
  visit.answer<int>(status_of(error));
}

void succeed(plugin::Visit &visit, const Target &to, const DnsHostEntry &host, const plugin::Recorded &recorded) {
  if (!to.is_reentrant) {
    visit.answer<hostent *>(kept_dns_entry(host));
    return;
  }
  if (!host.fill(*to.entry, to.room, to.size)) { // the program comes back with a larger one
    note_error(recorded, DnsErrors::host, NETDB_INTERNAL);
    *to.result = nullptr;
    *to.error = NETDB_INTERNAL;
    errno = ERANGE;
    visit.answer<int>(ERANGE);
    return;
  }
  *to.result = to.entry;
  visit.answer<int>(0);
}

void make_real(plugin::Visit &visit, const Target &to, const plugin::Recorded &recorded) {
  visit.make_real();
  const bool failed = to.is_reentrant ? *to.result == nullptr : visit.result<hostent *>() == nullptr;
  if (failed)
    note_error(recorded, DnsErrors::host, to.is_reentrant ? *to.error : h_errno);
}

void look_up_host(plugin::Visit &visit, int family, const Target &to) {
  const auto *host = dns_argument<const char *>(visit, 0);
  plugin::Description look_up = describe_dns_host(host, family);
  if ((family != AF_INET && family != AF_INET6) || (dns_asks_nobody(host, 0) && !is_spoken_of(look_up))) {
    visit.make_real();
    return;
  }
  const plugin::Decision decision = present_look_up(visit, std::move(look_up));
  if (decision.real()) {
    make_real(visit, to, decision.recorded);
    return;
  }
  const DnsMock &mock = *decision.as<DnsMock>();
  if (mock.error_number != 0)
    errno = mock.error_number;
  const std::optional<int> error = mock.error(DnsErrors::host);
  const DnsHostEntry found = host_of(mock, host, family);
  if (error || found.addresses.empty())
    fail(visit, to, error.value_or(NO_DATA), decision.recorded);
  else
    succeed(visit, to, found, decision.recorded);
}

void look_up_address(plugin::Visit &visit, const Target &to) {
  const auto family = dns_argument<int>(visit, 2);
  const std::optional<std::string> address =
      dns_text_of_address(family, dns_argument<const void *>(visit, 0), dns_argument<socklen_t>(visit, 1));
  if (!address) { // libc says so itself
    visit.make_real();
    return;
  }
  const plugin::Decision decision = present_look_up(visit, describe_dns_address(*address));
  if (decision.real()) {
    make_real(visit, to, decision.recorded);
    return;
  }
  const DnsMock &mock = *decision.as<DnsMock>();
  if (mock.error_number != 0)
    errno = mock.error_number;
  if (const std::optional<int> error = mock.error(DnsErrors::host))
    fail(visit, to, *error, decision.recorded);
  else
    succeed(visit, to, host_at(mock, family, *address), decision.recorded);
}

} // namespace

void on_gethostbyname(plugin::Visit &visit) { look_up_host(visit, AF_INET, {}); }
void on_gethostbyname2(plugin::Visit &visit) { look_up_host(visit, dns_argument<int>(visit, 1), {}); }
void on_gethostbyname_r(plugin::Visit &visit) { look_up_host(visit, AF_INET, target(visit, 1)); }
void on_gethostbyname2_r(plugin::Visit &visit) { look_up_host(visit, dns_argument<int>(visit, 1), target(visit, 2)); }
void on_gethostbyaddr(plugin::Visit &visit) { look_up_address(visit, {}); }
void on_gethostbyaddr_r(plugin::Visit &visit) { look_up_address(visit, target(visit, 3)); }

} // namespace tripwire::plugins
