#include "multi/seams.hpp"

#include "arguments.hpp"
#include "easy/handles.hpp"
#include "multi/multi.hpp"

namespace tripwire::plugins::curl {

namespace {

using plugin::Visit;

CURLMcode real(Visit &visit) {
  visit.make_real();
  return visit.result<CURLMcode>();
}

CURLMcode drive(Visit &visit, const std::shared_ptr<Multi> &multi, int *running) {
  if (multi->is_busy())
    return CURLM_RECURSIVE_API_CALL;
  const Multi::Busy busy(*multi);
  try {
    multi->run(visit);
  } catch (...) {
    // Code that goes on all the same is told what is left, and is not left waiting.
    if (running != nullptr)
      *running = multi->waiting() + (multi->has_real() ? 1 : 0);
    multi->tell_timer();
    throw;
  }
  const CURLMcode code = real(visit);
  multi->collect();
  if (running != nullptr && code == CURLM_OK)
    *running += multi->waiting();
  multi->tell_timer();
  return code;
}

using Wait = CURLMcode (*)(CURLM *, curl_waitfd *, unsigned int, int, int *);

// Nobody waits for a mocked transfer: its clock is put forward. Real transfers and descriptors are looked at, and are
// waited for when no mocked transfer goes on before.
CURLMcode wait(Visit &visit, Wait function, CURLM *handle, curl_waitfd *extra, unsigned int count, int milliseconds,
               int *ready) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  if (multi == nullptr)
    return real(visit);
  if (multi->is_busy())
    return CURLM_RECURSIVE_API_CALL;
  if (multi->waiting() == 0 || milliseconds < 0)
    return real(visit);
  const std::chrono::milliseconds patience(milliseconds);
  const std::chrono::milliseconds next = multi->time_to_next();
  const bool others = count > 0 || multi->has_real();
  int others_ready = 0;
  const CURLMcode code = function(handle, extra, count, others && next > patience ? milliseconds : 0, &others_ready);
  if (ready != nullptr)
    *ready = others_ready;
  if (code == CURLM_OK && others_ready == 0)
    multi->waited(std::min(next, patience));
  return code;
}

} // namespace

void on_multi_init(Visit &visit) {
  visit.make_real();
  if (auto *handle = visit.result<CURLM *>())
    Multis::all().made(handle);
}

CURLMcode on_multi_add_handle(Visit &visit, CURLM *handle, CURL *easy_handle) {
  if (handle == nullptr || easy_handle == nullptr)
    return real(visit);
  const std::shared_ptr<Easy> easy = Handles::all().find(easy_handle);
  if (easy->multi != nullptr)
    return CURLM_ADDED_ALREADY;
  if (const auto known = Multis::all().find(handle); known != nullptr && known->is_busy())
    return CURLM_RECURSIVE_API_CALL;
  const std::shared_ptr<Multi> multi = Multis::all().find_or_note(handle);
  const Multi::Busy busy(*multi);
  const CURLMcode code = real(visit);
  if (code == CURLM_OK)
    multi->added(easy_handle, easy);
  return code;
}

CURLMcode on_multi_remove_handle(Visit &visit, CURLM *handle, CURL *easy_handle) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  if (multi == nullptr || easy_handle == nullptr)
    return real(visit);
  const std::shared_ptr<Easy> easy = Handles::all().find(easy_handle);
  if (easy->multi == nullptr)
    return real(visit);
  if (easy->multi != handle)
    return CURLM_BAD_EASY_HANDLE;
  if (multi->is_busy())
    return CURLM_RECURSIVE_API_CALL;
  const Multi::Busy busy(*multi);
  const CURLMcode code = multi->is_in_libcurl(easy_handle) ? real(visit) : CURLM_OK;
  if (code == CURLM_OK)
    multi->removed(easy_handle);
  multi->tell_timer();
  return code;
}

CURLMcode drive_multi(Visit &visit, CURLM *handle, int *running) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  return multi == nullptr ? real(visit) : drive(visit, multi, running);
}

CURLMcode on_multi_socket(Visit &visit, CURLM *handle, curl_socket_t socket, int *running) {
  return on_multi_socket_action(visit, handle, socket, 0, running);
}

CURLMcode on_multi_socket_action(Visit &visit, CURLM *handle, curl_socket_t socket, int, int *running) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  if (multi == nullptr)
    return real(visit);
  if (socket == CURL_SOCKET_TIMEOUT && !multi->is_busy())
    multi->timer().fired();
  return drive(visit, multi, running);
}

CURLMcode on_multi_wait(Visit &visit, CURLM *multi, curl_waitfd *extra, unsigned int count, int milliseconds,
                        int *ready) {
  return wait(visit, &curl_multi_wait, multi, extra, count, milliseconds, ready);
}

CURLMcode on_multi_poll(Visit &visit, CURLM *multi, curl_waitfd *extra, unsigned int count, int milliseconds,
                        int *ready) {
  return wait(visit, &curl_multi_poll, multi, extra, count, milliseconds, ready);
}

CURLMcode on_multi_timeout(Visit &visit, CURLM *handle, long *milliseconds) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  if (multi != nullptr && multi->is_busy())
    return CURLM_RECURSIVE_API_CALL;
  const CURLMcode code = real(visit);
  if (code == CURLM_OK && multi != nullptr && multi->waiting() != 0)
    *milliseconds = 0;
  return code;
}

CURLMcode on_multi_fdset(Visit &visit, CURLM *handle, fd_set *, fd_set *, fd_set *, int *) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  return multi != nullptr && multi->is_busy() ? CURLM_RECURSIVE_API_CALL : real(visit);
}

CURLMsg *on_multi_info_read(Visit &visit, CURLM *handle, int *left) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  if (multi == nullptr) {
    visit.make_real();
    return visit.result<CURLMsg *>();
  }
  int count = 0;
  CURLMsg *message = nullptr;
  if (!multi->is_busy()) {
    multi->collect();
    message = multi->next_message(count);
  }
  if (left != nullptr)
    *left = count;
  return message;
}

void on_multi_setopt(Visit &visit) {
  auto *handle = pointer<CURLM>(visit, 0);
  const auto option = read<CURLMoption>(visit, 1);
  const bool is_timer = option == CURLMOPT_TIMERFUNCTION || option == CURLMOPT_TIMERDATA;
  if (handle == nullptr || !is_timer || visit.count() < 3) {
    visit.make_real();
    return;
  }
  const std::shared_ptr<Multi> multi = Multis::all().find_or_note(handle);
  if (multi->is_busy()) {
    visit.answer<CURLMcode>(CURLM_RECURSIVE_API_CALL);
  } else if (option == CURLMOPT_TIMERFUNCTION) {
    visit.answer<CURLMcode>(multi->timer().set_function(read<curl_multi_timer_callback>(visit, 2)));
  } else {
    multi->timer().set_argument(pointer<void>(visit, 2));
    visit.answer<CURLMcode>(CURLM_OK);
  }
}

// Forgotten first: once libcurl has freed it, another thread may get the same address.
CURLMcode on_multi_cleanup(Visit &visit, CURLM *handle) {
  const std::shared_ptr<Multi> multi = Multis::all().find(handle);
  if (multi == nullptr)
    return real(visit);
  if (multi->is_busy())
    return CURLM_RECURSIVE_API_CALL;
  const Multi::Busy busy(*multi);
  Multis::all().gone(handle);
  const CURLMcode code = real(visit);
  multi->removed_all();
  return code;
}

void on_multi_real(Visit &visit) { visit.make_real(); }

void leave_multi(CURL *handle) {
  if (handle == nullptr)
    return;
  const std::shared_ptr<Easy> easy = Handles::all().find(handle);
  const std::shared_ptr<Multi> multi = easy->multi == nullptr ? nullptr : Multis::all().find(easy->multi);
  if (multi == nullptr)
    return;
  if (multi->is_in_libcurl(handle))
    curl_multi_remove_handle(easy->multi, handle);
  multi->removed(handle);
  if (!multi->is_busy())
    multi->tell_timer();
}

} // namespace tripwire::plugins::curl
