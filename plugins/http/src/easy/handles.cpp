#include "handles.hpp"

namespace tripwire::plugins::curl {

Handles &Handles::all() {
  // Never destroyed: handles of static objects are cleaned up after main.
  static auto *table = new Handles;
  return *table;
}

void Handles::made(CURL *handle) {
  if (handle == nullptr)
    return;
  const std::lock_guard<std::mutex> lock(mutex_);
  easy_[handle] = std::make_shared<Easy>();
}

std::shared_ptr<Easy> Handles::find(CURL *handle) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<Easy> &found = easy_[handle];
  if (found == nullptr) {
    found = std::make_shared<Easy>();
    found->complete = false;
  }
  return found;
}

void Handles::duplicated(CURL *from, CURL *to) {
  if (to == nullptr)
    return;
  const std::shared_ptr<Easy> original = find(from);
  auto copy = std::make_shared<Easy>();
  copy->options = original->options;
  copy->complete = original->complete;
  if (const std::shared_ptr<Multipart> form = form_of(*original))
    copy->duplicated_form = copy_of(*form);
  const std::lock_guard<std::mutex> lock(mutex_);
  easy_[to] = std::move(copy);
}

void Handles::reset(CURL *handle) {
  const std::shared_ptr<Easy> easy = find(handle);
  easy->options.reset();
  easy->duplicated_form.reset();
  easy->info = Info();
  easy->last_was_mocked = false;
  // What was set before is gone from the real handle too.
  easy->complete = true;
}

void Handles::gone(CURL *handle) {
  const std::lock_guard<std::mutex> lock(mutex_);
  easy_.erase(handle);
}

void Handles::mime_made(curl_mime *mime) {
  if (mime == nullptr)
    return;
  const std::lock_guard<std::mutex> lock(mutex_);
  mimes_[mime] = {std::make_shared<Multipart>(), {}};
}

void Handles::mime_gone(curl_mime *mime) {
  const std::lock_guard<std::mutex> lock(mutex_);
  forget(mime);
}

void Handles::forget(curl_mime *mime) {
  const auto found = mimes_.find(mime);
  if (found == mimes_.end())
    return;
  const Mime gone = std::move(found->second);
  mimes_.erase(found);
  for (curl_mimepart *part : gone.parts) {
    const auto known = parts_.find(part);
    if (known == parts_.end())
      continue;
    curl_mime *inner = known->second.holds;
    parts_.erase(known);
    if (inner != nullptr)
      forget(inner);
  }
}

void Handles::part_added(curl_mime *mime, curl_mimepart *part) {
  if (part == nullptr)
    return;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = mimes_.find(mime);
  if (found == mimes_.end())
    return;
  auto facts = std::make_shared<MimePart>();
  found->second.form->parts.push_back(facts);
  found->second.parts.push_back(part);
  parts_[part] = {std::move(facts), nullptr};
}

void Handles::part_holds(curl_mimepart *part, curl_mime *mime) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = parts_.find(part);
  if (known == parts_.end())
    return;
  const auto inner = mimes_.find(mime);
  known->second.holds = mime;
  if (inner != mimes_.end())
    known->second.facts->content = inner->second.form;
  else
    known->second.facts->content = std::monostate();
}

std::shared_ptr<MimePart> Handles::part(curl_mimepart *part) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = parts_.find(part);
  return known == parts_.end() ? nullptr : known->second.facts;
}

std::shared_ptr<Multipart> Handles::form_of(const Easy &easy) {
  if (easy.duplicated_form != nullptr)
    return easy.duplicated_form;
  const void *mime = easy.options.pointer(CURLOPT_MIMEPOST);
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = mimes_.find(static_cast<curl_mime *>(const_cast<void *>(mime)));
  return found == mimes_.end() ? nullptr : found->second.form;
}

} // namespace tripwire::plugins::curl
