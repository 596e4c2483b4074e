// A client as production code would write it: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_CLIENT_HPP

#include <curl/curl.h>

#include <functional>
#include <string>
#include <vector>

namespace client {

struct Response {
  CURLcode code = CURLE_OK;
  long status = 0;
  std::string headers;
  std::string body;
  std::string error;
  std::string effective_url;
};

/// One request; \p more may set further options.
Response fetch(const std::string &url, const std::function<void(CURL *)> &more = {});

Response post(const std::string &url, const std::string &body, const std::vector<std::string> &headers = {});

/// Sends a form with one text field and one file.
Response send_form(const std::string &url, const std::string &text, const std::string &file);

/// Two requests at once, by the multi interface. The number of those that were done.
int fetch_both(const std::string &one, const std::string &other);

} // namespace client

extern "C" {
/// A request from C code. What curl_easy_perform returned.
CURLcode c_fetch(const char *url, long *status);
}

#endif
