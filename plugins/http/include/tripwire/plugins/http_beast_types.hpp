// beast::tcp_stream --(type seam)--> one whose bytes a test looks at
//
// Included in front of production code, so it includes nothing of tripwire's, and is C++14. What the bytes mean, the
// test program knows: <tripwire/plugins/http_beast.hpp>.
#ifndef TRIPWIRE_PLUGINS_HTTP_BEAST_TYPES_HPP
#define TRIPWIRE_PLUGINS_HTTP_BEAST_TYPES_HPP

// Warnings of the project's are about the project.
#pragma GCC system_header

#include "http_asio_types.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/async_base.hpp>
#include <boost/beast/core/buffer_traits.hpp>
#include <boost/beast/core/buffers_prefix.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <boost/throw_exception.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

namespace tripwire {
namespace plugins {

/// What the plugin keeps of one stream. Operations that are under way hold it, too.
struct HttpStreamState {
  std::mutex mutex; ///< held during each step
  std::string held; ///< of a request: taken from the program, and not understood yet
  std::shared_ptr<void> conversation;
  void (*end)(void *conversation) = nullptr; ///< nobody watches it any more
  bool expires = false;
  std::chrono::steady_clock::time_point expiry;
};

/// One step of a stream: what it is about to do, or has done, and what becomes of it.
struct HttpStep {
  enum class Kind {
    write, ///< bytes are to be written
    wrote, ///< they were, as many as there are here, or `error` came
    read,  ///< something is to be read
    came,  ///< these bytes came, or `error` did
  };

  Kind kind;
  HttpStreamState &state;
  int descriptor;
  bool is_async;
  std::string bytes;
  boost::system::error_code error; ///< of `write` and `read`: ends the operation, unless it is to be made

  /// Of `write` and `read`: the real operation is to be made. Else it ends by `error`, or with the bytes taken.
  bool is_real = true;
  std::size_t size = 0;    ///< of `write`: so many of the bytes go over the wire, or are taken
  std::string before;      ///< of `write`: taken before, and to go over the wire first
  int new_descriptor = -1; ///< takes the place of the stream's own
};

/// Shows a step to the test; throws what it refuses. False, and nothing happens, where nobody watches. Of a step
/// \p is_of_program messages say where the program made it.
bool http_stream_step(HttpStep &step, bool is_of_program);

} // namespace plugins

namespace http_beast {

/// Takes the place of `beast::tcp_stream`, and passes for one.
class tcp_stream : public boost::beast::tcp_stream {
  using Base = boost::beast::tcp_stream;
  using Error = boost::system::error_code;
  using Step = plugins::HttpStep;
  using State = plugins::HttpStreamState;
  using Kind = Step::Kind;
  using DefaultToken = boost::asio::default_completion_token<Base::executor_type>::type;

public:
  using Base::Base;
  tcp_stream(Base &&other) : Base(std::move(other)) {} // NOLINT: what a library made
  tcp_stream(tcp_stream &&other) = default;

  void expires_after(boost::asio::steady_timer::duration time) {
    Base::expires_after(time);
    expires(boost::asio::steady_timer::clock_type::now() + time);
  }
  void expires_at(boost::asio::steady_timer::time_point time) {
    Base::expires_at(time);
    expires(time);
  }
  void expires_never() {
    Base::expires_never();
    state_->expires = false;
  }

  template <class Buffers> std::size_t write_some(const Buffers &buffers, Error &error) {
    return write(buffers, error);
  }
  template <class Buffers> std::size_t write_some(const Buffers &buffers) {
    Error error;
    const std::size_t size = write(buffers, error);
    if (error)
      BOOST_THROW_EXCEPTION(boost::system::system_error(error));
    return size;
  }
  template <class Buffers, class Token = DefaultToken>
  auto async_write_some(const Buffers &buffers, Token &&token = Token()) {
    return boost::asio::async_initiate<Token, void(Error, std::size_t)>(StartWriting(), token, this, buffers);
  }

  template <class Buffers> std::size_t read_some(const Buffers &buffers, Error &error) { return read(buffers, error); }
  template <class Buffers> std::size_t read_some(const Buffers &buffers) {
    Error error;
    const std::size_t size = read(buffers, error);
    if (error)
      BOOST_THROW_EXCEPTION(boost::system::system_error(error));
    return size;
  }
  template <class Buffers, class Token = DefaultToken>
  auto async_read_some(const Buffers &buffers, Token &&token = Token()) {
    return boost::asio::async_initiate<Token, void(Error, std::size_t)>(StartReading(), token, this, buffers);
  }

private:
  // Each operation has one way for all kinds of handlers, buffers and ends: programs instantiate these often.

  /// Tells the plugin what a real read brought, then its handler.
  template <class Handler, class Buffers> class HasRead : public boost::beast::async_base<Handler, executor_type> {
  public:
    template <class Own>
    HasRead(Own &&handler, tcp_stream &stream, const Buffers &buffers)
        : boost::beast::async_base<Handler, executor_type>(std::forward<Own>(handler), stream.get_executor()),
          state_(stream.state_), buffers_(buffers) {}

    void operator()(Error error, std::size_t size) {
      tell(*state_, Kind::came, buffers_, size, error, true);
      this->complete_now(error, size);
    }

  private:
    std::shared_ptr<State> state_;
    Buffers buffers_;
  };

  /// Writes a text as a whole, tells the plugin how that ended, then its handler. Of the text, what was taken before is
  /// none of the handler's.
  template <class Handler> class HasWritten : public boost::beast::async_base<Handler, executor_type> {
  public:
    template <class Own>
    HasWritten(Own &&handler, tcp_stream &stream, Step step)
        : boost::beast::async_base<Handler, executor_type>(std::forward<Own>(handler), stream.get_executor()),
          state_(stream.state_), own_(step.before.size()),
          text_(std::make_shared<std::string>(std::move(step.before))) {
      text_->append(step.bytes, 0, step.size);
    }

    boost::asio::const_buffer buffer() const { return boost::asio::buffer(*text_); }

    void operator()(Error error, std::size_t) {
      const boost::asio::const_buffer own = error ? boost::asio::const_buffer() : buffer() + own_;
      tell(*state_, Kind::wrote, own, own.size(), error, true);
      this->complete_now(error, own.size());
    }

  private:
    std::shared_ptr<State> state_;
    std::size_t own_;
    std::shared_ptr<std::string> text_;
  };

  struct StartWriting {
    template <class Handler, class Buffers>
    void operator()(Handler &&handler, tcp_stream *stream, const Buffers &buffers) const {
      Step step = stream->step(Kind::write, true);
      stream->show(step, buffers);
      if (!step.is_real)
        return plugins::http_tell_later(stream->get_executor(), std::forward<Handler>(handler), step.error, step.size);
      HasWritten<typename std::decay<Handler>::type> written(std::forward<Handler>(handler), *stream, std::move(step));
      const boost::asio::const_buffer text = written.buffer();
      boost::asio::async_write(stream->base(), text, std::move(written));
    }
  };

  struct StartReading {
    template <class Handler, class Buffers>
    void operator()(Handler &&handler, tcp_stream *stream, const Buffers &buffers) const {
      Step step = stream->step(Kind::read, true);
      if (boost::beast::buffer_bytes(buffers) != 0 && stream->show(step, false))
        stream->lead(step);
      if (!step.is_real)
        return plugins::http_tell_later(stream->get_executor(), std::forward<Handler>(handler), step.error,
                                        std::size_t(0));
      stream->base().async_read_some(buffers, HasRead<typename std::decay<Handler>::type, Buffers>(
                                                  std::forward<Handler>(handler), *stream, buffers));
    }
  };

  template <class Buffers> std::size_t write(const Buffers &buffers, Error &error) {
    Step step = this->step(Kind::write, false);
    if (!show(step, buffers))
      return base().write_some(buffers, error);
    if (!step.is_real) {
      error = step.error;
      return step.size;
    }
    error = {};
    if (!step.before.empty())
      boost::asio::write(base(), boost::asio::buffer(step.before), error);
    const std::size_t size = error ? 0 : base().write_some(boost::beast::buffers_prefix(step.size, buffers), error);
    tell(*state_, Kind::wrote, buffers, size, error, false);
    return size;
  }

  template <class Buffers> std::size_t read(const Buffers &buffers, Error &error) {
    Step step = this->step(Kind::read, false);
    if (boost::beast::buffer_bytes(buffers) == 0 || !show(step, false))
      return base().read_some(buffers, error);
    lead(step);
    if (!step.is_real) {
      error = step.error;
      return 0;
    }
    const std::size_t size = base().read_some(buffers, error);
    tell(*state_, Kind::came, buffers, size, error, false);
    return size;
  }

  bool show(Step &step, bool is_of_program) {
    if (plugins::http_stream_step(step, is_of_program))
      return true;
    const std::lock_guard<std::mutex> lock(state_->mutex);
    if (state_->conversation != nullptr)
      state_->end(state_->conversation.get());
    return false;
  }

  template <class Buffers> bool show(Step &step, const Buffers &buffers) {
    step.bytes = boost::beast::buffers_to_string(buffers);
    step.size = step.bytes.size();
    if (step.bytes.empty())
      return false;
    if (show(step, true)) {
      lead(step);
      return true;
    }
    // Where nobody watches any more, what was taken before goes over the wire with this.
    const std::lock_guard<std::mutex> lock(state_->mutex);
    step.before.swap(state_->held);
    return !step.before.empty();
  }

  template <class Buffers>
  static void tell(State &state, Kind kind, const Buffers &buffers, std::size_t size, const Error &error,
                   bool is_async) {
    Step step = {kind, state, -1, is_async, {}, error};
    step.bytes = boost::beast::buffers_to_string(boost::beast::buffers_prefix(size, buffers));
    plugins::http_stream_step(step, false);
  }

  /// The connection that mocks answer takes the place of the stream's own.
  void lead(const Step &step) {
    if (step.new_descriptor < 0)
      return;
    Error ignored;
    this->socket().close(ignored);
    this->socket().assign(boost::asio::ip::tcp::v4(), step.new_descriptor, ignored);
  }

  Step step(Kind kind, bool is_async) {
    return {kind,     *state_, this->socket().is_open() ? static_cast<int>(this->socket().native_handle()) : -1,
            is_async, {},      {}};
  }
  Base &base() noexcept { return *this; }
  void expires(boost::asio::steady_timer::time_point time) {
    state_->expires = true;
    state_->expiry = time;
  }

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

// Found by argument, as those of Boost are for their own streams.
inline void teardown(boost::beast::role_type role, tcp_stream &stream, boost::system::error_code &error) {
  using boost::beast::websocket::teardown;
  teardown(role, stream.socket(), error);
}
template <class Handler> void async_teardown(boost::beast::role_type role, tcp_stream &stream, Handler &&handler) {
  using boost::beast::websocket::async_teardown;
  async_teardown(role, stream.socket(), std::forward<Handler>(handler));
}

} // namespace http_beast
} // namespace tripwire

#endif
