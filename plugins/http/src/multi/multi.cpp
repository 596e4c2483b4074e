#include "multi/multi.hpp"

#include "easy/url.hpp"

#include <algorithm>

namespace tripwire::plugins::curl {

void Multi::added(CURL *handle, std::shared_ptr<Easy> easy) {
  auto each = std::make_shared<Added>();
  each->handle = handle;
  each->easy = std::move(easy);
  each->easy->multi = handle_;
  added_.push_back(std::move(each));
}

Multi::Added *Multi::find(CURL *handle) const {
  for (const auto &each : added_)
    if (each->handle == handle)
      return each.get();
  return nullptr;
}

bool Multi::is_in_libcurl(CURL *handle) const {
  const Added *each = find(handle);
  return each == nullptr || each->is_in_libcurl;
}

void Multi::removed(CURL *handle) {
  const auto found =
      std::find_if(added_.begin(), added_.end(), [&](const auto &each) { return each->handle == handle; });
  if (found == added_.end())
    return;
  const std::shared_ptr<Added> each = *found;
  added_.erase(found);
  forget(*each);
}

void Multi::removed_all() {
  const auto all = std::exchange(added_, {});
  for (const auto &each : all)
    forget(*each);
}

void Multi::forget(Added &each) {
  each.easy->multi = nullptr;
  messages_.erase(std::remove(messages_.begin(), messages_.end(), &each.message), messages_.end());
  if (each.stage == Stage::real && each.real != nullptr)
    each.real->cancelled();
  if (each.stage == Stage::mocked)
    each.asked->cancelled();
}

int Multi::waiting() const {
  return static_cast<int>(
      std::count_if(added_.begin(), added_.end(), [](const auto &each) { return each->stage == Stage::mocked; }));
}

bool Multi::has_real() const {
  return std::any_of(added_.begin(), added_.end(),
                     [](const auto &each) { return each->is_in_libcurl && each->stage != Stage::over; });
}

std::chrono::milliseconds Multi::time_to_next() const {
  Time least = Time::max();
  for (const auto &each : added_)
    if (each->stage == Stage::mocked)
      least = std::min(least, each->due);
  if (least == Time::max() || least <= now_)
    return std::chrono::milliseconds(0);
  return std::chrono::ceil<std::chrono::milliseconds>(least - now_);
}

void Multi::waited(std::chrono::milliseconds time) {
  has_waited_ = has_waited_ || time.count() > 0 || time_to_next().count() == 0;
  now_ += time;
}

std::vector<std::shared_ptr<Multi::Added>> Multi::due() {
  // A program that does not wait by this handle waits by itself: by now it has waited long enough.
  if (!has_waited_)
    now_ += time_to_next();
  has_waited_ = false;
  std::vector<std::shared_ptr<Added>> found;
  for (const auto &each : added_)
    if (each->stage == Stage::mocked && each->due <= now_)
      found.push_back(each);
  std::stable_sort(found.begin(), found.end(),
                   [](const auto &left, const auto &right) { return left->due < right->due; });
  return found;
}

void Multi::run(plugin::Visit &visit) {
  timer_.hold();
  for (const auto &each : due())
    go_on(visit, *each);
  const auto all = added_;
  for (const auto &each : all)
    if (each->stage == Stage::added)
      begin(visit, *each);
}

// Whatever goes wrong, a transfer that was refused must not be left to libcurl.
void Multi::begin(plugin::Visit &visit, Added &each) {
  try {
    ask(visit, each);
  } catch (...) {
    take_out(each);
    over(each, CURLE_COULDNT_CONNECT);
    throw;
  }
}

void Multi::ask(plugin::Visit &visit, Added &each) {
  Easy &easy = *each.easy;
  easy.last_was_mocked = false;
  const auto real = [&](const plugin::Recorded &recorded) {
    each.stage = Stage::real;
    each.real = std::make_unique<RealTransfer>(each.handle, easy, recorded);
  };
  const ParsedUrl parsed = parse_url(easy.options);
  if (!easy.complete && !parsed.url)
    return real(ask_about_unknown(visit));
  if (easy.complete && fails_before_connecting(easy, parsed))
    return real({});
  each.asked = std::make_unique<Asked>(easy);
  each.played =
      std::make_unique<Transfer>(Performing{each.handle, easy.options, Handles::all().form_of(easy), connections_},
                                 *parsed.url, *each.asked, easy.info);
  go_on(visit, each);
  if (each.stage == Stage::over || !each.played->outcome().unanswered)
    return take_out(each);
  each.played.reset();
  real(each.asked->recorded());
}

void Multi::go_on(plugin::Visit &visit, Added &each) {
  each.stage = Stage::mocked;
  each.asked->during(visit);
  try {
    each.played->go_on();
  } catch (...) {
    over(each, CURLE_COULDNT_CONNECT);
    throw;
  }
  if (!each.played->is_over()) {
    each.due = now_ + each.played->wait();
    return;
  }
  const Outcome &outcome = each.played->outcome();
  if (outcome.unanswered)
    return;
  if (!outcome.error.empty())
    fill_error_buffer(each.easy->options, outcome.error);
  over(each, outcome.code);
  each.asked->check_honoured(outcome.not_honoured);
}

void Multi::take_out(Added &each) {
  if (!each.is_in_libcurl)
    return;
  each.is_in_libcurl = false;
  curl_multi_remove_handle(handle_, each.handle);
}

void Multi::over(Added &each, CURLcode code) {
  if (each.stage == Stage::over)
    return;
  each.stage = Stage::over;
  each.message.msg = CURLMSG_DONE;
  each.message.easy_handle = each.handle;
  each.message.data.result = code;
  messages_.push_back(&each.message);
}

void Multi::collect() {
  int left = 0;
  while (CURLMsg *message = curl_multi_info_read(handle_, &left)) {
    Added *each = message->msg == CURLMSG_DONE ? find(message->easy_handle) : nullptr;
    if (each == nullptr) {
      messages_.push_back(message); // of code that is not rewritten
      continue;
    }
    if (each->real != nullptr)
      each->real->ended(message->data.result);
    over(*each, message->data.result);
  }
}

CURLMsg *Multi::next_message(int &left) {
  left = 0;
  if (messages_.empty())
    return nullptr;
  CURLMsg *message = messages_.front();
  messages_.pop_front();
  left = static_cast<int>(messages_.size());
  return message;
}

Multis &Multis::all() {
  // Never destroyed: handles of static objects are cleaned up after main.
  static auto *table = new Multis;
  return *table;
}

std::shared_ptr<Multi> Multis::made(CURLM *handle) {
  auto multi = std::make_shared<Multi>(handle);
  const std::lock_guard<std::mutex> lock(mutex_);
  multis_[handle] = multi;
  return multi;
}

std::shared_ptr<Multi> Multis::find(CURLM *handle) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = multis_.find(handle);
  return found == multis_.end() ? nullptr : found->second;
}

std::shared_ptr<Multi> Multis::find_or_note(CURLM *handle) {
  std::shared_ptr<Multi> found = find(handle);
  return found == nullptr ? made(handle) : found;
}

void Multis::gone(CURLM *handle) {
  const std::lock_guard<std::mutex> lock(mutex_);
  multis_.erase(handle);
}

} // namespace tripwire::plugins::curl
