// errno before the runtime's own work --> errno after it
#ifndef TRIPWIRE_SRC_ERRNO_KEEPER_HPP
#define TRIPWIRE_SRC_ERRNO_KEEPER_HPP

#include <cerrno>

namespace tripwire::runtime {

/// Sets errno back to what it was when this was made; also on exceptions.
class ErrnoKeeper {
public:
  ErrnoKeeper() noexcept : kept_(errno) {}
  ErrnoKeeper(const ErrnoKeeper &) = delete;
  ErrnoKeeper &operator=(const ErrnoKeeper &) = delete;
  ~ErrnoKeeper() { errno = kept_; }

private:
  int kept_;
};

} // namespace tripwire::runtime

#endif
