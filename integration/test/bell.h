/* A seam and code in C that calls it, rewritten by hand: the adapters' tests need no tool. */
#ifndef BELL_H
#define BELL_H

/* The outside world: how often it rang. Rings for real otherwise. */
int bell_ring(int times);

/* The same without a failure value: nothing can be answered when it is refused. */
int bell_toll(int times);

/* How often the real bell rang. */
int bell_rung(void);

/* The code under test. */
int call_to_dinner(int guests);
int toll_for(int guests);

#endif
