// a function --(lowering)--> what compilers make of calls to it
#include "tool/lowering.hpp"

#include "tool/llvm_compat.hpp"

namespace tripwire::tool {

// Seen with GCC 12 to 15 and Clang 14 to 22.
std::vector<std::string> made_into(llvm::StringRef function) {
  using Names = std::vector<std::string>;
  if (Names output = lowered_to(function); !output.empty())
    return output;
  return StringSwitch<Names>(function)
      .Case("strcpy", {"sprintf", "snprintf", "strcat", "stpcpy"})
      .Case("stpcpy", {"strcpy", "strcat", "sprintf"})
      .Case("strlen", {"sprintf", "snprintf", "strcat", "stpcpy", "strcspn", "strspn"})
      .Case("memcpy", {"strcpy", "strncpy", "stpcpy", "stpncpy", "sprintf", "snprintf", "strcat", "strncat", "memmove",
                       "mempcpy", "bcopy", "strdup", "strndup"})
      .Case("mempcpy", {"stpcpy", "memcpy"})
      .Case("memmove", {"bcopy", "memcpy"})
      .Case("memset", {"bzero", "calloc", "strncpy"})
      .Case("strchr", {"strstr", "strrchr", "strpbrk", "index"})
      .Case("strrchr", {"rindex"})
      .Case("memchr", {"strchr", "strnlen"})
      .Case("strcat", {"strncat"})
      .Case("strncpy", {"stpncpy"})
      .Case("strcmp", {"strstr", "strncmp"})
      .Case("strncmp", {"strstr", "strcmp"})
      .Case("memcmp", {"strcmp", "strncmp", "bcmp", "strstr"})
      .Case("bcmp", {"memcmp"})
      .Case("calloc", {"malloc", "memset"})
      .Case("malloc", {"calloc", "strdup"})
      .Case("exp2", {"pow", "ldexp"})
      .Case("exp10", {"pow"})
      .Case("sqrt", {"pow"})
      .Case("cbrt", {"pow"})
      .Case("sincos", {"sin", "cos"})
      .Case("ldexp", {"exp2", "pow"})
      .Default({});
}

std::vector<std::string> lowered_to(llvm::StringRef function) {
  using Names = std::vector<std::string>;
  return StringSwitch<Names>(function)
      .Cases({"puts", "putchar"}, Names{"printf", "vprintf"})
      .Case("fwrite", {"fprintf", "vfprintf", "fputs"})
      .Case("fputc", {"fprintf", "vfprintf", "fputs", "fwrite"})
      .Cases({"putc", "_IO_putc"}, Names{"fprintf", "fputs"})
      .Case("fputs", {"fprintf", "vfprintf"})
      .Case("fwrite_unlocked", {"fprintf_unlocked", "fputs_unlocked"})
      .Case("fputc_unlocked", {"fprintf_unlocked", "fputs_unlocked"})
      .Case("fputs_unlocked", {"fprintf_unlocked"})
      .Cases({"puts_unlocked", "putchar_unlocked"}, Names{"printf_unlocked"})
      .Default({});
}

} // namespace tripwire::tool
