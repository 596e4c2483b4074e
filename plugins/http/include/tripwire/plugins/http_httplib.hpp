// requests of cpp-httplib's Client --(the http plugin)--> answered by mocks, through the program's own receivers
//
// One file of a test program includes this, beside <tripwire/plugins/http.hpp>; <httplib.h> comes with the macros that
// the program itself is built with (CPPHTTPLIB_OPENSSL_SUPPORT and the like), which say how its classes look.
//
//   tripwire::http.mock_error("GET", "http://api.example.com/", httplib::Error::Connection);
//
// What goes over the wire is put together as version 0.11 does it.
#ifndef TRIPWIRE_PLUGINS_HTTP_HTTPLIB_HPP
#define TRIPWIRE_PLUGINS_HTTP_HTTPLIB_HPP

#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_client.hpp>

#include <httplib.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::plugins {

/// `httplib::Error::Connection`
template <> struct HttpErrorName<httplib::Error> {
  static std::string text(httplib::Error error) {
    const char *const names[] = {"Success",
                                 "Unknown",
                                 "Connection",
                                 "BindIPAddress",
                                 "Read",
                                 "Write",
                                 "ExceedRedirectCount",
                                 "Canceled",
                                 "SSLConnection",
                                 "SSLLoadingCerts",
                                 "SSLServerVerification",
                                 "UnsupportedMultipartBoundaryChars",
                                 "Compression",
                                 "ConnectionTimeout"};
    const auto number = static_cast<std::size_t>(error);
    return number < sizeof names / sizeof *names ? std::string("httplib::Error::") + names[number]
                                                 : "static_cast<httplib::Error>(" + std::to_string(number) + ")";
  }
};

} // namespace tripwire::plugins

namespace tripwire::plugins::httplib_detail {

// What a client was told is private to it. Names of explicit instantiations are not checked for access, which is how
// C++ lets a reader in that changes nothing.
template <class Tag, typename Tag::Type member> struct Open {
  friend typename Tag::Type opened(Tag) { return member; }
};
#define TRIPWIRE_HTTPLIB_OPENED(NAME, CLASS, MEMBER, ...)                                                              \
  struct NAME {                                                                                                        \
    using Type = __VA_ARGS__ CLASS::*;                                                                                 \
    friend Type opened(NAME);                                                                                          \
  };                                                                                                                   \
  template struct Open<NAME, &CLASS::MEMBER>;
TRIPWIRE_HTTPLIB_OPENED(Impl, httplib::Client, cli_, std::unique_ptr<httplib::ClientImpl>)
TRIPWIRE_HTTPLIB_OPENED(SentHeaders, httplib::Result, request_headers_, httplib::Headers)
TRIPWIRE_HTTPLIB_OPENED(Host, httplib::ClientImpl, host_, const std::string)
TRIPWIRE_HTTPLIB_OPENED(Port, httplib::ClientImpl, port_, const int)
TRIPWIRE_HTTPLIB_OPENED(HostAndPort, httplib::ClientImpl, host_and_port_, const std::string)
TRIPWIRE_HTTPLIB_OPENED(DefaultHeaders, httplib::ClientImpl, default_headers_, httplib::Headers)
TRIPWIRE_HTTPLIB_OPENED(User, httplib::ClientImpl, basic_auth_username_, std::string)
TRIPWIRE_HTTPLIB_OPENED(Password, httplib::ClientImpl, basic_auth_password_, std::string)
TRIPWIRE_HTTPLIB_OPENED(Token, httplib::ClientImpl, bearer_token_auth_token_, std::string)
TRIPWIRE_HTTPLIB_OPENED(ReadSeconds, httplib::ClientImpl, read_timeout_sec_, time_t)
TRIPWIRE_HTTPLIB_OPENED(ReadMicroseconds, httplib::ClientImpl, read_timeout_usec_, time_t)
TRIPWIRE_HTTPLIB_OPENED(KeepsAlive, httplib::ClientImpl, keep_alive_, bool)
TRIPWIRE_HTTPLIB_OPENED(Follows, httplib::ClientImpl, follow_location_, bool)
TRIPWIRE_HTTPLIB_OPENED(EncodesUrl, httplib::ClientImpl, url_encode_, bool)
TRIPWIRE_HTTPLIB_OPENED(Compresses, httplib::ClientImpl, compress_, bool)
TRIPWIRE_HTTPLIB_OPENED(Decompresses, httplib::ClientImpl, decompress_, bool)
TRIPWIRE_HTTPLIB_OPENED(Log, httplib::ClientImpl, logger_, httplib::Logger)
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
TRIPWIRE_HTTPLIB_OPENED(DigestUser, httplib::ClientImpl, digest_auth_username_, std::string)
#endif
#undef TRIPWIRE_HTTPLIB_OPENED
struct IsSsl {
  using Type = bool (httplib::ClientImpl::*)() const;
  friend Type opened(IsSsl);
};
template struct Open<IsSsl, &httplib::ClientImpl::is_ssl>;

template <class Tag> const auto &of(const httplib::ClientImpl &client, Tag tag) { return client.*opened(tag); }

inline HttpLines lines_of(const httplib::Headers &headers) { return {headers.begin(), headers.end()}; }

/// The arguments of any of the client's functions, as the request that they mean.
class Outgoing {
public:
  Outgoing(plugin::Visit &visit, const char *method) {
    request.method = method;
    for (std::size_t index = 0; index < visit.count(); ++index)
      take(visit, index);
    if (params_ != nullptr && !params_->empty() && (request.method == "GET"))
      request.path = httplib::append_query_params(request.path, *params_);
    else if (params_ != nullptr && request.method != "GET")
      set_body(query_of(*params_), "application/x-www-form-urlencoded");
    if (items_ != nullptr) {
      const std::string boundary = texts_.empty() ? normalised_boundary() : texts_.front();
      set_body(form_of(*items_, boundary), "multipart/form-data; boundary=" + boundary);
    } else if (is_raw_) {
      set_body(std::string(raw_ == nullptr ? "" : raw_, length_), texts_.empty() ? "" : texts_.front());
    } else if (request.content_provider_) {
      request.content_length_ = length_;
      set_body("", texts_.empty() ? "" : texts_.front());
      if (request.is_chunked_content_provider_)
        request.headers.emplace("Transfer-Encoding", "chunked");
    } else if (texts_.size() == 2) {
      set_body(texts_[0], texts_[1]);
    }
  }

  /// A request that is sent as it is.
  explicit Outgoing(const httplib::Request &as_it_is) : request(as_it_is) {}

  httplib::Request request;
  bool has_parts_of_providers = false;

  /// Adds what ClientImpl::send and ClientImpl::write_request add.
  void complete(const httplib::ClientImpl &client) {
    using httplib::Headers;
    Headers &headers = request.headers;
    for (const auto &header : of(client, DefaultHeaders()))
      if (!request.has_header(header.first))
        headers.insert(header);
    const auto add = [&](const char *name, const std::string &value) {
      if (!request.has_header(name))
        headers.emplace(name, value);
    };
    if (!of(client, KeepsAlive()))
      add("Connection", "close");
    const bool is_ssl = (client.*opened(IsSsl()))();
    add("Host", of(client, Port()) == (is_ssl ? 443 : 80) ? of(client, Host()) : of(client, HostAndPort()));
    add("Accept", "*/*");
#ifndef CPPHTTPLIB_NO_DEFAULT_USER_AGENT
    add("User-Agent", std::string("cpp-httplib/") + CPPHTTPLIB_VERSION);
#endif
    const bool has_verb_with_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!request.body.empty()) {
      add("Content-Type", "text/plain");
      add("Content-Length", std::to_string(request.body.size()));
    } else if (request.content_provider_) {
      if (!request.is_chunked_content_provider_)
        add("Content-Length", std::to_string(request.content_length_));
    } else if (has_verb_with_body) {
      add("Content-Length", "0");
    }
    if (!of(client, User()).empty() || !of(client, Password()).empty())
      add("Authorization",
          httplib::make_basic_authentication_header(of(client, User()), of(client, Password())).second);
    if (!of(client, Token()).empty())
      add("Authorization", "Bearer " + of(client, Token()));
  }

  /// `http://host:port/path`
  std::string url(const httplib::ClientImpl &client) const {
    if (request.path.find("://") != std::string::npos && request.path.front() != '/')
      return request.path; // where a redirect has led
    const std::string &host = of(client, Host());
    const bool is_address = host.find(':') != std::string::npos && host.front() != '[';
    return std::string((client.*opened(IsSsl()))() ? "https://" : "http://") + (is_address ? "[" + host + "]" : host) +
           ":" + std::to_string(of(client, Port())) + (of(client, EncodesUrl()) ? encoded(request.path) : request.path);
  }

  /// Reads the body, also from a provider. Success, or why it could not.
  httplib::Error read_body(std::string &body) const {
    body = request.body;
    if (!body.empty() || !request.content_provider_)
      return httplib::Error::Success;
    bool goes_on = true;
    httplib::DataSink sink;
    sink.write = [&](const char *bytes, std::size_t size) {
      body.append(bytes, size);
      return true;
    };
    sink.done = [&] { goes_on = false; };
    sink.is_writable = [] { return true; };
    while (goes_on && (request.is_chunked_content_provider_ || body.size() < request.content_length_)) {
      const std::size_t rest = request.is_chunked_content_provider_ ? 0 : request.content_length_ - body.size();
      if (!request.content_provider_(body.size(), rest, sink))
        return httplib::Error::Canceled;
    }
    return httplib::Error::Success;
  }

  /// A boundary of the library's own, with zeros where it has random letters.
  static std::string normalised_boundary() { return "--cpp-httplib-multipart-data-0000000000000000"; }

private:
  void take(plugin::Visit &visit, std::size_t index) {
    if (const auto *text = visit.argument_as<std::string>(index)) {
      if (!has_path_)
        request.path = *text;
      else
        texts_.push_back(*text);
      has_path_ = true;
    } else if (const auto *headers = visit.argument_as<httplib::Headers>(index)) {
      request.headers = *headers;
    } else if (const auto *params = visit.argument_as<httplib::Params>(index)) {
      params_ = params;
    } else if (const auto *items = visit.argument_as<httplib::MultipartFormDataItems>(index)) {
      items_ = items;
    } else if (const auto *raw = visit.argument_as<const char *>(index)) {
      raw_ = *raw;
      is_raw_ = true;
    } else if (const auto *length = visit.argument_as<std::size_t>(index)) {
      length_ = *length;
    } else if (const auto *provider = visit.argument_as<httplib::ContentProvider>(index)) {
      request.content_provider_ = *provider;
    } else if (const auto *endless = visit.argument_as<httplib::ContentProviderWithoutLength>(index)) {
      const httplib::ContentProviderWithoutLength provide = *endless;
      request.content_provider_ = [provide](std::size_t offset, std::size_t, httplib::DataSink &sink) {
        return provide(offset, sink);
      };
      request.is_chunked_content_provider_ = true;
    } else if (const auto *handler = visit.argument_as<httplib::ResponseHandler>(index)) {
      request.response_handler = *handler;
    } else if (const auto *receiver = visit.argument_as<httplib::ContentReceiver>(index)) {
      const httplib::ContentReceiver receive = *receiver;
      request.content_receiver = [receive](const char *bytes, std::size_t size, std::uint64_t, std::uint64_t) {
        return receive(bytes, size);
      };
    } else if (const auto *progress = visit.argument_as<httplib::Progress>(index)) {
      request.progress = *progress;
    } else {
      has_parts_of_providers = true;
    }
  }

  void set_body(std::string body, const std::string &content_type) {
    if (!content_type.empty())
      request.headers.emplace("Content-Type", content_type);
    request.body = std::move(body);
  }

  // As detail::encode_query_param, which headers do not always declare.
  static std::string query_of(const httplib::Params &params) {
    std::string query;
    for (const auto &[name, value] : params)
      query += (query.empty() ? "" : "&") + name + "=" + escaped(value, "-_.!~*'()");
    return query;
  }

  static std::string form_of(const httplib::MultipartFormDataItems &items, const std::string &boundary) {
    std::string body;
    for (const httplib::MultipartFormData &item : items) {
      body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + item.name + "\"";
      if (!item.filename.empty())
        body += "; filename=\"" + item.filename + "\"";
      body += "\r\n";
      if (!item.content_type.empty())
        body += "Content-Type: " + item.content_type + "\r\n";
      body += "\r\n" + item.content + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
  }

  static bool is_alphanumeric(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  }
  static std::string percent(unsigned char byte) {
    const char *const digits = "0123456789ABCDEF";
    return {'%', digits[byte >> 4], digits[byte & 15]};
  }
  static std::string escaped(const std::string &text, std::string_view kept) {
    std::string result;
    for (const char letter : text) {
      const auto byte = static_cast<unsigned char>(letter);
      if (is_alphanumeric(byte) || kept.find(letter) != std::string_view::npos)
        result += letter;
      else
        result += percent(byte);
    }
    return result;
  }
  // As detail::encode_url.
  static std::string encoded(const std::string &path) {
    std::string result;
    for (const char letter : path) {
      const auto byte = static_cast<unsigned char>(letter);
      result += byte >= 0x80 || std::strchr(" +\r\n',;", letter) != nullptr ? percent(byte) : std::string(1, letter);
    }
    return result;
  }

  bool has_path_ = false;
  bool is_raw_ = false;
  std::size_t length_ = 0;
  const char *raw_ = nullptr;
  const httplib::Params *params_ = nullptr;
  const httplib::MultipartFormDataItems *items_ = nullptr;
  std::vector<std::string> texts_;
};

/// One call, answered or made.
class Exchange {
public:
  Exchange(plugin::Visit &visit, const httplib::ClientImpl &client, Outgoing &outgoing)
      : visit_(visit), client_(client), outgoing_(outgoing) {}

  /// Plays the request and the redirects that the client follows. What callbacks throw passes.
  httplib::Error play(httplib::Response &response, const std::function<void()> &make_real) {
    outgoing_.complete(client_);
    std::string url = outgoing_.url(client_);
    for (std::size_t left = CPPHTTPLIB_REDIRECT_MAX_COUNT;; --left) {
      std::optional<std::string> location;
      HttpExchange exchange(visit_, outgoing_.request.method, url);
      if (exchange.is_real()) {
        if (left != CPPHTTPLIB_REDIRECT_MAX_COUNT)
          exchange.cannot_honour("a mocked redirect leads to a request that is let through; mock both or neither");
        record_real(exchange, make_real);
        return httplib::Error::Success;
      }
      response = httplib::Response();
      const httplib::Error error = one_request(exchange, response, location);
      if (error != httplib::Error::Success || !location)
        return error;
      if (left == 0)
        return httplib::Error::ExceedRedirectCount;
      if (location->empty())
        return httplib::Error::Unknown;
      if (location->front() != '/' && location->find("://") == std::string::npos)
        exchange.cannot_honour("the Location '" + *location +
                               "' is relative, and cpp-httplib asks for it as it is written; give a whole path");
      const std::optional<std::string> next = http_location(url, *location);
      if (!next)
        return httplib::Error::Unknown;
      turn(response.status, *next);
      url = *next;
    }
  }

  bool was_real() const { return was_real_; }

  /// What the real call gave, for the record of it. Null for no response.
  const httplib::Response *real_response = nullptr;
  const httplib::Headers *real_headers = nullptr;
  httplib::Error real_error = httplib::Error::Success;

private:
  void record_real(HttpExchange &exchange, const std::function<void()> &make_real) {
    was_real_ = true;
    std::string body = outgoing_.request.body;
    std::string received;
    tap(body, received);
    make_real();
    exchange.sent(real_headers == nullptr ? HttpLines() : normalised(*real_headers), body);
    if (real_response != nullptr)
      exchange.answered(real_response->status, lines_of(real_response->headers),
                        received.empty() ? real_response->body : received);
    else
      exchange.failed(AnyValue(HttpErrorOf<httplib::Error>{real_error}));
  }

  // Stands between the real call and the program's own provider and receiver, which are parameters by value.
  void tap(std::string &sent, std::string &received) {
    for (std::size_t index = 0; index < visit_.count(); ++index) {
      if (const auto *provider = visit_.argument_as<httplib::ContentProvider>(index)) {
        const httplib::ContentProvider own = *provider;
        *const_cast<httplib::ContentProvider *>(provider) = [own, &sent](std::size_t offset, std::size_t length,
                                                                         httplib::DataSink &sink) {
          return provide(sent, sink, [&] { return own(offset, length, sink); });
        };
      } else if (const auto *endless = visit_.argument_as<httplib::ContentProviderWithoutLength>(index)) {
        const httplib::ContentProviderWithoutLength own = *endless;
        *const_cast<httplib::ContentProviderWithoutLength *>(endless) = [own, &sent](std::size_t offset,
                                                                                     httplib::DataSink &sink) {
          return provide(sent, sink, [&] { return own(offset, sink); });
        };
      } else if (const auto *receiver = visit_.argument_as<httplib::ContentReceiver>(index)) {
        const httplib::ContentReceiver own = *receiver;
        *const_cast<httplib::ContentReceiver *>(receiver) = [own, &received](const char *bytes, std::size_t size) {
          received.append(bytes, size);
          return own(bytes, size);
        };
      }
    }
  }

  template <class Call> static bool provide(std::string &sent, httplib::DataSink &sink, Call call) {
    const auto write = sink.write;
    sink.write = [&](const char *bytes, std::size_t size) {
      sent.append(bytes, size);
      return write(bytes, size);
    };
    const bool result = call();
    sink.write = write;
    return result;
  }

  // The random letters of a boundary are recorded as zeros.
  HttpLines normalised(const httplib::Headers &headers) const {
    HttpLines lines = lines_of(headers);
    const std::string own = Outgoing::normalised_boundary();
    const std::string start = own.substr(0, own.size() - 16);
    for (auto &line : lines)
      if (const std::size_t at = line.second.find(start); at != std::string::npos && line.first == "Content-Type")
        line.second.replace(at, own.size(), own);
    return lines;
  }

  httplib::Error failed(HttpExchange &exchange, httplib::Error error) {
    exchange.failed(AnyValue(HttpErrorOf<httplib::Error>{error}));
    return error;
  }

  httplib::Error one_request(HttpExchange &exchange, httplib::Response &response,
                             std::optional<std::string> &location) {
    const httplib::Request &request = outgoing_.request;
    if (outgoing_.has_parts_of_providers)
      exchange.cannot_honour("the parts of its form come from providers");
    std::string body;
    const httplib::Error read = outgoing_.read_body(body);
    if (of(client_, Compresses()) && !body.empty())
      exchange.cannot_honour("set_compress: the body is not compressed");
    const HttpAnswered &answer = exchange.answer();
    exchange.sent(lines_of(request.headers), body);
    if (read != httplib::Error::Success)
      return failed(exchange, read);
    if (!answer.error.empty()) {
      const auto *error = answer.error.as<HttpErrorOf<httplib::Error>>();
      if (error == nullptr)
        exchange.cannot_honour("its error is none of httplib::Error");
      return failed(exchange, error->code);
    }
    if (answer.delay >=
        std::chrono::seconds(of(client_, ReadSeconds())) + std::chrono::microseconds(of(client_, ReadMicroseconds())))
      return failed(exchange, httplib::Error::Read);
    if (is_cut_short(answer))
      failed(exchange, httplib::Error::Read);
    else
      exchange.answered(arriving(answer));
    return deliver(exchange, answer, response, location);
  }

  static const std::string *header_of(const HttpAnswered &answer, const char *name) {
    for (const auto &[each, value] : answer.headers)
      if (std::equal(each.begin(), each.end(), name, name + std::strlen(name), [](char left, char right) {
            return std::tolower(static_cast<unsigned char>(left)) == std::tolower(static_cast<unsigned char>(right));
          }))
        return &value;
    return nullptr;
  }

  /// What the far end announces of the body. Absent: it ends with the connection, or comes in chunks.
  static std::optional<std::size_t> announced(const HttpAnswered &answer) {
    const std::string *length = header_of(answer, "Content-Length");
    if (length == nullptr || header_of(answer, "Transfer-Encoding") != nullptr)
      return std::nullopt;
    return static_cast<std::size_t>(std::strtoull(length->c_str(), nullptr, 10));
  }

  bool has_body(const HttpAnswered &answer) const { return answer.status != 204 && outgoing_.request.method != "HEAD"; }

  /// Of the body, what a client sees of it.
  std::string arriving(const HttpAnswered &answer) const {
    return has_body(answer) ? answer.body.substr(0, announced(answer).value_or(std::string::npos)) : std::string();
  }

  bool is_cut_short(const HttpAnswered &answer) const {
    return has_body(answer) && answer.body.size() < announced(answer).value_or(0);
  }

  httplib::Error deliver(const HttpExchange &exchange, const HttpAnswered &answer, httplib::Response &response,
                         std::optional<std::string> &location) {
    const httplib::Request &request = outgoing_.request;
    response.version = "HTTP/1.1";
    response.status = static_cast<int>(answer.status);
    response.reason = http_reason(answer.status);
    for (const auto &header : answer.headers)
      response.headers.insert(header);
    if (of(client_, Decompresses()) && response.has_header("Content-Encoding"))
      exchange.cannot_honour("the mocked body carries Content-Encoding '" +
                             response.get_header_value("Content-Encoding") +
                             "' and is delivered as it is; give it decoded, without that header");
    const bool redirects = 300 < response.status && response.status < 400 && of(client_, Follows());
    if (request.response_handler && !redirects && !request.response_handler(response))
      return httplib::Error::Canceled;
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    if (response.status == 401 && !of(client_, DigestUser()).empty() &&
        response.get_header_value("WWW-Authenticate").compare(0, 6, "Digest") == 0)
      exchange.cannot_honour("set_digest_auth: the rounds of a challenge are not played; use set_basic_auth");
#endif
    if (has_body(answer) && !take_body(answer, response, redirects))
      return httplib::Error::Canceled;
    if (is_cut_short(answer))
      return httplib::Error::Read;
    if (const httplib::Logger &log = of(client_, Log()))
      log(request, response);
    if (redirects)
      location = response.get_header_value("Location");
    return httplib::Error::Success;
  }

  bool take_body(const HttpAnswered &answer, httplib::Response &response, bool redirects) const {
    const httplib::Request &request = outgoing_.request;
    const std::optional<std::size_t> length = announced(answer);
    const std::string body = arriving(answer);
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t size = std::min<std::size_t>(CPPHTTPLIB_RECV_BUFSIZ, body.size() - at);
      if (!request.content_receiver)
        response.body.append(body, at, size);
      else if (!redirects && !request.content_receiver(body.data() + at, size, at, length.value_or(0)))
        return false;
      at += size;
      if (length && request.progress && !redirects && !request.progress(at, *length))
        return false;
    }
    return true;
  }

  // As ClientImpl::redirect.
  void turn(int status, const std::string &next) {
    httplib::Request &request = outgoing_.request;
    request.path = next;
    if (status == 303 && request.method != "GET" && request.method != "HEAD") {
      request.method = "GET";
      request.body.clear();
      request.headers.clear();
    }
    const std::size_t host = next.find("://") + 3;
    request.headers.erase("Host");
    outgoing_.complete(client_);
    request.headers.erase("Host");
    request.headers.emplace("Host", next.substr(host, next.find_first_of("/?#", host) - host));
  }

  plugin::Visit &visit_;
  const httplib::ClientImpl &client_;
  Outgoing &outgoing_;
  bool was_real_ = false;
};

/// The object of the call: a Client or the class behind it.
inline const httplib::ClientImpl &client_of(plugin::Visit &visit) {
  const void *object = visit.call().object;
  const std::string_view name(visit.call().slot.facts.name);
  if (name.find("ClientImpl::") != std::string_view::npos)
    return *static_cast<const httplib::ClientImpl *>(object);
  return *(static_cast<const httplib::Client *>(object)->*opened(Impl()));
}

inline void serve(plugin::Visit &visit, Outgoing outgoing) {
  Exchange exchange(visit, client_of(visit), outgoing);
  auto response = std::make_unique<httplib::Response>();
  const httplib::Error error = exchange.play(*response, [&] {
    visit.make_real();
    const auto &result = visit.result<httplib::Result>();
    exchange.real_headers = &(result.*opened(SentHeaders()));
    exchange.real_response = result ? &result.value() : nullptr;
    exchange.real_error = result.error();
  });
  if (!exchange.was_real())
    visit.answer(httplib::Result(error == httplib::Error::Success ? std::move(response) : nullptr, error,
                                 std::move(outgoing.request.headers)));
}

inline void on_get(plugin::Visit &visit) { serve(visit, Outgoing(visit, "GET")); }
inline void on_head(plugin::Visit &visit) { serve(visit, Outgoing(visit, "HEAD")); }
inline void on_post(plugin::Visit &visit) { serve(visit, Outgoing(visit, "POST")); }
inline void on_put(plugin::Visit &visit) { serve(visit, Outgoing(visit, "PUT")); }
inline void on_patch(plugin::Visit &visit) { serve(visit, Outgoing(visit, "PATCH")); }
inline void on_delete(plugin::Visit &visit) { serve(visit, Outgoing(visit, "DELETE")); }
inline void on_options(plugin::Visit &visit) { serve(visit, Outgoing(visit, "OPTIONS")); }

// Result send(const Request &), and bool send(Request &, Response &, Error &).
inline void on_send(plugin::Visit &visit) {
  const auto *request = visit.argument_as<httplib::Request>(0);
  Outgoing outgoing(*request);
  if (visit.count() == 1) {
    serve(visit, std::move(outgoing));
    return;
  }
  auto &sent = const_cast<httplib::Request &>(*request);
  auto &response = const_cast<httplib::Response &>(*visit.argument_as<httplib::Response>(1));
  auto &error = const_cast<httplib::Error &>(*visit.argument_as<httplib::Error>(2));
  Exchange exchange(visit, client_of(visit), outgoing);
  httplib::Response answer;
  const httplib::Error ended = exchange.play(answer, [&] {
    visit.make_real();
    exchange.real_headers = &sent.headers;
    exchange.real_response = visit.result<bool>() ? &response : nullptr;
    exchange.real_error = error;
  });
  if (exchange.was_real())
    return;
  sent.headers = outgoing.request.headers;
  response = std::move(answer);
  error = ended;
  visit.answer(ended == httplib::Error::Success);
}

inline const bool registered = http_observe({
    {"httplib::Client::Get", &on_get},
    {"httplib::ClientImpl::Get", &on_get},
    {"httplib::Client::Head", &on_head},
    {"httplib::ClientImpl::Head", &on_head},
    {"httplib::Client::Post", &on_post},
    {"httplib::ClientImpl::Post", &on_post},
    {"httplib::Client::Put", &on_put},
    {"httplib::ClientImpl::Put", &on_put},
    {"httplib::Client::Patch", &on_patch},
    {"httplib::ClientImpl::Patch", &on_patch},
    {"httplib::Client::Delete", &on_delete},
    {"httplib::ClientImpl::Delete", &on_delete},
    {"httplib::Client::Options", &on_options},
    {"httplib::ClientImpl::Options", &on_options},
    {"httplib::Client::send", &on_send},
    {"httplib::ClientImpl::send", &on_send},
});

} // namespace tripwire::plugins::httplib_detail

#endif
