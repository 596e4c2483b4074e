#include "mock.hpp"

namespace tripwire::plugins {

std::vector<plugin::Difference> RandomMock::compare(const plugin::Description &call) const {
  if (call.key() != key_)
    return {{key_ == random_seedings || call.key() == random_seedings ? "call" : "function", key_, call.key(), false}};
  return FieldMock::compare(call);
}

} // namespace tripwire::plugins
