// tcp::resolver --(type seam)--> one for which the hosts that mocks answer for are on this machine
//
// Included in front of production code, so it includes nothing of tripwire's, and is C++14.
#ifndef TRIPWIRE_PLUGINS_HTTP_ASIO_TYPES_HPP
#define TRIPWIRE_PLUGINS_HTTP_ASIO_TYPES_HPP

// Warnings of the project's are about the project.
#pragma GCC system_header

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace tripwire {
namespace plugins {

/// The port of this machine at which the host is found whose requests mocks of the test answer over \p service, a port
/// or its name. 0 for all other hosts, and where nobody watches. What connects there is let in and told nothing.
unsigned short http_port_of_mocked(const std::string &host, const std::string &service, const void *site);

/// A completion handler and what it is told, to be posted. Runs where the handler wants to run.
template <class Handler, class Executor, class... Results> class HttpToldLater {
public:
  HttpToldLater(Handler handler, const Executor &executor, Results... results)
      : handler_(std::move(handler)), executor_(executor), results_(std::move(results)...) {}

  using executor_type = typename boost::asio::associated_executor<Handler, Executor>::type;
  executor_type get_executor() const noexcept {
    return boost::asio::associated_executor<Handler, Executor>::get(handler_, executor_);
  }
  using allocator_type = typename boost::asio::associated_allocator<Handler>::type;
  allocator_type get_allocator() const noexcept { return boost::asio::associated_allocator<Handler>::get(handler_); }

  void operator()() { call(std::index_sequence_for<Results...>()); }

private:
  template <std::size_t... I> void call(std::index_sequence<I...>) {
    std::move(handler_)(std::get<I>(std::move(results_))...);
  }

  Handler handler_;
  Executor executor_;
  std::tuple<Results...> results_;
};

/// Has \p handler told so by \p executor, never from within.
template <class Handler, class Executor, class... Results>
void http_tell_later(const Executor &executor, Handler &&handler, Results... results) {
  using Told = HttpToldLater<typename std::decay<Handler>::type, Executor, Results...>;
  boost::asio::post(executor, Told(std::forward<Handler>(handler), executor, std::move(results)...));
}

} // namespace plugins

namespace http_asio {

/// Takes the place of `tcp::resolver`, and passes for one.
class resolver : public boost::asio::ip::tcp::resolver {
  using Base = boost::asio::ip::tcp::resolver;
  using Text = BOOST_ASIO_STRING_VIEW_PARAM;
  using Flags = boost::asio::ip::resolver_base::flags;
  using DefaultToken = boost::asio::default_completion_token<Base::executor_type>::type;

public:
  using Base::Base;
  resolver(resolver &&other) = default;
  resolver &operator=(resolver &&other) = default;

  template <class... Arguments> [[gnu::noinline]] results_type resolve(Arguments &&...arguments) {
    results_type found;
    if (is_mocked(__builtin_return_address(0), found, arguments...)) {
      clear_error(arguments...);
      return found;
    }
    return Base::resolve(std::forward<Arguments>(arguments)...);
  }

  template <class Token = DefaultToken>
  [[gnu::noinline]] auto async_resolve(Text host, Text service, Token &&token = Token()) {
    return start(__builtin_return_address(0), token, std::string(host), std::string(service));
  }
  template <class Token = DefaultToken>
  [[gnu::noinline]] auto async_resolve(Text host, Text service, Flags flags, Token &&token = Token()) {
    return start(__builtin_return_address(0), token, std::string(host), std::string(service), flags);
  }
  template <class Token = DefaultToken>
  [[gnu::noinline]] auto async_resolve(const protocol_type &protocol, Text host, Text service,
                                       Token &&token = Token()) {
    return start(__builtin_return_address(0), token, protocol, std::string(host), std::string(service));
  }
  template <class Token = DefaultToken>
  [[gnu::noinline]] auto async_resolve(const protocol_type &protocol, Text host, Text service, Flags flags,
                                       Token &&token = Token()) {
    return start(__builtin_return_address(0), token, protocol, std::string(host), std::string(service), flags);
  }
  template <class Token = DefaultToken>
  [[gnu::noinline]] auto async_resolve(const endpoint_type &endpoint, Token &&token = Token()) {
    return start(__builtin_return_address(0), token, endpoint);
  }
#if !defined(BOOST_ASIO_NO_DEPRECATED)
  template <class Token = DefaultToken>
  [[gnu::noinline]] auto async_resolve(const Base::query &query, Token &&token = Token()) {
    return start(__builtin_return_address(0), token, query);
  }
#endif

private:
  struct Start {
    template <class Handler, class... Arguments>
    void operator()(Handler &&handler, resolver *self, const void *site, const Arguments &...arguments) const {
      results_type found;
      if (self->is_mocked(site, found, arguments...))
        plugins::http_tell_later(self->get_executor(), std::forward<Handler>(handler), boost::system::error_code(),
                                 std::move(found));
      else
        static_cast<Base *>(self)->async_resolve(arguments..., std::forward<Handler>(handler));
    }
  };

  template <class Token, class... Arguments> auto start(const void *site, Token &token, Arguments... arguments) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, results_type)>(Start(), token, this, site,
                                                                                             std::move(arguments)...);
  }

  template <class First, class... Rest>
  static bool is_mocked(const void *site, results_type &found, const First &first, const Rest &...rest) {
    return look(site, found, first, rest...);
  }

  template <class... Rest>
  static bool look(const void *site, results_type &found, const protocol_type &, Text host, Text service,
                   const Rest &...) {
    return look_up(site, found, std::string(host), std::string(service));
  }
  template <class... Rest> static bool look(const void *, results_type &, const endpoint_type &, const Rest &...) {
    return false;
  }
#if !defined(BOOST_ASIO_NO_DEPRECATED)
  template <class Query, class... Rest, class = typename std::enable_if<std::is_same<Query, Base::query>::value>::type>
  static bool look(const void *site, results_type &found, const Query &query, const Rest &...) {
    return look_up(site, found, query.host_name(), query.service_name());
  }
#endif
  template <class Host, class Service, class... Rest,
            class = typename std::enable_if<std::is_convertible<const Host &, Text>::value &&
                                            std::is_convertible<const Service &, Text>::value>::type>
  static bool look(const void *site, results_type &found, const Host &host, const Service &service, const Rest &...) {
    return look_up(site, found, std::string(Text(host)), std::string(Text(service)));
  }

  static bool look_up(const void *site, results_type &found, const std::string &host, const std::string &service) {
    const unsigned short port = plugins::http_port_of_mocked(host, service, site);
    if (port != 0)
      found = results_type::create(endpoint_type(boost::asio::ip::address_v4::loopback(), port), host, service);
    return port != 0;
  }

  static void clear_error() {}
  template <class First, class... Rest> static void clear_error(First &, Rest &...rest) { clear_error(rest...); }
  static void clear_error(boost::system::error_code &error) { error = {}; }
};

} // namespace http_asio
} // namespace tripwire

#endif
