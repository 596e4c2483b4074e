// argv --(process)--> exit status, what it printed, and nothing left behind when we are interrupted
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// What becomes of one output stream of a child process.
enum class Stream { inherit, capture, discard };

struct RunOptions {
  Stream standard_output = Stream::inherit;
  Stream standard_error = Stream::inherit;
};

/// How a child process ended. Exactly one of \c status (when \c signal is zero) and \c signal counts.
struct ProcessResult {
  int status = 0;
  int signal = 0;
  std::string standard_output;
  std::string standard_error;

  [[nodiscard]] bool succeeded() const { return status == 0 && signal == 0; }
};

/// Runs \p argv (the program is looked for in PATH) to its end. Standard input is inherited. SIGINT, SIGTERM, SIGHUP
/// and SIGQUIT that reach us meanwhile are handed on to the child (see \c ScratchFile for what happens next). An error
/// only when the program could not be started; a failing program is a result. One child at a time.
llvm::Expected<ProcessResult> run(llvm::ArrayRef<std::string> argv, RunOptions options = {});

/// Replaces this process by \p argv. Returns only when that fails, with the reason.
llvm::Error replace_process(llvm::ArrayRef<std::string> argv);

/// Ends this process as a child ended: with its status, or by raising its signal, so that make and ninja see the
/// compiler's own end.
[[noreturn]] void end_like(const ProcessResult &result);

/// Whether TRIPWIRE_KEEP=1 in the environment keeps a scratch file for a look at it.
enum class Keep { on_request, never };

/// A file that goes away with this object, and also when a signal ends the process. Owns the file, not a descriptor.
/// Not thread-safe: one thread makes and drops them.
class ScratchFile {
public:
  ScratchFile() = default;
  /// Takes over \p path, which need not exist yet.
  explicit ScratchFile(std::string path, Keep keep = Keep::on_request);
  ScratchFile(ScratchFile &&other) noexcept;
  ScratchFile &operator=(ScratchFile &&other) noexcept;
  ~ScratchFile();

  [[nodiscard]] const std::string &path() const { return path_; }
  /// The file stays: it is a finished output now.
  void keep();

private:
  void drop() noexcept;
  Keep keep_ = Keep::on_request;
  std::string path_;
};

/// A name for a scratch file with \p suffix: beside \p neighbour when a regular file can be there, always the same for
/// the same neighbour; else (a read-only folder, /dev/null) one of this process's own in the folder for temporary
/// files.
std::string scratch_name(llvm::StringRef neighbour, llvm::StringRef suffix);

/// Writes \p text to \p path as a whole: readers see the old file or the new one, never a part.
llvm::Error write_whole(llvm::StringRef path, llvm::StringRef text);

/// The bytes of \p path.
llvm::Expected<std::string> read_whole(llvm::StringRef path);

/// Whether text in colours on our standard error looks as intended.
bool shows_colours_on_standard_error();

/// Whether \p path is, or could become, a regular file: devices and pipes are nothing to remove or to read back.
bool is_plain_output(llvm::StringRef path);

} // namespace tripwire::tool
