#ifndef SHELF_HPP
#define SHELF_HPP

#include <string>

namespace shelf {

/// Books that are lent and come back.
class Shelf {
public:
  explicit Shelf(int copies) : copies_(copies) {}

  /// \return whether there was one left for \p reader.
  bool lend(const std::string &reader);

private:
  int copies_;
};

} // namespace shelf

#endif
