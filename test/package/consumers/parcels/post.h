#ifndef POST_H
#define POST_H

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the parcel was taken. */
int post_send(const char *address, const char *content);
/* How many were taken so far. */
int post_taken(void);

#ifdef __cplusplus
}
#endif
#endif
