#ifndef POST_H
#define POST_H

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the parcel was taken. */
int post_send(const char *address, const char *content);
/* How many were taken so far. */
int post_taken(void);

/* A counter, and stamps at it: what is left of the money, or -1. */
int post_open(void);
int post_buy_stamp(int counter, int cents);
void post_leave(int counter);

#ifdef __cplusplus
}
#endif
#endif
