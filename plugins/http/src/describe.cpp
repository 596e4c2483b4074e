#include "describe.hpp"

#include "hints.hpp"
#include "mock.hpp"

#include <tripwire/plugins/http.hpp>
#include <tripwire/setting.hpp>

namespace tripwire::plugins {

plugin::Description describe_request(const std::string &method, const curl::Url &url) {
  plugin::Description call;
  const std::string recorded = url.recorded();
  call.field("method", method).field("url", recorded).request(method + " " + recorded);
  // As libcurl read them: what spellings are one is the core's to say.
  call.firewall("host", url.host)
      .firewall("port", std::to_string(url.port))
      .firewall("scheme", url.scheme)
      .firewall("path", url.path)
      .firewall("method", method)
      .firewall("url", url.scheme + "://" + url.host + ":" + std::to_string(url.port) + url.path +
                           (url.query ? "?" + *url.query : std::string()));
  call.key(request_key(method, url));
  return call;
}

void cannot_honour(plugin::Visit &visit, const std::string &method, const std::string &url, const std::string &what,
                   CURLoption option) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "http";
  facts.site = call_site(visit.call().site);
  facts.text =
      "ConfigurationError: the mock of " + method + " " + url + " cannot honour what the client asks for\n  at " +
      facts.site.text() + "\n  " + what +
      "\n  to make the real request instead, paste this in place of the mock:\n    tripwire::http.pass_through(" +
      literal(method) + ", " + literal(url) + ");";
  if (static_cast<int>(option) != 0)
    facts.text += "\n  or, when the test does without the option, add this to the mock:\n    .ignoring(" +
                  curl::option_name(option) + ")";
  raise(std::move(facts));
}

// `http: {require_response: false}` lets an assertion end without a word about the response.
void record_response(const plugin::Recorded &recorded, long status, const curl::HeaderList &headers,
                     const std::string &body) {
  const std::vector<std::string> required = plugin::setting("http", "require_response");
  const plugin::Need need =
      required.empty() || required.front() != "false" ? plugin::Need::required : plugin::Need::optional;
  recorded.field("status", status, need)
      .field("response_headers", HttpHeaders{headers}, need)
      .field("response_body", body, need);
}

} // namespace tripwire::plugins
