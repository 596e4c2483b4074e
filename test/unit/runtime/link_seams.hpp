// What the tool declares beside the declarations of link.h.
#ifndef LINK_SEAMS_HPP
#define LINK_SEAMS_HPP

#include "link.h"

extern "C" {
extern __typeof__(link_open) tripwire_may_throw_link_open;
extern __typeof__(link_open) tripwire_seam_link_open;
extern __typeof__(link_find) tripwire_may_throw_link_find;
extern __typeof__(link_login) tripwire_may_throw_link_login;
extern __typeof__(link_send) tripwire_may_throw_link_send;
extern __typeof__(link_send) tripwire_seam_link_send;
extern __typeof__(link_close) tripwire_may_throw_link_close;
extern __typeof__(port_connect) tripwire_may_throw_port_connect;
extern __typeof__(port_close) tripwire_may_throw_port_close;
extern __typeof__(stream_open) tripwire_may_throw_stream_open;
extern __typeof__(stream_read) tripwire_may_throw_stream_read;
extern __typeof__(stream_close) tripwire_may_throw_stream_close;
}

#endif
