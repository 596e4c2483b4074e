// the seams of resolvers --(handlers)--> look-ups, answered by what the test says
#include "plugin.hpp"

#include "hints.hpp"
#include "lookup.hpp"
#ifdef TRIPWIRE_DNS_ARES
#include "on_ares.hpp"
#endif

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_dns;

namespace tripwire::plugins {

namespace {

class DnsPlugin final : public plugin::Plugin {
public:
  DnsPlugin() : Plugin(tripwire_manifest_dns, "<tripwire/plugins/dns.hpp>") {
    observe("getaddrinfo", &on_getaddrinfo);
    observe("getnameinfo", &on_getnameinfo);
    observe("gethostbyname", &on_gethostbyname);
    observe("gethostbyname2", &on_gethostbyname2);
    observe("gethostbyname_r", &on_gethostbyname_r);
    observe("gethostbyname2_r", &on_gethostbyname2_r);
    observe("gethostbyaddr", &on_gethostbyaddr);
    observe("gethostbyaddr_r", &on_gethostbyaddr_r);
    observe("res_query", &on_res_query);
    observe("res_search", &on_res_query);
    observe("res_nquery", &on_res_nquery);
    observe("res_nsearch", &on_res_nquery);
    observe("res_querydomain", &on_res_querydomain);
    observe("res_nquerydomain", &on_res_nquerydomain);
    observe("res_send", &on_res_send);
    observe("res_nsend", &on_res_nsend);
#ifdef TRIPWIRE_DNS_ARES
    observe("ares_getaddrinfo", &on_ares_getaddrinfo);
    observe("ares_gethostbyname", &on_ares_gethostbyname);
    observe("ares_gethostbyaddr", &on_ares_gethostbyaddr);
    observe("ares_query", &on_ares_query);
    observe("ares_search", &on_ares_query);
    observe("ares_send", &on_ares_send);
    observe("ares_getnameinfo", &on_ares_getnameinfo);
    // Channels outlive tests.
    observe("ares_init_options", &on_ares_init_options, plugin::Watch::always);
    observe("ares_dup", &on_ares_dup, plugin::Watch::always);
    observe("ares_destroy", &on_ares_destroy, plugin::Watch::always);
    observe("ares_cancel", &on_ares_cancel, plugin::Watch::always);
    observe("ares_fds", &on_ares_fds, plugin::Watch::always);
    observe("ares_getsock", &on_ares_getsock, plugin::Watch::always);
    observe("ares_process", &on_ares_process, plugin::Watch::always);
    observe("ares_process_fd", &on_ares_process, plugin::Watch::always);
#endif
  }

  std::string mock_line(const plugin::Description &call) const override { return dns_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return dns_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &dns_plugin() {
  static DnsPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = dns_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_dns() {}
