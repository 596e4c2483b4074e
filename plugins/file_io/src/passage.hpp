// bytes that go through an open file --(Passage)--> one interaction for calls that follow each other
#ifndef TRIPWIRE_PLUGINS_FILE_IO_PASSAGE_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_PASSAGE_HPP

#include "calls.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace tripwire::plugins::calls {

enum class Direction : unsigned char { read, write };

/// One call that moves bytes, as one of its files sees it: `begin`, the call itself, then `moved` or `failed`.
class Passage {
public:
  /// Of a file whose test goes on.
  Passage(plugin::Visit &visit, std::shared_ptr<OpenFile> file, Direction direction);

  /// Puts the call before the core, unless it goes on with the one before it. \return the errno by which it fails; 0
  /// for none.
  int begin();
  /// How many bytes it may move, once it has begun.
  std::size_t room() const noexcept { return room_; }
  void moved(std::string bytes);
  void failed(int error, const Facts &facts);

private:
  plugin::Description describe() const;

  plugin::Visit &visit_;
  std::shared_ptr<OpenFile> file_;
  bool is_read_;
  bool is_single_;
  bool goes_on_ = false;
  std::size_t room_;
  plugin::Recorded recorded_;
};

} // namespace tripwire::plugins::calls

#endif
