#include "info.hpp"

#include "headers.hpp"

namespace tripwire::plugins::curl {

namespace {

curl_off_t speed(curl_off_t bytes, curl_off_t microseconds) {
  if (microseconds < 1)
    return bytes;
  return static_cast<curl_off_t>(static_cast<double>(bytes) * 1e6 / static_cast<double>(microseconds));
}

std::optional<const char *> text(const Info &facts, CURLINFO info) {
  const auto or_null = [](const std::optional<std::string> &value) { return value ? value->c_str() : nullptr; };
  switch (static_cast<int>(info)) {
  case CURLINFO_EFFECTIVE_URL:
    return facts.effective_url.c_str();
  case CURLINFO_EFFECTIVE_METHOD:
    return facts.effective_method.c_str();
  case CURLINFO_CONTENT_TYPE:
    return or_null(facts.content_type);
  case CURLINFO_REDIRECT_URL:
    return or_null(facts.redirect_url);
  case CURLINFO_REFERER:
    return or_null(facts.referer);
  case CURLINFO_PRIMARY_IP:
    return facts.primary_ip.c_str();
  case CURLINFO_LOCAL_IP:
    return facts.local_ip.c_str();
  case CURLINFO_SCHEME:
    return facts.scheme.empty() ? nullptr : facts.scheme.c_str();
  default:
    return std::nullopt;
  }
}

std::optional<long> number(const Info &facts, CURLINFO info) {
  switch (static_cast<int>(info)) {
  case CURLINFO_RESPONSE_CODE:
    return facts.response_code;
  case CURLINFO_HTTP_CONNECTCODE:
  case CURLINFO_SSL_VERIFYRESULT:
  case CURLINFO_PROXY_SSL_VERIFYRESULT:
  case CURLINFO_PROXYAUTH_AVAIL:
  case CURLINFO_OS_ERRNO:
  case CURLINFO_PROXY_ERROR:
    return 0;
  case CURLINFO_FILETIME:
    return static_cast<long>(facts.file_time);
  case CURLINFO_HEADER_SIZE:
    return facts.header_size;
  case CURLINFO_REQUEST_SIZE:
    return facts.request_size;
  case CURLINFO_REDIRECT_COUNT:
    return facts.redirect_count;
  case CURLINFO_HTTPAUTH_AVAIL:
    return static_cast<long>(facts.http_auth_avail);
  case CURLINFO_NUM_CONNECTS:
    return facts.num_connects;
  case CURLINFO_LASTSOCKET:
    return -1;
  case CURLINFO_PRIMARY_PORT:
    return facts.primary_port;
  case CURLINFO_LOCAL_PORT:
    return facts.local_port;
  case CURLINFO_CONDITION_UNMET:
    return facts.response_code == 304 ? 1 : facts.condition_unmet;
  case CURLINFO_HTTP_VERSION:
    return facts.http_version;
  case CURLINFO_PROTOCOL:
    return facts.protocol;
  default:
    return std::nullopt;
  }
}

// The same figure is asked for as a curl_off_t and, in the older form, as a double.
enum class Figure {
  uploaded,
  downloaded,
  download_speed,
  upload_speed,
  download_length,
  upload_length,
  total,
  name_lookup,
  connect,
  app_connect,
  pre_transfer,
  start_transfer,
  redirect
};

curl_off_t figure(const Info &facts, Figure which) {
  switch (which) {
  case Figure::uploaded:
    return facts.uploaded;
  case Figure::downloaded:
    return facts.downloaded;
  case Figure::download_speed:
    return speed(facts.downloaded, facts.total_time);
  case Figure::upload_speed:
    return speed(facts.uploaded, facts.total_time);
  case Figure::download_length:
    return facts.download_length;
  case Figure::upload_length:
    return facts.upload_length;
  case Figure::total:
    return facts.total_time;
  case Figure::name_lookup:
    return facts.name_lookup_time;
  case Figure::connect:
    return facts.connect_time;
  case Figure::app_connect:
    return facts.app_connect_time;
  case Figure::pre_transfer:
    return facts.pre_transfer_time;
  case Figure::start_transfer:
    return facts.start_transfer_time;
  case Figure::redirect:
    return facts.redirect_time;
  }
  return 0;
}

struct FigureForms {
  Figure figure;
  int as_offset;
  int as_double;
  bool is_time;
};

constexpr FigureForms figures[] = {
    {Figure::uploaded, CURLINFO_SIZE_UPLOAD_T, CURLINFO_DOUBLE + 7, false},
    {Figure::downloaded, CURLINFO_SIZE_DOWNLOAD_T, CURLINFO_DOUBLE + 8, false},
    {Figure::download_speed, CURLINFO_SPEED_DOWNLOAD_T, CURLINFO_DOUBLE + 9, false},
    {Figure::upload_speed, CURLINFO_SPEED_UPLOAD_T, CURLINFO_DOUBLE + 10, false},
    {Figure::download_length, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, CURLINFO_DOUBLE + 15, false},
    {Figure::upload_length, CURLINFO_CONTENT_LENGTH_UPLOAD_T, CURLINFO_DOUBLE + 16, false},
    {Figure::total, CURLINFO_TOTAL_TIME_T, CURLINFO_TOTAL_TIME, true},
    {Figure::name_lookup, CURLINFO_NAMELOOKUP_TIME_T, CURLINFO_NAMELOOKUP_TIME, true},
    {Figure::connect, CURLINFO_CONNECT_TIME_T, CURLINFO_CONNECT_TIME, true},
    {Figure::app_connect, CURLINFO_APPCONNECT_TIME_T, CURLINFO_APPCONNECT_TIME, true},
    {Figure::pre_transfer, CURLINFO_PRETRANSFER_TIME_T, CURLINFO_PRETRANSFER_TIME, true},
    {Figure::start_transfer, CURLINFO_STARTTRANSFER_TIME_T, CURLINFO_STARTTRANSFER_TIME, true},
    {Figure::redirect, CURLINFO_REDIRECT_TIME_T, CURLINFO_REDIRECT_TIME, true},
};

bool same_origin(const StoredHeader &header, unsigned int origins, int request) {
  return (header.origin & origins) != 0 && header.request == request;
}

// What a view shows beside name and value: how many of that name there are, and which one this is.
curl_header *view_of(Info &facts, std::size_t at, unsigned int origins) {
  const StoredHeader &stored = facts.headers[at];
  std::size_t amount = 0;
  std::size_t index = 0;
  for (std::size_t each = 0; each < facts.headers.size(); ++each)
    if (same_name(facts.headers[each].name, stored.name) && same_origin(facts.headers[each], origins, stored.request)) {
      if (each == at)
        index = amount;
      ++amount;
    }
  facts.views.push_back({{}, at});
  curl_header &view = facts.views.back().view;
  view.name = facts.headers[at].name.data();
  view.value = facts.headers[at].value.data();
  view.amount = amount;
  view.index = index;
  view.origin = stored.origin | (1U << 27U); // libcurl marks it so too, that nobody compares the whole number
  view.anchor = nullptr;
  return &view;
}

constexpr unsigned int every_origin = CURLH_HEADER | CURLH_TRAILER | CURLH_CONNECT | CURLH_1XX | CURLH_PSEUDO;

} // namespace

bool answer(const Info &facts, CURLINFO info, void *place) {
  const int kind = static_cast<int>(info) & CURLINFO_TYPEMASK;
  if (info == CURLINFO_CERTINFO) {
    // libcurl hands the struct out under the type of a list.
    *static_cast<const curl_certinfo **>(place) = &facts.certificates;
    return true;
  }
  if (info == CURLINFO_ACTIVESOCKET) {
    *static_cast<curl_socket_t *>(place) = CURL_SOCKET_BAD;
    return true;
  }
  if (kind == CURLINFO_STRING) {
    const std::optional<const char *> value = text(facts, info);
    if (value)
      *static_cast<const char **>(place) = *value;
    return value.has_value();
  }
  if (kind == CURLINFO_LONG) {
    const std::optional<long> value = number(facts, info);
    if (value)
      *static_cast<long *>(place) = *value;
    return value.has_value();
  }
  if (info == CURLINFO_FILETIME_T || info == CURLINFO_RETRY_AFTER) {
    *static_cast<curl_off_t *>(place) = info == CURLINFO_FILETIME_T ? facts.file_time : facts.retry_after;
    return true;
  }
  for (const FigureForms &each : figures) {
    const curl_off_t value = figure(facts, each.figure);
    if (info == each.as_offset) {
      *static_cast<curl_off_t *>(place) = value;
      return true;
    }
    if (info == each.as_double) {
      *static_cast<double *>(place) = each.is_time ? static_cast<double>(value) / 1e6 : static_cast<double>(value);
      return true;
    }
  }
  return false;
}

CURLHcode header(Info &facts, const char *name, std::size_t index, unsigned int origins, int request,
                 curl_header **result) {
  if (name == nullptr || result == nullptr || origins == 0 || origins > every_origin || request < -1)
    return CURLHE_BAD_ARGUMENT;
  if (facts.headers.empty())
    return CURLHE_NOHEADERS;
  if (request > facts.requests)
    return CURLHE_NOREQUEST;
  if (request == -1)
    request = facts.requests;
  std::vector<std::size_t> found;
  for (std::size_t each = 0; each < facts.headers.size(); ++each)
    if (same_name(facts.headers[each].name, name) && same_origin(facts.headers[each], origins, request))
      found.push_back(each);
  if (found.empty())
    return CURLHE_MISSING;
  if (index >= found.size())
    return CURLHE_BADINDEX;
  *result = view_of(facts, found[index], origins);
  return CURLHE_OK;
}

curl_header *next_header(Info &facts, unsigned int origins, int request, const curl_header *previous) {
  if (request > facts.requests)
    return nullptr;
  if (request == -1)
    request = facts.requests;
  std::size_t at = 0;
  if (previous != nullptr)
    for (const Info::HeaderView &each : facts.views)
      if (&each.view == previous)
        at = each.index + 1;
  for (; at < facts.headers.size(); ++at)
    if (same_origin(facts.headers[at], origins, request))
      return view_of(facts, at, origins);
  return nullptr;
}

} // namespace tripwire::plugins::curl
