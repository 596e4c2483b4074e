// macro_forms.inc, as C
#include "acme/acme.h"
#include "form.h"

#define MACRO_FORM(name) macro_c_##name
#include "macro_forms.inc"
