#pragma once

#ifdef EXPORTS_SECONDS
#define VISIBLE __attribute__((visibility("default")))
#else
#define VISIBLE
#endif

#ifdef __cplusplus
extern "C"
#endif
VISIBLE long
seconds(void);
