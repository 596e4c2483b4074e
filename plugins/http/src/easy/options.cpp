#include "options.hpp"

#include <cstring>

namespace tripwire::plugins::curl {

namespace {

enum class Type { number, pointer, function, blob };

// The option's number says how its argument travels; see CURLOPTTYPE_ in curl/curl.h.
Type type_of(CURLoption option) {
  if (option >= CURLOPTTYPE_BLOB)
    return Type::blob;
  if (option >= CURLOPTTYPE_OFF_T)
    return Type::number;
  if (option >= CURLOPTTYPE_FUNCTIONPOINT)
    return Type::function;
  if (option >= CURLOPTTYPE_OBJECTPOINT)
    return Type::pointer;
  return Type::number;
}

bool is_string(CURLoption option) {
  const curl_easyoption *known = curl_easy_option_by_id(option);
  return known != nullptr && known->type == CURLOT_STRING;
}

curl_off_t as_number(const OptionArgument &argument) {
  if (const auto *number = std::get_if<curl_off_t>(&argument))
    return *number;
  if (const auto *pointer = std::get_if<const void *>(&argument))
    return static_cast<curl_off_t>(reinterpret_cast<std::intptr_t>(*pointer));
  return std::get<Function>(argument) != nullptr;
}

// A literal 0 is a common way to write NULL here, and arrives as a number.
const void *as_pointer(const OptionArgument &argument) {
  if (const auto *pointer = std::get_if<const void *>(&argument))
    return *pointer;
  if (const auto *number = std::get_if<curl_off_t>(&argument))
    return reinterpret_cast<const void *>(static_cast<std::intptr_t>(*number));
  return reinterpret_cast<const void *>(std::get<Function>(argument));
}

Function as_function(const OptionArgument &argument) {
  if (const auto *function = std::get_if<Function>(&argument))
    return *function;
  return reinterpret_cast<Function>(const_cast<void *>(as_pointer(argument)));
}

} // namespace

void Options::accept(CURLoption option, const OptionArgument &argument) {
  choose_verb(option, argument);
  switch (type_of(option)) {
  case Type::number:
    values_[option] = as_number(argument);
    return;
  case Type::function:
    values_[option] = as_function(argument);
    return;
  case Type::blob:
    values_[option] = as_pointer(argument);
    return;
  case Type::pointer:
    break;
  }
  const void *pointer = as_pointer(argument);
  if (option == CURLOPT_COPYPOSTFIELDS) {
    copied_.reset();
    values_[CURLOPT_POSTFIELDS] = pointer;
    if (pointer == nullptr)
      return;
    const curl_off_t size = number(CURLOPT_POSTFIELDSIZE_LARGE, number(CURLOPT_POSTFIELDSIZE, -1));
    const auto *bytes = static_cast<const char *>(pointer);
    copied_.emplace(bytes, size < 0 ? std::strlen(bytes) : static_cast<std::size_t>(size));
    return;
  }
  if (option == CURLOPT_POSTFIELDS)
    copied_.reset();
  if (!is_string(option)) {
    values_[option] = pointer;
    return;
  }
  const auto *text = static_cast<const char *>(pointer);
  if (option == CURLOPT_COOKIEFILE || option == CURLOPT_COOKIEJAR || option == CURLOPT_COOKIELIST)
    keeps_cookies_ = keeps_cookies_ || text != nullptr;
  if (keep_secret(option, text))
    return;
  values_[option] = text == nullptr ? std::optional<std::string>() : std::optional<std::string>(text);
}

bool Options::keep_secret(CURLoption option, const char *text) {
  const std::string_view value = text == nullptr ? std::string_view() : std::string_view(text);
  if (option == CURLOPT_USERPWD) {
    const std::size_t colon = value.find(':');
    has_user_ = text != nullptr;
    user_size_ = colon == std::string_view::npos ? value.size() : colon;
    password_size_ = colon == std::string_view::npos ? 0 : value.size() - colon - 1;
  } else if (option == CURLOPT_USERNAME) {
    has_user_ = text != nullptr;
    user_size_ = value.size();
  } else if (option == CURLOPT_PASSWORD) {
    password_size_ = value.size();
  } else if (option == CURLOPT_XOAUTH2_BEARER) {
    bearer_size_ = value.size();
  } else if (option != CURLOPT_PROXYUSERPWD && option != CURLOPT_PROXYPASSWORD && option != CURLOPT_KEYPASSWD &&
             option != CURLOPT_PROXY_KEYPASSWD && option != CURLOPT_TLSAUTH_PASSWORD &&
             option != CURLOPT_PROXY_TLSAUTH_PASSWORD) {
    return false;
  }
  values_[option] = static_cast<curl_off_t>(text != nullptr);
  return true;
}

// The order of lib/setopt.c: each of these options overwrites what the ones before it chose.
void Options::choose_verb(CURLoption option, const OptionArgument &argument) {
  const bool on = as_number(argument) != 0;
  switch (static_cast<int>(option)) {
  case CURLOPT_NOBODY:
    no_body_ = on;
    if (on)
      verb_ = Verb::head;
    else if (verb_ == Verb::head)
      verb_ = Verb::get;
    return;
  case CURLOPT_UPLOAD:
  case CURLOPT_PUT:
    verb_ = on ? Verb::put : Verb::get;
    if (on)
      no_body_ = false;
    return;
  case CURLOPT_POST:
    verb_ = on ? Verb::post : Verb::get;
    if (on)
      no_body_ = false;
    return;
  case CURLOPT_HTTPGET:
    if (!on)
      return;
    verb_ = Verb::get;
    no_body_ = false;
    return;
  case CURLOPT_POSTFIELDS:
  case CURLOPT_COPYPOSTFIELDS:
    verb_ = Verb::post;
    return;
  case CURLOPT_HTTPPOST:
    verb_ = Verb::post_form;
    no_body_ = false;
    return;
  case CURLOPT_MIMEPOST:
    verb_ = Verb::post_mime;
    no_body_ = false;
    return;
  // Each pair is one setting: the one set last counts.
  case CURLOPT_POSTFIELDSIZE:
    values_.erase(CURLOPT_POSTFIELDSIZE_LARGE);
    return;
  case CURLOPT_POSTFIELDSIZE_LARGE:
    values_.erase(CURLOPT_POSTFIELDSIZE);
    return;
  case CURLOPT_INFILESIZE:
    values_.erase(CURLOPT_INFILESIZE_LARGE);
    return;
  case CURLOPT_INFILESIZE_LARGE:
    values_.erase(CURLOPT_INFILESIZE);
    return;
  case CURLOPT_RESUME_FROM:
    values_.erase(CURLOPT_RESUME_FROM_LARGE);
    return;
  case CURLOPT_RESUME_FROM_LARGE:
    values_.erase(CURLOPT_RESUME_FROM);
    return;
  case CURLOPT_TIMEOUT:
    values_.erase(CURLOPT_TIMEOUT_MS);
    return;
  case CURLOPT_TIMEOUT_MS:
    values_.erase(CURLOPT_TIMEOUT);
    return;
  case CURLOPT_MAXFILESIZE:
    values_.erase(CURLOPT_MAXFILESIZE_LARGE);
    return;
  case CURLOPT_MAXFILESIZE_LARGE:
    values_.erase(CURLOPT_MAXFILESIZE);
    return;
  case CURLOPT_TIMEVALUE:
    values_.erase(CURLOPT_TIMEVALUE_LARGE);
    return;
  case CURLOPT_TIMEVALUE_LARGE:
    values_.erase(CURLOPT_TIMEVALUE);
    return;
  case CURLOPT_PROTOCOLS:
    values_.erase(CURLOPT_PROTOCOLS_STR);
    return;
  case CURLOPT_PROTOCOLS_STR:
    values_.erase(CURLOPT_PROTOCOLS);
    return;
  case CURLOPT_REDIR_PROTOCOLS:
    values_.erase(CURLOPT_REDIR_PROTOCOLS_STR);
    return;
  case CURLOPT_REDIR_PROTOCOLS_STR:
    values_.erase(CURLOPT_REDIR_PROTOCOLS);
    return;
  default:
    return;
  }
}

curl_off_t Options::number(CURLoption option, curl_off_t otherwise) const {
  const auto found = values_.find(option);
  if (found == values_.end())
    return otherwise;
  const auto *number = std::get_if<curl_off_t>(&found->second);
  return number == nullptr ? otherwise : *number;
}

const std::string *Options::text(CURLoption option) const {
  const auto found = values_.find(option);
  if (found == values_.end())
    return nullptr;
  const auto *text = std::get_if<std::optional<std::string>>(&found->second);
  return text == nullptr || !*text ? nullptr : &**text;
}

const void *Options::pointer(CURLoption option) const {
  const auto found = values_.find(option);
  if (found == values_.end())
    return nullptr;
  const auto *pointer = std::get_if<const void *>(&found->second);
  return pointer == nullptr ? nullptr : *pointer;
}

Function Options::raw_function(CURLoption option) const {
  const auto found = values_.find(option);
  if (found == values_.end())
    return nullptr;
  const auto *function = std::get_if<Function>(&found->second);
  return function == nullptr ? nullptr : *function;
}

std::vector<std::string> Options::list(CURLoption option) const {
  std::vector<std::string> lines;
  for (const auto *item = static_cast<const curl_slist *>(pointer(option)); item != nullptr; item = item->next)
    lines.emplace_back(item->data);
  return lines;
}

bool Options::is_set(CURLoption option) const {
  return number(option) != 0 || text(option) != nullptr || pointer(option) != nullptr ||
         raw_function(option) != nullptr;
}

std::string option_name(CURLoption option) {
  const curl_easyoption *known = curl_easy_option_by_id(option);
  if (known == nullptr)
    return "option " + std::to_string(static_cast<int>(option));
  return std::string("CURLOPT_") + known->name;
}

} // namespace tripwire::plugins::curl
