// Boost.Process over the seams of subprocess: its headers are rewritten with the program.
#include <boost/asio/io_context.hpp>
#include <boost/process.hpp>

#include <gtest/gtest.h>

#include <tripwire/plugins/subprocess.hpp>
#include <tripwire/tripwire.hpp>

#include <csignal>
#include <future>
#include <string>
#include <system_error>

namespace {

namespace bp = boost::process;
using tripwire::subprocess;

template <class Act> auto in_sandbox(Act act) {
  const tripwire::Sandbox sandbox;
  return act();
}

TEST(BoostProcess, AChildReadsAndWrites) {
  subprocess.mock_run({"/usr/bin/sort", "-u"}).stdout("a\nb\n").exit_code(3);
  in_sandbox([] {
    bp::opstream in;
    bp::ipstream out;
    bp::child child("/usr/bin/sort", "-u", bp::std_in<in, bp::std_out> out);
    in << "b\na\n" << std::flush;
    in.pipe().close();
    std::string line;
    std::getline(out, line);
    EXPECT_EQ(line, "a");
    child.wait();
    EXPECT_EQ(child.exit_code(), 3);
    return 0;
  });
  subprocess.assert_run({"/usr/bin/sort", "-u"}).stdin("b\na\n").stdout("a\nb\n").exited(3);
}

TEST(BoostProcess, AChildThatCannotBeStartedThrows) {
  subprocess.mock_run({"/usr/bin/sort"}).fails(EACCES);
  in_sandbox([] {
    try {
      bp::child child("/usr/bin/sort");
      ADD_FAILURE() << "it was started";
    } catch (const bp::process_error &error) {
      EXPECT_EQ(error.code().value(), EACCES);
    }
    return 0;
  });
  subprocess.assert_run({"/usr/bin/sort"}).raised(EACCES);
}

TEST(BoostProcess, AChildIsTerminated) {
  subprocess.mock_run({"/usr/bin/server"}).until_killed();
  in_sandbox([] {
    bp::child child("/usr/bin/server");
    EXPECT_TRUE(child.running());
    child.terminate();
    return 0;
  });
  subprocess.assert_run({"/usr/bin/server"}).started();
}

TEST(BoostProcess, ALoopTellsTheEnd) {
  subprocess.mock_run({"/usr/bin/date"}).stdout("Monday").exit_code(2);
  in_sandbox([] {
    boost::asio::io_context loop;
    std::future<std::string> out;
    int code = -1;
    bp::child child(
        "/usr/bin/date", bp::std_out > out, loop,
        bp::on_exit = [&](int exit_code, const std::error_code &) { code = exit_code; });
    loop.run();
    EXPECT_EQ(out.get(), "Monday");
    EXPECT_EQ(code, 2);
    return 0;
  });
  subprocess.assert_run({"/usr/bin/date"}).stdout("Monday").exited(2);
}

TEST(BoostProcess, SystemGivesTheCode) {
  subprocess.mock_run({"/usr/bin/make", "all"}).exit_code(7);
  EXPECT_EQ(in_sandbox([] { return bp::system("/usr/bin/make", "all", bp::start_dir = "/usr"); }), 7);
  subprocess.assert_run({"/usr/bin/make", "all"}).cwd("/usr").exited(7);
}

TEST(BoostProcess, WithoutAnAnswerNothingIsStarted) {
  const auto refused = [] {
    const tripwire::Sandbox sandbox;
    bp::system("/bin/true");
  };
  EXPECT_THROW(refused(), bp::process_error);
  EXPECT_FALSE(tripwire::take_violations().empty());
}

} // namespace
