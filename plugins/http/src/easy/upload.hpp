// the options of a handle --(Upload)--> the body of its request, read through the user's callbacks
#ifndef TRIPWIRE_PLUGINS_HTTP_UPLOAD_HPP
#define TRIPWIRE_PLUGINS_HTTP_UPLOAD_HPP

#include "callbacks.hpp"
#include "mime.hpp"
#include "request.hpp"

#include <memory>
#include <string>

namespace tripwire::plugins::curl {

/// The body of one request. First planned, for the head; then read, once.
class Upload {
public:
  /// \p form is what the handle's CURLOPT_MIMEPOST holds, null when nobody knows or there is none.
  Upload(const Options &options, const Callbacks &callbacks, std::shared_ptr<Multipart> form);

  /// Works out sizes and headers for a request with that verb. Reads nothing but facts about files.
  Step plan(const Follow &follow, BodyPlan &result);

  /// Behind a redirect: goes back to the beginning of what was read, if the next request sends it again.
  Step rewind(const Follow &follow);

  /// Once it is known that the request is made, before anything of it is sent: leaves out what a resumed upload does
  /// not send.
  Step prepare(const Follow &follow);

  /// Reads the body. On failure \p body holds what came before it.
  Step read(const Follow &follow, std::string &body);

  /// What the user is told of the size: -1 where nobody knows it.
  curl_off_t shown_size() const;
  /// How many bytes went over the wire, chunk frames included.
  curl_off_t sent() const { return sent_; }
  /// Whether libcurl sends the body along with the head, in one piece.
  bool rides_with_head() const { return rides_with_head_; }

private:
  Step read_whole(const Follow &follow, std::string &body);
  Step read_stream(std::string &body);
  MimeContext mime_context() const;
  /// How much libcurl reads at once.
  std::size_t buffer_size() const;

  const Options &options_;
  const Callbacks &callbacks_;
  std::shared_ptr<Multipart> form_;
  BodyPlan plan_;
  Verb verb_ = Verb::get; ///< of the plan
  curl_off_t sent_ = 0;
  bool rides_with_head_ = false;
  bool is_over_ = false;  ///< all of it was uploaded before: CURLOPT_RESUME_FROM is its end
  bool was_read_ = false; ///< through the stream or the form of the user
};

} // namespace tripwire::plugins::curl

#endif
