// A seam whose default argument is a call of another one.
#ifndef ACME_LAZY_HPP
#define ACME_LAZY_HPP

#include "acme/acme.hpp"

namespace acme {
int lazy(int number = acme_inc(1));
}
#endif
