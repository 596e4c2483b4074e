// code that is not rewritten: what it does with descriptors and streams nobody sees
#ifndef TRIPWIRE_PLUGINS_FILE_IO_TEST_FOREIGN_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_TEST_FOREIGN_HPP

#include <cstdio>
#include <fstream>
#include <string>

namespace foreign {

/// A folder for real files, which the object removes.
class Folder {
public:
  Folder();
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;
  ~Folder();
  std::string operator/(const std::string &name) const { return path_ + "/" + name; }
  void put(const std::string &name, const std::string &content) const;
  /// What the real file holds; "none" where there is none.
  std::string get(const std::string &name) const;

private:
  std::string path_;
};

std::string rest_of(std::FILE *stream);
/// And closes it.
std::string rest_of(std::ifstream &stream); // tripwire: ignore(of a library that is not rewritten)
void print(std::FILE *stream, const char *text);
/// With these words, which a shell is given. \return its exit status.
int run_this_program(const std::string &words);
void close_descriptor(int descriptor);
int open_real(const char *path);
long position(int descriptor);
std::string mapped(int descriptor);

} // namespace foreign

#endif
