/* refused: the cleanup attribute calls the seam 'acme_clean' where nothing can be rewritten */
#include "acme/refused.h"
int use(void) {
  __attribute__((cleanup(acme_clean))) int number = 1;
  return number;
}
