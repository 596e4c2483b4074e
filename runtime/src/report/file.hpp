// pieces of JSON --(file)--> a file that has its name only once it is whole
#ifndef TRIPWIRE_SRC_REPORT_FILE_HPP
#define TRIPWIRE_SRC_REPORT_FILE_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace tripwire::runtime::report {

/// `FOLDER/PROGRAM.PID.json`, with `-2` and so on behind the process id where a file of that name is there already.
/// Until it is whole it is called that and `.part`; what a program leaves that dies on the way is made of whole lines,
/// but for the last.
class File {
public:
  /// The functions return what went wrong, in the system's words; empty when nothing did.
  std::string prepare(const std::string &folder);
  std::string append(std::string_view text);
  /// At the end stands, until the next call, what is true as long as nothing else is written.
  std::string mark(std::string_view text);
  /// The file is whole: it gets its name.
  std::string publish();

  /// The file stays as it is: it is another process's, which forked this one.
  void leave() noexcept;

  bool is_open() const noexcept { return descriptor_ >= 0; }
  const std::string &folder() const noexcept { return folder_; }
  std::string create(std::string_view program);

private:
  bool go_back() noexcept;

  std::string folder_; ///< absolute: a test may go elsewhere
  std::string name_;
  int descriptor_ = -1;
  std::int64_t written_ = 0; ///< without the mark
  bool is_marked_ = false;
};

} // namespace tripwire::runtime::report

#endif
