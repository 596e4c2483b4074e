#include "layer.hpp"

#include "call_site.hpp"
#include "firewall/request.hpp"
#include "report/report.hpp"
#include "route.hpp"
#include "settings.hpp"

#include <unwind.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::runtime {

namespace {

/// What a frame of the stack is to a layer.
enum class Frame : unsigned char {
  layer,   ///< code of the layer's files
  between, ///< of the runtime, of the seams' definitions, of the system: says nothing
  user,    ///< any other
};

std::vector<std::string> headers_of(const seam::Slot &slot) {
  std::vector<std::string> headers;
  std::string_view rest = slot.facts.layer;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    headers.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return headers;
}

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool has_part(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Functions of the runtime and of the definitions, where these have no debug information.
bool is_our_function(std::string_view name) {
  return begins_with(name, "tripwire::") || has_part(name, "tripwire_seam_") || has_part(name, "tripwire_may_throw_");
}

/// Files that the definitions are compiled from, when they have debug information.
bool is_our_file(std::string_view path) {
  return has_part(path, "/tripwire/seam/") || has_part(path, ".tripwire/definitions.cpp");
}

/// What the system brings: its headers and libraries.
bool is_of_system(std::string_view path) {
  return begins_with(path, "/usr/include/") || begins_with(path, "/usr/lib") || begins_with(path, "/lib");
}

class Judge {
public:
  Judge(const seam::Slot &slot, std::uintptr_t site, std::uintptr_t frame)
      : plugin_(guarded_name(slot)), headers_(headers_of(slot)), site_(site), end_(frame) {}

  /// Whether the code at the address, and all that it was inlined into, is the layer's.
  Frame judge(std::uintptr_t return_address) const {
    const LocatedCallSite place = located_call_site(reinterpret_cast<const void *>(return_address));
    if (place.file.empty()) {
      return is_our_function(place.site.function) || is_of_system(place.module) ? Frame::between : Frame::user;
    }
    if (begins_with(place.site.function, "tripwire::runtime::")) {
      return Frame::between;
    }
    Frame worst = judge_file(place.file);
    for (const std::string &file : place.inlined_into) {
      const Frame outer = judge_file(file);
      worst = outer == Frame::user ? outer : worst;
    }
    return worst;
  }

  /// From the call site out to the real call: none but the layer's own code.
  bool finds_layer_only() {
    _Unwind_Backtrace(
        [](_Unwind_Context *at, void *judge) {
          return static_cast<Judge *>(judge)->visit(at) ? _URC_NO_REASON : _URC_END_OF_STACK;
        },
        this);
    return reached_ && !found_user_;
  }

private:
  Frame judge_file(const std::string &file) const {
    if (Settings::instance().is_of_layer(plugin_, headers_, file)) {
      return Frame::layer;
    }
    return is_of_system(file) || is_our_file(file) ? Frame::between : Frame::user;
  }

  /// \return whether to go on.
  bool visit(_Unwind_Context *at) {
    if (_Unwind_GetCFA(at) >= end_) {
      reached_ = began_;
      return false;
    }
    const std::uintptr_t address = _Unwind_GetIP(at);
    began_ = began_ || address == site_;
    found_user_ = found_user_ || (began_ && judge(address) == Frame::user);
    return !found_user_;
  }

  std::string_view plugin_;
  std::vector<std::string> headers_;
  std::uintptr_t site_;
  std::uintptr_t end_;
  bool began_ = false;
  bool reached_ = false;
  bool found_user_ = false;
};

/// While it lives, the real function of \p call runs.
class RealCode {
public:
  RealCode(Context &of, const seam::Call &call, const void *frame) noexcept
      : of_(of), running_{&call.slot, of.answering, frame} {
    of.answering = &running_;
  }
  RealCode(const RealCode &) = delete;
  RealCode &operator=(const RealCode &) = delete;
  ~RealCode() { of_.answering = running_.outer; }

private:
  Context &of_;
  Answering running_;
};

bool has_layer(const seam::Slot &slot) {
  const Settings &settings = Settings::instance();
  return settings.has_layers() && (!slot.facts.layer.empty() || settings.names_layer_of(guarded_name(slot)));
}

/// The question is asked again for each call of a loop, and the answer about the call site alone stays the same.
bool site_is_of_layer(const Judge &judge, const seam::Slot &slot, const void *site) {
  static std::mutex mutex;
  static auto *const known = new std::map<std::pair<const seam::Slot *, const void *>, bool>;
  const std::lock_guard<std::mutex> lock(mutex);
  const auto [found, is_new] = known->try_emplace({&slot, site}, false);
  if (is_new) {
    found->second = judge.judge(reinterpret_cast<std::uintptr_t>(site)) == Frame::layer;
  }
  return found->second;
}

} // namespace

namespace {

void make(seam::Call &call) {
  if (call.make == nullptr) {
    return;
  }
  try {
    call.make(call);
  } catch (...) {
    call.answered = true; // so: what it threw goes to the caller, whatever it is
    throw;
  }
}

} // namespace

bool made_by_what_runs(Context &of, seam::Call &call) {
  const int entry_errno = errno;
  for (const Answering *at = of.answering; at != nullptr; at = at->outer) {
    if (at->frame == nullptr && at->slot == nullptr) {
      make(call);
      return true;
    }
    if (at->frame == nullptr && at->slot == &call.slot) {
      make_with_layer(call);
      return true;
    }
  }
  const Answering &innermost = *of.answering;
  bool belongs = false;
  if (innermost.frame != nullptr && has_layer(*innermost.slot)) {
    Judge judge(*innermost.slot, reinterpret_cast<std::uintptr_t>(call.site),
                reinterpret_cast<std::uintptr_t>(innermost.frame));
    belongs = site_is_of_layer(judge, *innermost.slot, call.site) && judge.finds_layer_only();
    errno = entry_errno;
  }
  if (belongs && report::is_on()) {
    report::note_call(call, *route_of(of, call.slot).verifier, report::Went::let_through);
  }
  // Whatever this real code calls in turn is still judged by the call around it.
  if (belongs) {
    make(call);
  }
  return belongs;
}

void make_with_layer(seam::Call &call) {
  if (call.make == nullptr) {
    return;
  }
  Context &of = context();
  // One without a layer hides those around it: what it calls is not theirs.
  if (of.answering == nullptr && !has_layer(call.slot)) {
    make(call);
    return;
  }
  const RealCode runs(of, call, __builtin_frame_address(0));
  make(call);
}

} // namespace tripwire::runtime
