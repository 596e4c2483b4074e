// A client as production code would write it: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_CLIENT_HPP

#include <curl/curl.h>

#include <functional>
#include <memory>
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

/// The same by the multi interface.
Response fetch_by_multi(const std::string &url, const std::function<void(CURL *)> &more = {});

Response post(const std::string &url, const std::string &body, const std::vector<std::string> &headers = {});

/// Sends a form with one text field and one file.
Response send_form(const std::string &url, const std::string &text, const std::string &file);

/// Several requests at once, in one multi handle.
class Several {
public:
  explicit Several(const std::vector<std::string> &urls);
  Several(const Several &) = delete;
  Several &operator=(const Several &) = delete;
  ~Several();

  struct Done {
    std::size_t which;
    CURLcode code;
    std::string body;
    std::string error;
  };
  std::vector<Done> done; ///< in the order of their messages

  CURLM *multi() const { return multi_; }
  CURL *handle(std::size_t which) const;

  /// Lets the transfers go on, waits for the next thing to do, and reads messages. How many transfers run.
  int step(int milliseconds = 1000);
  /// As step(), until nothing runs.
  void finish() {
    while (step() > 0) {
    }
  }
  void read_messages();
  /// Takes the handle out, whatever its transfer is at.
  void give_up(std::size_t which);

private:
  struct Each;

  CURLM *multi_;
  std::vector<std::unique_ptr<Each>> each_;
};

} // namespace client

extern "C" {
/// A request from C code. What curl_easy_perform returned.
CURLcode c_fetch(const char *url, long *status);
/// The same by the multi interface, which goes on when a call of it fails. What the message says.
CURLcode c_fetch_by_multi(const char *url);
}

#endif
