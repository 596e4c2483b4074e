#include "client.hpp"

namespace client {

namespace {

// Without the random letters of a form's boundary.
std::string type_of(const std::string &content_type) { return content_type.substr(0, content_type.find(';')); }

} // namespace

std::string words(const httplib::Result &result) {
  if (!result)
    return "error " + httplib::to_string(result.error()) + "\n";
  std::string text = result->version + " " + std::to_string(result->status) + " " + result->reason + "\n";
  for (const auto &[name, value] : result->headers)
    text += name + ": " + value + "\n";
  return text + "\n" + result->body + "\nsent Accept: " + result.get_request_header_value("Accept") +
         ", Content-Type: " + type_of(result.get_request_header_value("Content-Type")) + "\n";
}

httplib::Error fetch_without_throwing(httplib::Client &client, const std::string &path) noexcept {
  return client.Get(path).error();
}

namespace {

using httplib::Client;

const httplib::Headers headers = {{"X-One", "1"}, {"X-Two", "a"}, {"X-Two", "b"}};

std::string get(Client &client) { return words(client.Get("/text")); }
std::string get_with_headers(Client &client) { return words(client.Get("/text", headers)); }
std::string get_with_params(Client &client) {
  return words(client.Get("/text", httplib::Params{{"q", "a b&c"}, {"n", "1"}}, headers));
}
std::string get_with_spaces(Client &client) { return words(client.Get("/text?q=a b+c")); }
std::string missing(Client &client) { return words(client.Get("/missing")); }
std::string no_content(Client &client) { return words(client.Get("/no-content")); }

std::string received(Client &client) {
  std::string body;
  std::string text = words(client.Get("/large", [&](const char *bytes, std::size_t size) {
    body.append(bytes, size);
    return true;
  }));
  return text + std::to_string(body.size()) + body.substr(body.size() - 20);
}

std::string received_with_everything(Client &client) {
  std::string text;
  std::size_t size_received = 0;
  text += words(client.Get(
      "/large", headers,
      [&](const httplib::Response &response) {
        text += "response " + std::to_string(response.status) + " " + response.get_header_value("Content-Type") + "\n";
        return true;
      },
      [&](const char *, std::size_t size) {
        size_received += size;
        return true;
      },
      [&](std::uint64_t current, std::uint64_t total) {
        if (current == total)
          text += "progress " + std::to_string(total) + "\n";
        return true;
      }));
  return text + std::to_string(size_received);
}

std::string progress(Client &client) {
  std::uint64_t last = 0;
  std::string text = words(client.Get("/text", [&](std::uint64_t current, std::uint64_t total) {
    last = current * 1000 + total;
    return true;
  }));
  return text + std::to_string(last);
}

std::string cancelled_by_the_handler(Client &client) {
  return words(client.Get(
      "/text", [](const httplib::Response &) { return false; }, [](const char *, std::size_t) { return true; }));
}
std::string cancelled_by_the_receiver(Client &client) {
  return words(client.Get("/large", [](const char *, std::size_t) { return false; }));
}
std::string cancelled_by_progress(Client &client) {
  return words(client.Get("/text", [](std::uint64_t, std::uint64_t) { return false; }));
}

std::string head(Client &client) { return words(client.Head("/text")); }
std::string options(Client &client) { return words(client.Options("/text", headers)); }
std::string post_nothing(Client &client) { return words(client.Post("/text")); }
std::string post(Client &client) { return words(client.Post("/text", std::string("a\0b", 3), "text/plain")); }
std::string post_bytes(Client &client) { return words(client.Post("/text", headers, "bytes", 5, "")); }
std::string post_params(Client &client) {
  return words(client.Post("/text", httplib::Params{{"name", "a b&c/é"}, {"other", ""}}));
}
std::string post_form(Client &client) {
  return words(client.Post("/text", httplib::MultipartFormDataItems{{"text", "content", "", ""},
                                                                    {"file", "{}", "f.json", "application/json"}}));
}
std::string post_form_with_boundary(Client &client) {
  return words(
      client.Post("/text", headers, httplib::MultipartFormDataItems{{"text", "content", "", ""}}, "own-boundary"));
}
std::string post_from_a_provider(Client &client) {
  const std::string body = "from a provider";
  return words(client.Post(
      "/text", body.size(),
      [&](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
        return sink.write(body.data() + offset, std::min<std::size_t>(length, 4));
      },
      "text/plain"));
}
std::string post_in_chunks(Client &client) {
  return words(client.Post(
      "/text",
      [](std::size_t offset, httplib::DataSink &sink) {
        if (offset < 12)
          sink.os << "chunk ";
        else
          sink.done();
        return true;
      },
      "text/plain"));
}
std::string provider_gives_up(Client &client) {
  return words(client.Put(
      "/text", 10, [](std::size_t, std::size_t, httplib::DataSink &) { return false; }, "text/plain"));
}
std::string put(Client &client) { return words(client.Put("/text", headers, "body", "application/json")); }
std::string patch(Client &client) { return words(client.Patch("/text", "body", "application/json")); }
std::string remove(Client &client) { return words(client.Delete("/text", "body", "application/json")); }
std::string remove_nothing(Client &client) { return words(client.Delete("/text")); }

std::string send_a_request(Client &client) {
  httplib::Request request;
  request.method = "REPORT";
  request.path = "/text";
  request.headers = headers;
  request.body = "body";
  return words(client.send(request));
}
std::string send_in_place(Client &client) {
  httplib::Request request;
  request.method = "GET";
  request.path = "/json";
  httplib::Response response;
  httplib::Error error = httplib::Error::Unknown;
  const bool sent = client.send(request, response, error);
  return std::to_string(sent) + httplib::to_string(error) + std::to_string(response.status) + response.body +
         request.get_header_value("Accept");
}

std::string follows(Client &client) {
  client.set_follow_location(true);
  return words(client.Get("/redirect", headers)) + words(client.Post("/see-other", "body", "text/plain"));
}
std::string follows_for_ever(Client &client) {
  client.set_follow_location(true);
  return words(client.Get("/loop"));
}
std::string follows_everything(Client &client) {
  std::string text;
  client.set_follow_location(true);
  for (const char *path : {"/to/301", "/to/302", "/to/303", "/to/307", "/to/308"})
    text +=
        words(client.Get(path, headers)) + words(client.Post(path, "body", "text/plain")) + words(client.Head(path));
  return text;
}
std::string follows_nowhere(Client &client) {
  client.set_follow_location(true);
  return words(client.Get("/odd/nothing")) + words(client.Get("/odd/empty"));
}
std::string follows_with_a_receiver(Client &client) {
  std::string body;
  client.set_follow_location(true);
  const std::string text = words(client.Get(
      "/redirect",
      [&](const httplib::Response &response) {
        body += std::to_string(response.status) + ": ";
        return true;
      },
      [&](const char *bytes, std::size_t size) {
        body.append(bytes, size);
        return true;
      }));
  return text + body;
}

std::string ranges(Client &client) {
  return words(client.Get("/partial", {httplib::make_range_header({{5, 11}})})) +
         words(client.Get("/text", {httplib::make_range_header({{0, 3}, {5, -1}})})) +
         words(client.Get("/unsatisfiable/size", {httplib::make_range_header({{50, -1}})}));
}
std::string keeps_alive(Client &client) {
  client.set_keep_alive(true);
  return words(client.Get("/text")) + words(client.Post("/json", "a", "text/plain")) + words(client.Get("/empty")) +
         words(client.Head("/missing")) + words(client.Get("/text"));
}
std::string received_until_close(Client &client) {
  std::string body;
  const auto receive = [&](const char *bytes, std::size_t size) {
    body.append(bytes, size);
    return true;
  };
  return words(client.Get("/missing", receive)) + body + words(client.Get("/truncated", receive)) + body;
}
std::string truncated(Client &client) { return words(client.Get("/truncated")); }
std::string longer(Client &client) { return words(client.Get("/longer")); }
std::string put_from_a_provider(Client &client) {
  const std::string body(10000, 'p');
  const auto provide = [&](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
    return sink.write(body.data() + offset, std::min<std::size_t>(length, 3000));
  };
  return words(client.Put("/text", headers, body.size(), provide, "text/plain")) +
         words(client.Patch("/text", 5, provide, "text/plain"));
}
std::string put_in_chunks(Client &client) {
  const auto provide = [](std::size_t offset, httplib::DataSink &sink) {
    if (offset >= 9)
      sink.done();
    else
      sink.write("abc", 3);
    return true;
  };
  return words(client.Put("/text", headers, provide, "text/plain")) + words(client.Patch("/text", provide, ""));
}
std::string post_form_of_several_files(Client &client) {
  return words(client.Post("/text", headers,
                           httplib::MultipartFormDataItems{{"file", std::string("a\0b", 3), "one.bin", ""},
                                                           {"file", "two", "two \"quoted\".txt", "text/plain"},
                                                           {"", "nameless", "", ""}},
                           "own-boundary"));
}

std::string does_not_follow(Client &client) { return words(client.Get("/redirect")); }

std::string settings(Client &client) {
  std::string logged;
  client.set_default_headers({{"X-Default", "d"}, {"X-One", "overridden"}});
  client.set_basic_auth("me", "hunter2");
  client.set_keep_alive(true);
  client.set_url_encode(false);
  client.set_logger([&](const httplib::Request &request, const httplib::Response &response) {
    logged += request.method + " " + request.path + " " + std::to_string(response.status) + "\n";
  });
  return words(client.Get("/text?a=b,c", headers)) + words(client.Post("/json")) + logged;
}
std::string bearer(Client &client) {
  client.set_bearer_token_auth("hunter2");
  return words(client.Get("/text"));
}

} // namespace

const std::vector<Scenario> &scenarios() {
#define SCENARIO(NAME)                                                                                                 \
  { #NAME, &(NAME) }
  static const std::vector<Scenario> all = {SCENARIO(get),
                                            SCENARIO(get_with_headers),
                                            SCENARIO(get_with_params),
                                            SCENARIO(get_with_spaces),
                                            SCENARIO(missing),
                                            SCENARIO(no_content),
                                            SCENARIO(received),
                                            SCENARIO(received_with_everything),
                                            SCENARIO(progress),
                                            SCENARIO(cancelled_by_the_handler),
                                            SCENARIO(cancelled_by_the_receiver),
                                            SCENARIO(cancelled_by_progress),
                                            SCENARIO(head),
                                            SCENARIO(options),
                                            SCENARIO(post_nothing),
                                            SCENARIO(post),
                                            SCENARIO(post_bytes),
                                            SCENARIO(post_params),
                                            SCENARIO(post_form),
                                            SCENARIO(post_form_with_boundary),
                                            SCENARIO(post_from_a_provider),
                                            SCENARIO(post_in_chunks),
                                            SCENARIO(provider_gives_up),
                                            SCENARIO(put),
                                            SCENARIO(patch),
                                            SCENARIO(remove),
                                            SCENARIO(remove_nothing),
                                            SCENARIO(send_a_request),
                                            SCENARIO(send_in_place),
                                            SCENARIO(follows),
                                            SCENARIO(follows_for_ever),
                                            SCENARIO(follows_everything),
                                            SCENARIO(follows_nowhere),
                                            SCENARIO(follows_with_a_receiver),
                                            SCENARIO(ranges),
                                            SCENARIO(keeps_alive),
                                            SCENARIO(received_until_close),
                                            SCENARIO(truncated),
                                            SCENARIO(longer),
                                            SCENARIO(put_from_a_provider),
                                            SCENARIO(put_in_chunks),
                                            SCENARIO(post_form_of_several_files),
                                            SCENARIO(does_not_follow),
                                            SCENARIO(settings),
                                            SCENARIO(bearer)};
#undef SCENARIO
  return all;
}

} // namespace client
