// A part of the project's transport, below HTTP, that is rewritten as well.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_HTTPLIB_TRANSPORT_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_HTTPLIB_TRANSPORT_HPP

namespace transport {

/// Sets what the project wants of each socket that a client opens.
void tune(int socket);

} // namespace transport

#endif
