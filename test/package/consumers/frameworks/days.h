#pragma once

/* Whole days since 1970. */
long days(void);
