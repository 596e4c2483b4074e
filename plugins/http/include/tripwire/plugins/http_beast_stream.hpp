// the bytes of a stream, step by step --(Conversation)--> requests, and the bytes that mocks answer
//
// Included by <tripwire/plugins/http_beast.hpp>. What a mock answers comes to the stream through a connection on this
// machine, so that reading, time-outs, executors and the end of a connection are those of the library itself.
#ifndef TRIPWIRE_PLUGINS_HTTP_BEAST_STREAM_HPP
#define TRIPWIRE_PLUGINS_HTTP_BEAST_STREAM_HPP

#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_beast_messages.hpp>
#include <tripwire/plugins/http_beast_types.hpp>
#include <tripwire/plugins/http_client.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>

#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tripwire::plugins::beast_detail {

/// A message that is read from the wire.
template <bool is_request> class Incoming {
public:
  Incoming() {
    parser.header_limit(std::numeric_limits<std::uint32_t>::max());
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  }

  /// Takes what belongs to the message; how much of \p bytes that was. The rest has to come again, with more.
  std::size_t put(std::string_view bytes, boost::system::error_code &error) {
    parser.eager(true);
    std::size_t taken = 0;
    while (!parser.is_done() && taken < bytes.size()) {
      taken += parser.put(boost::asio::buffer(bytes.data() + taken, bytes.size() - taken), error);
      if (error == http::error::need_more) {
        error = {};
        break;
      }
      if (error)
        break;
    }
    return taken;
  }

  http::parser<is_request, http::string_body> parser;
};

/// Whether these may be the first bytes of a request of HTTP/1: `POST /things HTTP/1.1`.
inline bool may_begin_request(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  const std::size_t space = line.find(' ');
  for (const char letter : line.substr(0, space))
    if ((letter < 'A' || letter > 'Z') && letter != '-')
      return false;
  const bool is_whole = line.size() < bytes.size();
  return space == std::string_view::npos ? !is_whole && line.size() < 32
                                         : !is_whole || line.find(" HTTP/1.") != std::string_view::npos;
}

/// What goes over one stream that a client reads from and writes to.
class Conversation {
public:
  explicit Conversation(HttpStreamState &of) : held_(of.held) {}
  Conversation(const Conversation &) = delete;
  Conversation &operator=(const Conversation &) = delete;
  ~Conversation() { leave(); }

  /// Bytes are to be written: of one request at a time.
  void write(plugin::Visit &visit, HttpStep &step) {
    follow(step.descriptor);
    if (is_foreign_)
      return;
    if (ahead_ >= step.bytes.size() || (ahead_ != 0 && request_ == nullptr))
      step.size = std::min(ahead_, step.bytes.size());
    else if (request_ != nullptr)
      go_on(step);
    else
      begin(visit, step);
    if (is_reading_ && peer_ >= 0)
      deliver(step);
  }

  /// So many were written to the real far end.
  void wrote(const HttpStep &step) {
    ahead_ -= std::min(ahead_, step.bytes.size());
    if (!step.error)
      return;
    if (sending_ == nullptr && !waiting_.empty()) {
      sending_ = std::move(waiting_.back().exchange);
      waiting_.pop_back();
    }
    if (sending_ != nullptr)
      sending_->failed(AnyValue(HttpErrorOf<boost::system::error_code>{step.error}));
    sending_.reset();
    request_.reset();
  }

  /// Something is to be read.
  void read(plugin::Visit &visit, HttpStep &step) {
    follow(step.descriptor);
    if (is_foreign_ || (peer_ < 0 && !http_leads_nowhere(step.descriptor)))
      return;
    if (peer_ < 0)
      go_nowhere(step);
    int unread = 0;
    const int own = step.new_descriptor < 0 ? step.descriptor : step.new_descriptor;
    if (!out_.empty() || (::ioctl(own, FIONREAD, &unread) == 0 && unread > 0))
      pump();
    else if (!waiting_.empty())
      deliver(step);
    else
      wait(visit, step);
  }

  /// These bytes came from the real far end, or an error did.
  void came(const HttpStep &step) {
    is_reading_ = false;
    if (is_foreign_ || peer_ >= 0 || waiting_.empty())
      return;
    heard_ += step.bytes;
    while (!heard_.empty() && !waiting_.empty()) {
      boost::system::error_code error;
      heard_.erase(0, response().put(heard_, error));
      if (!error && !response_->parser.is_done())
        break;
      heard(error);
    }
    if (step.error && !waiting_.empty()) {
      boost::system::error_code error = step.error;
      if (step.error == boost::asio::error::eof && response().parser.got_some())
        response_->parser.put_eof(error);
      else if (step.error == boost::asio::error::eof)
        error = http::error::end_of_stream;
      heard(error);
    }
  }

  /// Nobody answers any more: what is on the way comes, and then the end of the connection.
  void end() {
    give_up();
    pump();
    if (peer_ >= 0)
      ::shutdown(peer_, SHUT_WR);
  }

private:
  struct Waiting {
    std::unique_ptr<HttpExchange> exchange;
    bool has_body; ///< of the response; false for HEAD
  };

  static unsigned short local_port(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (descriptor < 0 || ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
      return 0;
    // The port stands in the same place in both kinds.
    return address.ss_family == AF_INET || address.ss_family == AF_INET6
               ? ntohs(reinterpret_cast<const sockaddr_in &>(address).sin_port)
               : 0;
  }

  /// Another connection, another conversation.
  void follow(int descriptor) {
    const unsigned short port = local_port(descriptor);
    if (port == port_)
      return;
    leave();
    port_ = port;
  }

  /// The answers of mocks that are asked for never come.
  void give_up() {
    for (Waiting &each : waiting_)
      if (!each.exchange->is_real())
        each.exchange->failed(AnyValue(HttpCancelled()));
    waiting_.clear();
  }

  void leave() {
    give_up();
    if (peer_ >= 0)
      ::close(peer_);
    peer_ = -1;
    port_ = 0;
    ahead_ = 0;
    is_foreign_ = is_reading_ = ends_ = continues_ = false;
    sending_.reset();
    request_.reset();
    response_.reset();
    for (std::string *each : {&held_, &heard_, &out_})
      each->clear();
  }

  /// These and all further bytes of the connection are no requests of a client.
  void is_foreign(HttpStep &step, std::size_t held_before) {
    is_foreign_ = true;
    step.before = held_.substr(0, held_before);
    held_.clear();
  }

  void begin(plugin::Visit &visit, HttpStep &step) {
    const std::size_t held_before = held_.size();
    held_ += step.bytes;
    if (!may_begin_request(held_))
      return is_foreign(step, held_before);
    auto request = std::make_unique<Incoming<true>>();
    boost::system::error_code error;
    const std::size_t taken = request->put(held_, error);
    if (error)
      http_cannot_see(visit, "a request that cannot be read: " + error.message());
    if (error || is_tunnel(*request))
      return is_foreign(step, held_before);
    if (!request->parser.is_header_done()) {
      step.is_real = false;
      return;
    }
    const std::string before = held_.substr(0, held_before);
    held_.erase(0, taken);
    std::string behind = std::move(held_); // also when the request is refused
    held_.clear();
    const auto &head = request->parser.get();
    const HttpLines headers = lines_of(head);
    sending_ = std::make_unique<HttpExchange>(visit, std::string(head.method_string()),
                                              url_of(false, std::string(head.target()), headers));
    if (sending_->is_real())
      send_real(step, before);
    else
      send_mocked(step);
    continues_ = beast::iequals(head[http::field::expect], "100-continue");
    request_ = std::move(request);
    held_ = std::move(behind);
    take_body(step);
    ahead_ = step.is_real ? step.size : 0;
    end_request();
  }

  /// What becomes another protocol with its answer.
  static bool is_tunnel(Incoming<true> &request) {
    if (!request.parser.is_header_done())
      return false;
    const auto &head = request.parser.get();
    return head.method() == http::verb::connect || beast::iequals(head[http::field::upgrade], "websocket");
  }

  void send_real(HttpStep &step, const std::string &before) {
    if (peer_ >= 0 || http_leads_nowhere(step.descriptor)) {
      const std::unique_ptr<HttpExchange> exchange = std::move(sending_);
      exchange->cannot_honour("it is let through, and its connection is one that mocks answer; mock all requests to "
                              "this host, or none");
    }
    step.before = before;
  }

  void send_mocked(HttpStep &step) {
    const HttpAnswered &answer = sending_->answer();
    if (!answer.error.empty() && error_of(answer) == nullptr) {
      const std::unique_ptr<HttpExchange> exchange = std::move(sending_);
      exchange->cannot_honour("its error is no boost::system::error_code");
    }
    if (peer_ < 0 && !waiting_.empty()) {
      const std::unique_ptr<HttpExchange> exchange = std::move(sending_);
      exchange->cannot_honour("a real response is still on the way over its connection");
    }
    if (peer_ < 0)
      go_nowhere(step);
    step.is_real = false;
  }

  void go_on(HttpStep &step) {
    held_.append(step.bytes, ahead_, std::string::npos);
    step.is_real = sending_->is_real();
    take_body(step);
    ahead_ = step.is_real ? step.size : 0;
    end_request();
  }

  /// Bytes behind the request's end are none of it.
  void take_body(HttpStep &step) {
    boost::system::error_code error;
    held_.erase(0, request_->put(held_, error));
    if (!request_->parser.is_done() && !error)
      return;
    step.size -= held_.size();
    held_.clear();
  }

  void end_request() {
    if (!request_->parser.is_done())
      return;
    const auto &message = request_->parser.get();
    sending_->sent(lines_of(message), message.body());
    waiting_.push_back({std::move(sending_), message.method() != http::verb::head});
    request_.reset();
  }

  /// From now on the stream has a connection whose other end is here.
  void go_nowhere(HttpStep &step) {
    int ends[2] = {-1, -1};
    if (!http_nowhere(ends))
      return;
    step.new_descriptor = ends[0];
    peer_ = ends[1];
    port_ = local_port(ends[0]);
  }

  /// Lets the next answer come.
  void deliver(HttpStep &step) {
    if (waiting_.empty())
      return;
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    const HttpAnswered &answer = next.exchange->answer();
    boost::system::error_code error = answer.error.empty() ? boost::system::error_code() : *error_of(answer);
    if (step.is_async && step.state.expires && std::chrono::steady_clock::now() + answer.delay >= step.state.expiry)
      error = beast::error::timeout;
    if (error) {
      next.exchange->failed(AnyValue(HttpErrorOf<boost::system::error_code>{error}));
      fail(step, error);
      return;
    }
    next.exchange->answered();
    HttpAnswered sent = answer;
    if (!next.has_body || sent.status == 204 || sent.status == 304)
      sent.body.clear();
    ends_ = next.has_body && ends_with_connection(sent);
    out_ = text_of(sent);
    pump();
  }

  void fail(HttpStep &step, const boost::system::error_code &error) {
    if (step.kind != HttpStep::Kind::read) {
      ::shutdown(peer_, SHUT_WR); // who reads already learns of an end
      return;
    }
    step.error = error;
    step.is_real = false;
  }

  static bool ends_with_connection(const HttpAnswered &answer) {
    bool is_framed = answer.status == 204 || answer.status == 304;
    for (const auto &[name, value] : answer.headers) {
      if (beast::iequals(name, "Connection") && beast::iequals(value, "close"))
        return true;
      is_framed = is_framed || beast::iequals(name, "Content-Length") || beast::iequals(name, "Transfer-Encoding");
    }
    return !is_framed;
  }

  /// As much as the connection takes; the rest with the next read.
  void pump() {
    while (!out_.empty()) {
      const ssize_t size = ::send(peer_, out_.data(), out_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (size <= 0)
        return;
      out_.erase(0, static_cast<std::size_t>(size));
    }
    if (ends_)
      ::shutdown(peer_, SHUT_WR);
  }

  /// Nothing is on the way to the stream.
  void wait(plugin::Visit &visit, HttpStep &step) {
    if (request_ != nullptr && continues_) {
      continues_ = false;
      out_ = "HTTP/1.1 100 Continue\r\n\r\n";
      pump();
    } else if (step.is_async) {
      is_reading_ = true;
    } else {
      if (request_ != nullptr)
        http_cannot_see(visit, "a response that is read before its request is whole");
      ::shutdown(peer_, SHUT_WR); // nobody would ever answer
    }
  }

  Incoming<false> &response() {
    if (response_ == nullptr) {
      response_ = std::make_unique<Incoming<false>>();
      response_->parser.skip(!waiting_.front().has_body);
    }
    return *response_;
  }

  /// The first response is over, or ended so.
  void heard(const boost::system::error_code &error) {
    const std::unique_ptr<Incoming<false>> response = std::move(response_);
    if (error) {
      waiting_.front().exchange->failed(AnyValue(HttpErrorOf<boost::system::error_code>{error}));
    } else {
      const auto &message = response->parser.get();
      if (message.result_int() < 200 && message.result_int() != 101)
        return;
      waiting_.front().exchange->answered(message.result_int(), lines_of(message), message.body());
    }
    waiting_.pop_front();
  }

  unsigned short port_ = 0; ///< of the stream's own end: which connection this is
  bool is_foreign_ = false;
  bool is_reading_ = false; ///< a read waits for what no request has asked for yet
  bool continues_ = false;  ///< the client waits for `100 Continue`
  bool ends_ = false;       ///< the connection ends behind `out_`
  int peer_ = -1;           ///< the other end, where mocks answer
  std::size_t ahead_ = 0;   ///< so many bytes were looked at and are not over the wire yet
  std::string &held_;       ///< of a request, taken from the client and not understood yet
  std::string heard_;       ///< of a real response, not understood yet
  std::string out_;         ///< on the way to the client
  std::unique_ptr<Incoming<true>> request_;
  std::unique_ptr<HttpExchange> sending_; ///< that of `request_`
  std::deque<Waiting> waiting_;
  std::unique_ptr<Incoming<false>> response_;
};

inline void on_step(plugin::Visit &visit) {
  auto &step = *static_cast<HttpStep *>(*visit.argument_as<void *>(0));
  const std::lock_guard<std::mutex> lock(step.state.mutex);
  if (step.state.conversation == nullptr)
    step.state.conversation = std::make_shared<Conversation>(step.state);
  step.state.end = [](void *conversation) { static_cast<Conversation *>(conversation)->end(); };
  auto &conversation = *static_cast<Conversation *>(step.state.conversation.get());
  switch (step.kind) {
  case HttpStep::Kind::write:
    conversation.write(visit, step);
    break;
  case HttpStep::Kind::wrote:
    conversation.wrote(step);
    break;
  case HttpStep::Kind::read:
    conversation.read(visit, step);
    break;
  case HttpStep::Kind::came:
    conversation.came(step);
    break;
  }
  visit.answer<bool>(true);
}

inline const bool registered_streams = http_observe_streams(&on_step);

} // namespace tripwire::plugins::beast_detail

#endif
