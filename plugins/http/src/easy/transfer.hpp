// the options of a handle + the answers of mocks --(perform)--> the callbacks libcurl would make, its code, its facts
#ifndef TRIPWIRE_PLUGINS_HTTP_TRANSFER_HPP
#define TRIPWIRE_PLUGINS_HTTP_TRANSFER_HPP

#include "answer.hpp"
#include "callbacks.hpp"
#include "info.hpp"
#include "mime.hpp"
#include "options.hpp"

#include <memory>
#include <set>
#include <string>

namespace tripwire::plugins::curl {

/// What one handle keeps from transfer to transfer.
struct Connections {
  std::set<std::string> open; ///< `https://host:443`: a further request there makes no new connection
};

/// Everything a transfer needs to know about its handle. Borrowed for the time of the transfer.
struct Performing {
  CURL *handle;
  const Options &options;
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
Outcome perform(const Performing &performing, const Url &url, Answers &answers, Info &info);

} // namespace tripwire::plugins::curl

#endif
