// refused: some instantiations of this template name the seam here and others do not
#include "acme/acme.hpp"
struct Own {
  int read() const { return 1; }
};
template <class T> int reading(const T &object) { return object.read(); }
int use(const acme::Gateway &gateway) { return reading(gateway) + reading(Own()); }
