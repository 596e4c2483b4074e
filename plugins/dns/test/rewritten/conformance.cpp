// The promises of the dns plugin. What is really looked up is of this machine, or of a server on its loopback.
#include "client.hpp"
#include "counted.hpp"
#include "name_server.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/dns.hpp>

#include <arpa/nameser.h>

namespace {

using tripwire::anything;
using tripwire::dns;
using tripwire::matcher_of;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;
using tripwire::plugins::DnsFamily;
using tripwire::plugins::DnsNameFlags;
using tripwire::plugins::DnsSocketType;

/// An assertion of another operation, as no word of the plugin would put it together.
void assert_another(const std::vector<std::pair<const char *, tripwire::Matcher>> &fields) {
  tripwire::plugin::Assertion assertion(tripwire::plugins::dns_plugin(), "", tripwire::Place::here());
  assertion.field("operation", matcher_of("another"));
  for (const auto &[name, matcher] : fields)
    assertion.field(name, matcher);
  assertion.check();
}

Use looking_up(const std::string &host, const std::string &service) {
  Use use;
  use.name = "getaddrinfo " + service;
  use.call = [=] {
    const addrinfo hints = client::hints(AF_INET, SOCK_STREAM, AI_CANONNAME);
    client::look_up(host.c_str(), service.c_str(), &hints);
  };
  use.mock = [=] { dns.mock_getaddrinfo(host).addresses({"192.0.2.7"}).port(80); };
  use.mock_optional = [=] { dns.mock_getaddrinfo(host).addresses({"192.0.2.7"}).port(80).optional(); };
  use.assert_mocked = [=] { dns.assert_getaddrinfo(host, service, AF_INET, SOCK_STREAM, 0, AI_CANONNAME); };
  use.wrong = {
      {"operation",
       [=] {
         assert_another({{"host", matcher_of(host)},
                         {"service", matcher_of(service)},
                         {"family", matcher_of(AF_INET)},
                         {"type", matcher_of(SOCK_STREAM)},
                         {"flags", matcher_of(AI_CANONNAME)}});
       }},
      {"host", [=] { dns.assert_getaddrinfo(host + "x", service, AF_INET, SOCK_STREAM, 0, AI_CANONNAME); }},
      {"service", [=] { dns.assert_getaddrinfo(host, service + "x", AF_INET, SOCK_STREAM, 0, AI_CANONNAME); }},
      {"family", [=] { dns.assert_getaddrinfo(host, service, AF_INET6, SOCK_STREAM, 0, AI_CANONNAME); }},
      {"type", [=] { dns.assert_getaddrinfo(host, service, AF_INET, SOCK_DGRAM, 0, AI_CANONNAME); }},
      {"flags", [=] { dns.assert_getaddrinfo(host, service, AF_INET, SOCK_STREAM, 0, AI_PASSIVE); }},
  };
  use.mock_failure = [=] { dns.mock_getaddrinfo(host).fails(EAI_AGAIN); };
  use.assert_failure = [=] {
    dns.assert_getaddrinfo_raised(host, service, EAI_AGAIN, AF_INET, SOCK_STREAM, 0, AI_CANONNAME);
  };
  use.pass_through = [=] { dns.pass_through(host); };
  if (service == "80")
    use.assert_real = use.assert_mocked;
  else
    use.assert_real = [=] {
      dns.assert_getaddrinfo_raised(host, service, EAI_SERVICE, AF_INET, SOCK_STREAM, 0, AI_CANONNAME);
    };
  return use;
}

Use host(const std::string &name) {
  Use use;
  use.name = "gethostbyname";
  use.call = [=] { client::host(name); };
  use.mock = [=] { dns.mock_gethostbyname(name).addresses({"192.0.2.7"}); };
  use.mock_optional = [=] { dns.mock_gethostbyname(name).addresses({"192.0.2.7"}).optional(); };
  use.assert_mocked = [=] { dns.assert_gethostbyname(name); };
  use.wrong = {{"operation",
                [=] {
                  assert_another({{"host", matcher_of(name)}});
                }},
               {"host", [=] { dns.assert_gethostbyname(name + "x"); }}};
  use.mock_failure = [=] { dns.mock_gethostbyname(name).fails(TRY_AGAIN); };
  use.assert_failure = [=] { dns.assert_gethostbyname_raised(name, TRY_AGAIN); };
  use.pass_through = [=] { dns.pass_through(name); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use name_of(const std::string &address) {
  Use use;
  use.name = "getnameinfo";
  use.call = [=] { client::name_of(address, 80, NI_DGRAM); };
  use.mock = [=] { dns.mock_getnameinfo(address).name("here.test").service("web"); };
  use.mock_optional = [=] { dns.mock_getnameinfo(address).name("here.test").optional(); };
  use.assert_mocked = [=] { dns.assert_getnameinfo(address, "80", NI_DGRAM); };
  use.wrong = {{"operation",
                [=] {
                  assert_another(
                      {{"host", matcher_of(address)}, {"service", matcher_of("80")}, {"flags", matcher_of(NI_DGRAM)}});
                }},
               {"host", [=] { dns.assert_getnameinfo(address + "x", "80", NI_DGRAM); }},
               {"service", [=] { dns.assert_getnameinfo(address, "81", NI_DGRAM); }},
               {"flags", [=] { dns.assert_getnameinfo(address, "80", NI_NAMEREQD); }}};
  use.mock_failure = [=] { dns.mock_getnameinfo(address).fails(EAI_FAIL); };
  use.assert_failure = [=] { dns.assert_getnameinfo_raised(address, "80", EAI_FAIL, NI_DGRAM); };
  use.pass_through = [=] { dns.pass_through(address); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use host_of(const std::string &address) {
  Use use;
  use.name = "gethostbyaddr";
  use.call = [=] { client::host_of(address); };
  use.mock = [=] { dns.mock_gethostbyaddr(address).name("here.test"); };
  use.mock_optional = [=] { dns.mock_gethostbyaddr(address).name("here.test").optional(); };
  use.assert_mocked = [=] { dns.assert_gethostbyaddr(address); };
  use.wrong = {{"operation",
                [=] {
                  assert_another({{"host", matcher_of(address)}});
                }},
               {"host", [=] { dns.assert_gethostbyaddr(address + "x"); }}};
  use.mock_failure = [=] { dns.mock_gethostbyaddr(address).fails(HOST_NOT_FOUND); };
  use.assert_failure = [=] { dns.assert_gethostbyaddr_raised(address, HOST_NOT_FOUND); };
  use.pass_through = [=] { dns.pass_through(address); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use resolving(const std::string &name) {
  Use use;
  use.name = "resolve " + name;
  use.call = [=] {
    std::string response;
    client::query(name, ns_t_a, response);
  };
  use.mock = [=] { dns.mock_resolve(name, "A").records({"192.0.2.7"}); };
  use.mock_optional = [=] { dns.mock_resolve(name, ns_t_a).records({"192.0.2.7"}).optional(); };
  use.assert_mocked = [=] { dns.assert_resolve(name, "A"); };
  use.wrong = {
      {"operation",
       [=] {
         assert_another({{"host", matcher_of(name)}, {"rdtype", matcher_of("A")}});
       }},
      {"host", [=] { dns.assert_resolve(name + "x", "A"); }},
      {"rdtype", [=] { dns.assert_resolve(name, ns_t_mx); }},
  };
  use.mock_failure = [=] { dns.mock_resolve(name, "A").fails(NO_DATA); };
  use.assert_failure = [=] { dns.assert_resolve_raised(name, "A", NO_DATA); };
  use.pass_through = [=] { dns.pass_through(name); };
  if (name == "known.test")
    use.assert_real = use.assert_mocked;
  else // no such name, or none at all
    use.assert_real = [=] { dns.assert_resolve_raised(name, "A", anything); };
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  const NameServer server;
  client::ask_server_at(server.port());
  Subject subject(tripwire::plugins::dns_plugin());
  subject.real_calls = &counted::calls;
  subject.lacks = {"secret"};
  subject.uses.push_back(looking_up("localhost", "80"));
  subject.uses.push_back(looking_up("localhost", "no such service"));
  subject.uses.push_back(host("localhost"));
  subject.uses.push_back(name_of("127.0.0.1"));
  subject.uses.push_back(host_of("127.0.0.1"));
  subject.uses.push_back(resolving("known.test"));
  for (const std::string &text : tripwire::conformance::awkward_texts())
    // A name ends at a zero, and rules can speak of text alone, and of no host with a colon.
    if (!text.empty() && text.find('\0') == std::string::npos && text.find_first_of(":\xff") == std::string::npos)
      subject.uses.push_back(resolving(text));
  return tripwire::conformance::run(subject, count, arguments);
}
