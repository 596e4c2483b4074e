#include "passage.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tripwire::plugins::calls {

Passage::Passage(plugin::Visit &visit, std::shared_ptr<OpenFile> file, Direction direction)
    : visit_(visit), file_(std::move(file)), is_read_(direction == Direction::read) {
  const std::shared_ptr<Files> files = file_->files.lock();
  const plugin::Description call = describe();
  is_single_ = files == nullptr || files->step_for(call) != nullptr || files->are_of_parent();
  room_ = is_single_ ? std::numeric_limits<std::size_t>::max() : files->room_for(call);
}

plugin::Description Passage::describe() const {
  return calls::describe(is_read_ ? "read" : "write", *file_, is_read_ ? Reach::read : Reach::write);
}

int Passage::begin() {
  goes_on_ = !is_single_ && file_->goes_on(is_read_, {});
  if (goes_on_)
    return 0;
  file_->ends();
  const plugin::Decision decision = visit_.present(describe());
  recorded_ = decision.recorded;
  if (decision.real())
    return 0;
  const auto &mock = *decision.as<FileMock>();
  room_ = std::min(room_, mock.at_most.value_or(room_));
  return mock.error;
}

void Passage::moved(std::string bytes) {
  file_->add(is_read_, bytes.size());
  if (goes_on_ && file_->goes_on(is_read_, bytes))
    return;
  if (goes_on_) // another thread has ended it
    recorded_ = visit_.present(describe()).recorded;
  file_->begins(is_read_, recorded_, bytes);
  if (is_single_)
    file_->ends();
}

void Passage::failed(int error, const Facts &facts) {
  if (goes_on_) {
    file_->ends();
    recorded_ = visit_.present(describe()).recorded;
  }
  record(recorded_, facts, error);
}

} // namespace tripwire::plugins::calls
