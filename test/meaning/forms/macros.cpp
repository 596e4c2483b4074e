// macro_forms.inc, as C++
#include "acme/acme.hpp"
#include "form.h"

#define MACRO_FORM(name) macro_cxx_##name
#include "macro_forms.inc"
