// c-ares' look-ups --> the same answers as libc's, when the channel works
#ifndef TRIPWIRE_PLUGINS_DNS_ON_ARES_HPP
#define TRIPWIRE_PLUGINS_DNS_ON_ARES_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

// Look-ups.
void on_ares_getaddrinfo(plugin::Visit &visit);
void on_ares_gethostbyname(plugin::Visit &visit);
void on_ares_gethostbyaddr(plugin::Visit &visit);
void on_ares_query(plugin::Visit &visit);
void on_ares_send(plugin::Visit &visit);
void on_ares_getnameinfo(plugin::Visit &visit);

// How a channel works.
void on_ares_init_options(plugin::Visit &visit);
void on_ares_dup(plugin::Visit &visit);
void on_ares_destroy(plugin::Visit &visit);
void on_ares_cancel(plugin::Visit &visit);
void on_ares_fds(plugin::Visit &visit);
void on_ares_getsock(plugin::Visit &visit);
void on_ares_process(plugin::Visit &visit);

} // namespace tripwire::plugins

#endif
