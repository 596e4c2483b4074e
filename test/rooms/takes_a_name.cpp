// What a plugin must not do: a definition that goes before the one in libc.
extern "C" int execvp(const char *, char *const[]) noexcept;
extern "C" int execvp(const char *, char *const[]) noexcept { return -1; }
