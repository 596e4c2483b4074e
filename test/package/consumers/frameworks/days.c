#include "days.h"

#include <time.h>

long days(void) { return (long)time(NULL) / (24L * 60 * 60); }
