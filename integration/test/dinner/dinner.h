/* The code under test of a whole program in C: it is written as if there were no tests. */
#ifndef DINNER_H
#define DINNER_H

/* Rings once for each guest. Returns how often it was heard, or -1. */
int call_to_dinner(int guests);

#endif
