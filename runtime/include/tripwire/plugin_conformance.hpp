// one use of a plugin's library, and the test's words for it --(conformance)--> the promises that the plugin does not
// keep
//
//   int main(int count, char **arguments) {
//     tripwire::conformance::Subject subject(acme_plugin());
//     subject.real_calls = [] { return server.requests(); };
//     subject.uses.push_back(sending("text"));
//     return tripwire::conformance::run(subject, count, arguments);
//   }
//
// The program is rewritten, links the plugin and no test framework: each promise is proved by tests of its own. CMake's
// `tripwire_plugin_conformance` builds it twice, since what messages tell to paste has to be compiled.
#ifndef TRIPWIRE_PLUGIN_CONFORMANCE_HPP
#define TRIPWIRE_PLUGIN_CONFORMANCE_HPP

#include "tripwire/place.hpp"
#include "tripwire/plugin.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tripwire::conformance {

using Step = std::function<void()>;

/// Runs a body as a test of its own and returns all that is reported, and what escaped, one after the other: empty when
/// the test passes. No other test may be open. What is no violation goes through.
std::string findings(const Step &body);

/// Places by the names of their files alone.
std::string without_folders(const std::string &text);

/// Texts that are hard to print: quotes, ends of lines and of raw strings, bytes that are no characters, a zero.
const std::vector<std::string> &awkward_texts();

/// An assertion of the mocked call that is right but for one field.
struct Wrong {
  std::string field;
  Step assertion;
};

/// One way of using the library. What is left out is not proved by this use; some use of the plugin has to have it.
struct Use {
  std::string name;         ///< by which findings speak of it
  Step call;                ///< through rewritten code that lets violations pass; the same each time
  Step mock;                ///< registers the answers that the call uses up
  Step mock_optional;       ///< the same, as answers that may stay unused
  Step assert_mocked;       ///< asserts, by every field, what the call with these answers leaves
  std::vector<Wrong> wrong; ///< one for each required field
  Step mock_failure;        ///< an answer by which the call ends in an error
  Step assert_failure;
  Step pass_through; ///< lets the call through, to be recorded
  Step assert_real;  ///< asserts what the call leaves that was let through
  /// Something that the call hands over, or is answered, and that nobody may read.
  std::string secret;
  /// Without an answer the call is not refused, but recorded: `Description::taken_unmocked`.
  bool is_taken_unmocked = false;
};

/// Functions of the library that are no seams although they get a handle of it.
struct Harmless {
  std::string reason; ///< such as: true of what stands in for a connection
  std::vector<std::string> functions;
};

/// A call that the state of its handle does not allow.
struct OutOfState {
  std::string machine;   ///< by its name
  std::string state;     ///< that the handle is in
  std::string operation; ///< that is not valid then
  /// A test that brings a handle there, in a sandbox of its own, and asks for the operation: it is refused, with the
  /// state and the states that would allow it, and the library is not reached.
  Step test;
};

/// What is to be proved.
struct Subject {
  explicit Subject(plugin::Plugin &of, Place where = Place::here()) : plugin(of), place(where) {}

  plugin::Plugin &plugin;
  Place place; ///< of the file that registers the answers
  /// A number that grows whenever the real library has done what a use asks of it.
  std::function<std::uint64_t()> real_calls;
  std::vector<Use> uses;
  /// The path of its seams.yaml; `tripwire_plugin_conformance` hands it over.
  std::string manifest;
  /// What no use can have, by the names of `Use`: a library that hands over no secret lacks `secret`.
  std::vector<std::string> lacks;
  /// Other statements that the plugin tells to paste: they have to compile.
  std::vector<std::string> further_lines;

  /// At least one for each machine whose handles the plugin moves by itself.
  std::vector<OutOfState> out_of_state;

  /// Headers of the library, as paths: each of their functions that takes one of these types (`acme_link *`) has to be
  /// a seam that the plugin handles, or to be harmless. So no function of a new version is forgotten, and none is
  /// handed what stands in for a handle without anybody having thought of it.
  std::vector<std::string> headers;
  std::vector<std::string> handles;
  std::vector<Harmless> harmless;
};

/// A promise that a use does not keep.
struct Finding {
  std::string promise;
  std::string use; ///< empty when it concerns the whole plugin
  std::string text;
};

/// Proves every promise by every use.
std::vector<Finding> broken_promises(const Subject &subject);

/// What a statement that was pasted is for.
enum class Hint : unsigned char { mock, permit, assert_mocked, assert_failure, assert_real };

/// One statement that a message told to paste, compiled.
struct PastedLine {
  std::size_t use; ///< its index
  Hint hint;
  std::string said;              ///< the statement as it was pasted
  void (*run)(const Step &rest); ///< the statement, then what stands behind it in the same scope
};

/// The statements that this program was built with, while it lives: stands in the file that
/// `tripwire_plugin_conformance` generates.
class Pasted {
public:
  explicit Pasted(std::vector<PastedLine> lines);
  Pasted(const Pasted &) = delete;
  Pasted &operator=(const Pasted &) = delete;
  ~Pasted();
};

/// The source of that file. Its lines are those that the messages about \p subject have now.
std::string pasted_source(const Subject &subject);

/// A whole program, for `--manifest SEAMS.YAML`: proves and prints, or writes `pasted_source` for `--lines FILE`.
/// \return what `main` returns.
int run(Subject subject, int count, char **arguments);

} // namespace tripwire::conformance

#endif
