// the options of a handle + the answers of mocks --(perform)--> the callbacks libcurl would make, its code, its facts
#ifndef TRIPWIRE_PLUGINS_HTTP_TRANSFER_HPP
#define TRIPWIRE_PLUGINS_HTTP_TRANSFER_HPP

#include "answer.hpp"
#include "callbacks.hpp"
#include "info.hpp"
#include "mime.hpp"
#include "options.hpp"

#include <chrono>
#include <memory>
#include <set>
#include <string>

namespace tripwire::plugins::curl {

/// The connections that nobody uses right now: those of one easy handle, or of one multi handle.
struct Connections {
  std::multiset<std::string> idle; ///< `https://host:443`: a further request there makes no new connection
};

/// Everything a transfer needs to know about its handle. What it refers to outlives the transfer.
struct Performing {
  CURL *handle;
  Options &options;                ///< a redirect changes the referer
  std::shared_ptr<Multipart> form; ///< of CURLOPT_MIMEPOST; null when unknown
  Connections &connections;
};

/// How a transfer ended.
struct Outcome {
  CURLcode code = CURLE_OK;
  std::string error;        ///< what CURLOPT_ERRORBUFFER gets, when it is not empty
  std::string not_honoured; ///< what the client asked for in vain; empty for nothing
  bool unanswered = false;  ///< Answers::find had no answer to a request
};

/// Plays the transfer of a handle that is set to \p url: asks \p answers for each request, reads the request's body,
/// delivers the response, follows redirects. \p info is filled as libcurl would fill it, also on errors. What a
/// callback of the user's throws passes through.
class Transfer {
public:
  Transfer(const Performing &performing, Url url, Answers &answers, Info &info);
  Transfer(const Transfer &) = delete;
  Transfer &operator=(const Transfer &) = delete;
  ~Transfer();

  /// Plays on until the far end has to be waited for, or to the end. Not to be called at the end, nor after it threw.
  void go_on();
  bool is_over() const;
  /// Where the far end has to be waited for: how long it takes to be heard, or the client to lose patience. Nobody
  /// need really wait that long.
  std::chrono::microseconds wait() const;
  /// At the end: how it went.
  const Outcome &outcome() const;

private:
  class Played;
  std::unique_ptr<Played> played_;
};

/// Plays a whole transfer.
Outcome perform(const Performing &performing, const Url &url, Answers &answers, Info &info);

} // namespace tripwire::plugins::curl

#endif
