// The interface that a framework of mock objects asks for, and the real function behind it.
#ifndef INTERFACE_HPP
#define INTERFACE_HPP

#include "acme.h"

struct Interface {
  virtual ~Interface() = default;
  virtual int plain(int a, const void *b, size_t c) = 0;
};

struct Real : Interface {
  int plain(int a, const void *b, size_t c) override { return acme_plain(a, b, c); }
};

#endif
