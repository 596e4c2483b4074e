/* A small library of the outside world, as a seam file would name it. C, used from C++ too. */
#ifndef ACME_H
#define ACME_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum acme_status { ACME_OK = 0, ACME_DECLINED = 1, ACME_BUSY = 2 } acme_status;

enum { ACME_FAST = 1, ACME_SAFE = 2 };

typedef struct acme_receipt {
  char id[16];
  long cents;
} acme_receipt;

acme_status acme_charge(const char *account, long cents, acme_receipt *receipt);
long acme_send(const void *data, size_t size, int flags);
long acme_receive(void *buffer, size_t size);
int acme_log(const char *format, ...);
void acme_close(int handle);
int acme_login(const char *user, const char *password);
int acme_plain(int a, const void *b, size_t c);

#ifdef __cplusplus
}
#endif
#endif
