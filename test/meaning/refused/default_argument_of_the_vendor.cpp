// refused: reached past its wrapper in 'use()'
#include "acme/lazy.hpp"
int use() { return acme::lazy(); }
