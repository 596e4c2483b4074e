// curl_easy_* and curl_mime_* calls, after the real ones --(Handles)--> what is known of each handle
//
// One table for the process: handles wander between threads, though each is used by one thread at a time.
#ifndef TRIPWIRE_PLUGINS_HTTP_HANDLES_HPP
#define TRIPWIRE_PLUGINS_HTTP_HANDLES_HPP

#include "info.hpp"
#include "mime.hpp"
#include "options.hpp"
#include "transfer.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tripwire::plugins::curl {

/// What is known of one easy handle. Used by one thread at a time, as the handle itself.
struct Easy {
  Options options;
  std::shared_ptr<Multipart> duplicated_form; ///< of CURLOPT_MIMEPOST, when the handle came from curl_easy_duphandle
  Connections connections;
  Info info;
  bool last_was_mocked = false; ///< mocks answered the last transfer, or answer it right now: `info` has its facts
  CURLM *multi = nullptr;       ///< the multi handle that it was added to
  bool performing = false;
  bool capturing = false; ///< a real transfer is being recorded: see Capture::owns
  bool complete = true;   ///< every call on it was seen since it was made
};

class Handles {
public:
  /// The one table.
  static Handles &all();

  /// Takes note of a new handle.
  void made(CURL *handle);
  /// What is known of \p handle; a handle that unrewritten code made is known incompletely. Never null.
  std::shared_ptr<Easy> find(CURL *handle);
  void duplicated(CURL *from, CURL *to);
  void reset(CURL *handle);
  void gone(CURL *handle);

  void mime_made(curl_mime *mime);
  void mime_gone(curl_mime *mime);
  void part_added(curl_mime *mime, curl_mimepart *part);
  /// Makes \p mime the content of \p part.
  void part_holds(curl_mimepart *part, curl_mime *mime);
  /// Null for a part that unrewritten code made.
  std::shared_ptr<MimePart> part(curl_mimepart *part);
  /// What CURLOPT_MIMEPOST of the handle holds; null when it is unknown or there is none.
  std::shared_ptr<Multipart> form_of(const Easy &easy);

private:
  struct Mime {
    std::shared_ptr<Multipart> form;
    std::vector<curl_mimepart *> parts;
  };
  struct Part {
    std::shared_ptr<MimePart> facts;
    curl_mime *holds = nullptr;
  };

  void forget(curl_mime *mime);

  std::mutex mutex_;
  std::unordered_map<CURL *, std::shared_ptr<Easy>> easy_;
  std::unordered_map<curl_mime *, Mime> mimes_;
  std::unordered_map<curl_mimepart *, Part> parts_;
};

} // namespace tripwire::plugins::curl

#endif
