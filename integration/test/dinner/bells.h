/* The outside world of a whole program in C. */
#ifndef BELLS_H
#define BELLS_H

/* Wakes the neighbours. Returns how often it was heard, or -1. */
int bell_ring(int times);

#endif
