// the seams of libcurl's multi interface, for the plugin to register
#ifndef TRIPWIRE_PLUGINS_HTTP_MULTI_SEAMS_HPP
#define TRIPWIRE_PLUGINS_HTTP_MULTI_SEAMS_HPP

#include <tripwire/plugin.hpp>

#include <curl/curl.h>

namespace tripwire::plugins::curl {

void on_multi_init(plugin::Visit &visit);
CURLMcode on_multi_add_handle(plugin::Visit &visit, CURLM *multi, CURL *handle);
CURLMcode on_multi_remove_handle(plugin::Visit &visit, CURLM *multi, CURL *handle);
/// Any function that drives transfers and writes how many run into its last argument.
CURLMcode drive_multi(plugin::Visit &visit, CURLM *multi, int *running);
CURLMcode on_multi_socket(plugin::Visit &visit, CURLM *multi, curl_socket_t socket, int *running);
CURLMcode on_multi_socket_action(plugin::Visit &visit, CURLM *multi, curl_socket_t socket, int events, int *running);
CURLMcode on_multi_wait(plugin::Visit &visit, CURLM *multi, curl_waitfd *extra, unsigned int count, int milliseconds,
                        int *ready);
CURLMcode on_multi_poll(plugin::Visit &visit, CURLM *multi, curl_waitfd *extra, unsigned int count, int milliseconds,
                        int *ready);
CURLMcode on_multi_timeout(plugin::Visit &visit, CURLM *multi, long *milliseconds);
CURLMcode on_multi_fdset(plugin::Visit &visit, CURLM *multi, fd_set *readable, fd_set *writable, fd_set *exceptional,
                         int *highest);
CURLMsg *on_multi_info_read(plugin::Visit &visit, CURLM *multi, int *left);
void on_multi_setopt(plugin::Visit &visit);
CURLMcode on_multi_cleanup(plugin::Visit &visit, CURLM *multi);
/// curl_multi_assign and curl_multi_wakeup: libcurl's own affair.
void on_multi_real(plugin::Visit &visit);

/// The easy handle is about to go: it leaves its multi handle, as libcurl has it leave.
void leave_multi(CURL *handle);

} // namespace tripwire::plugins::curl

#endif
