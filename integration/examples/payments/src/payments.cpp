#include "payments.hpp"

#include "https.hpp"

#include <nlohmann/json.hpp>

#include <thread>
#include <utility>
#include <vector>

namespace payments {
namespace {

using nlohmann::json;

/// Sends the request until the server does not fail, at most \c account.attempts times.
Answer post_until_answered(const Account &account, const std::vector<std::string> &headers, const std::string &body) {
  std::chrono::milliseconds pause = account.pause;
  for (int attempt = 1;; ++attempt) {
    Answer answer = post(account.url, headers, body, account.timeout);
    if (answer.status < 500 || attempt >= account.attempts) {
      return answer;
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

std::string id_of(const json &document) {
  const auto id = document.find("id");
  if (!document.is_object() || id == document.end() || !id->is_string()) {
    throw Rejected("the answer names no charge");
  }
  return *id;
}

[[noreturn]] void refuse(long status, const json &document) {
  const json error = document.is_object() ? document.value("error", json::object()) : json::object();
  const std::string reason = error.value("message", "no reason given");
  if (status == 402) {
    throw CardDeclined(reason, error.value("code", ""));
  }
  if (status >= 500) {
    throw Unavailable("the service fails with status " + std::to_string(status));
  }
  throw Rejected(reason);
}

} // namespace

CardDeclined::CardDeclined(const std::string &reason, std::string code)
    : std::runtime_error(reason), code(std::move(code)) {}

std::string charge(const Account &account, const std::string &token, long cents) {
  const std::vector<std::string> headers = {"Content-Type: application/json",
                                            "Authorization: Bearer " + account.secret_key};
  const std::string body = json{{"amount", cents}, {"source", token}}.dump();
  try {
    const Answer answer = post_until_answered(account, headers, body);
    const json document = json::parse(answer.body, nullptr, false);
    if (answer.status != 200) {
      refuse(answer.status, document);
    }
    return id_of(document);
  } catch (const TimedOut &error) {
    throw Uncertain(error.what());
  } catch (const NoAnswer &error) {
    throw Unavailable(error.what());
  }
}

} // namespace payments
