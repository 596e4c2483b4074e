// the arguments of a watched call --(read)--> values, whatever the caller's integer and pointer types were
#ifndef TRIPWIRE_PLUGINS_HTTP_ARGUMENTS_HPP
#define TRIPWIRE_PLUGINS_HTTP_ARGUMENTS_HPP

#include <tripwire/plugin.hpp>

#include <algorithm>
#include <cstring>

namespace tripwire::plugins {

template <class T> T read(const plugin::Visit &visit, std::size_t index) {
  T value{}; // NOLINT(bugprone-invalid-enum-default-initialization): zero is what a narrower argument leaves
  const Value argument = visit.argument(index);
  std::memcpy(&value, argument.address, std::min<std::size_t>(sizeof(T), argument.type->size));
  return value;
}

template <class T> T *pointer(const plugin::Visit &visit, std::size_t index) { return read<T *>(visit, index); }

} // namespace tripwire::plugins

#endif
