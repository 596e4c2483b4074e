// pieces of work --(side_by_side)--> their answers in order, each made in a process of its own
#include "tool/side_by_side.hpp"

#include "tool/diagnostics.hpp"

#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <map>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tripwire::tool {
namespace {

struct Child {
  pid_t process = -1;
  int pipe = -1;
  std::size_t piece = 0;
  std::string answer;
};

class Workers {
public:
  explicit Workers(const Pieces &pieces)
      : pieces_(pieces), at_once_(std::max<std::size_t>(1, std::thread::hardware_concurrency())) {}

  llvm::Error run() {
    while (next_ < pieces_.count || !children_.empty()) {
      while (next_ < pieces_.count && children_.size() < at_once_)
        if (llvm::Error error = start())
          return error;
      if (llvm::Error error = listen())
        return error;
    }
    return llvm::Error::success();
  }

private:
  static llvm::Error no_process() {
    return refuse({}, "cannot start another process: " + std::error_code(errno, std::generic_category()).message());
  }

  llvm::Error start() {
    int ends[2];
    if (pipe(ends) != 0)
      return no_process();
    llvm::outs().flush();
    const pid_t process = fork();
    if (process < 0)
      return no_process();
    if (process == 0) {
      close(ends[0]);
      for (const Child &other : children_)
        close(other.pipe);
      llvm::raw_fd_ostream out(ends[1], /*shouldClose=*/true);
      out << pieces_.work(next_);
      out.flush();
      _exit(0);
    }
    close(ends[1]);
    children_.push_back({process, ends[0], next_++, {}});
    return llvm::Error::success();
  }

  llvm::Error listen() {
    std::vector<pollfd> pipes;
    pipes.reserve(children_.size());
    for (const Child &child : children_)
      pipes.push_back({child.pipe, POLLIN, 0});
    if (poll(pipes.data(), pipes.size(), -1) < 0 && errno != EINTR)
      return no_process();
    for (std::size_t i = pipes.size(); i-- > 0;) {
      if (pipes[i].revents == 0)
        continue;
      char buffer[65536];
      const ssize_t count = read(children_[i].pipe, buffer, sizeof buffer);
      if (count > 0) {
        children_[i].answer.append(buffer, static_cast<std::size_t>(count));
      } else if (count == 0 || errno != EINTR) {
        const Child child = std::move(children_[i]);
        children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(i));
        if (llvm::Error error = finish(child))
          return error;
      }
    }
    return llvm::Error::success();
  }

  llvm::Error finish(const Child &child) {
    close(child.pipe);
    int status = 0;
    while (waitpid(child.process, &status, 0) < 0 && errno == EINTR)
      continue;
    llvm::Expected<llvm::json::Value> answer = llvm::json::parse(child.answer);
    pieces_.progress(++done_, child.piece);
    if (!answer) {
      llvm::consumeError(answer.takeError());
      answers_.emplace(child.piece, nullptr);
    } else {
      answers_.emplace(child.piece, std::move(*answer));
    }
    for (auto first = answers_.begin(); first != answers_.end() && first->first == taken_;
         first = answers_.erase(first), ++taken_)
      pieces_.take(first->first, first->second);
    return llvm::Error::success();
  }

  const Pieces &pieces_;
  std::size_t at_once_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  std::size_t taken_ = 0;
  std::vector<Child> children_;
  std::map<std::size_t, llvm::json::Value> answers_; ///< that wait for an earlier piece
};

} // namespace

llvm::Error side_by_side(const Pieces &pieces) { return Workers(pieces).run(); }

} // namespace tripwire::tool
