/* A library whose calls belong together by a handle: a number, one written through a pointer, a pointer. C. */
#ifndef LINK_H
#define LINK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct link_stream link_stream;

int link_open(const char *host);            /* -1 on failure */
int link_find(const char *host, int *link); /* 0, or -1 on failure */
int link_login(int link, const char *user); /* 0, or -1 on failure */
long link_send(int link, const char *text); /* -1 on failure */
void link_close(int link);

int port_connect(int port); /* 0, or -1 on failure; the caller has the number already */
void port_close(int port);

link_stream *stream_open(const char *name);
int stream_read(link_stream *stream);
int stream_close(link_stream **stream);

#ifdef __cplusplus
}
#endif
#endif
