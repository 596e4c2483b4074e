// The promises of the file_io plugin, over real files in a folder of the current one.
#include "client.hpp"
#include "counted.hpp"
#include "foreign.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/file_io.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <utility>
#include <vector>

namespace {

using tripwire::file_io;
using tripwire::matcher_of;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

// The same each time, since lines to paste name it.
const std::string folder = "tripwire_file_io_conformance";

/// An assertion of any values, as no word of the plugin would put them together.
void assert_fields(std::vector<std::pair<const char *, tripwire::Matcher>> fields) {
  tripwire::plugin::Assertion assertion(tripwire::plugins::file_io_plugin(), "", tripwire::Place::here());
  for (auto &[name, matcher] : fields)
    assertion.field(name, std::move(matcher));
  assertion.check();
}

Use opening(const std::string &path) {
  counted::stands(path);
  Use use;
  use.name = "open " + path;
  use.call = [=] { foreign::close_descriptor(client::open_to_read(path)); };
  use.mock = [=] { file_io.mock_file(path, ""); };
  use.mock_optional = [=] { file_io.mock_file(path, "").optional(); };
  use.assert_mocked = [=] { file_io.assert_open(path, O_RDONLY); };
  use.mock_failure = [=] { file_io.mock_error("open", path, EACCES); };
  use.assert_failure = [=] { file_io.assert_failed("open", path, EACCES); };
  use.pass_through = [=] { file_io.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=] {
         assert_fields(
             {{"operation", matcher_of("close")}, {"path", matcher_of(path)}, {"flags", matcher_of("O_RDONLY")}});
       }},
      {"path", [=] { file_io.assert_open(path + "x", O_RDONLY); }},
      {"flags", [=] { file_io.assert_open(path, O_RDWR); }},
  };
  return use;
}

Use writing(const std::string &path, const std::string &text) {
  Use use;
  use.name = "write " + text;
  use.call = [=] { client::write_all(path, text, O_WRONLY | O_CREAT | O_TRUNC, 0600); };
  use.mock = [=] { file_io.mock_file(path); };
  use.mock_optional = [=] { file_io.mock_file(path).optional(); };
  use.assert_mocked = [=] {
    file_io.assert_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    file_io.assert_write(path, text);
    file_io.assert_close(path);
  };
  use.mock_failure = [=] { file_io.mock_error("open", path, ENOSPC); };
  use.assert_failure = [=] { file_io.assert_failed("open", path, ENOSPC); };
  use.pass_through = [=] { file_io.pass_through(folder + "/*"); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("close")},
                        {"path", matcher_of(path)},
                        {"flags", matcher_of("O_WRONLY | O_CREAT | O_TRUNC")},
                        {"mode", matcher_of("0600")}});
       }},
      {"path", [=] { file_io.assert_open(path + "x", O_WRONLY | O_CREAT | O_TRUNC, 0600); }},
      {"flags", [=] { file_io.assert_open(path, O_WRONLY | O_CREAT, 0600); }},
      {"mode", [=] { file_io.assert_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644); }},
  };
  return use;
}

Use renaming(const std::string &src, const std::string &dst) {
  counted::stands(src);
  counted::passes(dst);
  Use use;
  use.name = "rename " + src;
  use.call = [=] { client::rename_file(src, dst); };
  use.mock = [=] { file_io.mock_operation("rename", src); };
  use.mock_optional = [=] { file_io.mock_operation("rename", src).optional(); };
  use.assert_mocked = [=] { file_io.assert_rename(src, dst); };
  use.mock_failure = [=] { file_io.mock_error("rename", src, EXDEV); };
  use.assert_failure = [=] { file_io.assert_failed("rename", src, EXDEV); };
  use.pass_through = [=] { file_io.pass_through(folder + "/**"); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("link")}, {"src", matcher_of(src)}, {"dst", matcher_of(dst)}});
       }},
      {"src", [=] { file_io.assert_rename(src + "x", dst); }},
      {"dst", [=] { file_io.assert_rename(src, src); }},
  };
  return use;
}

Use making_folder(const std::string &path) {
  counted::passes(path);
  Use use;
  use.name = "mkdir";
  use.call = [=] { client::make_folder(path, 0700); };
  use.mock = [=] { file_io.mock_operation("mkdir", path); };
  use.mock_optional = [=] { file_io.mock_operation("mkdir", path).optional(); };
  use.assert_mocked = [=] { file_io.assert_mkdir(path, 0700); };
  use.mock_failure = [=] { file_io.mock_error("mkdir", path, EROFS); };
  use.assert_failure = [=] { file_io.assert_failed("mkdir", path, EROFS); };
  use.pass_through = [=] { file_io.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("rmdir")}, {"path", matcher_of(path)}, {"mode", matcher_of("0700")}});
       }},
      {"path", [=] { file_io.assert_mkdir(path + "x", 0700); }},
      {"mode", [=] { file_io.assert_mkdir(path, 0755); }},
  };
  return use;
}

/// The real file is not there.
Use looking(const std::string &path) {
  Use use;
  use.name = "access";
  use.call = [=] {
    if (client::can_access(path, R_OK) == ENOENT)
      counted::note();
  };
  use.mock = [=] { file_io.mock_file(path, ""); };
  use.mock_optional = [=] { file_io.mock_file(path, "").optional(); };
  use.assert_mocked = [=] { file_io.assert_access(path, R_OK); };
  use.mock_failure = [=] { file_io.mock_error("access", path, EACCES); };
  use.assert_failure = [=] { file_io.assert_failed("access", path, EACCES); };
  use.pass_through = [=] { file_io.pass_through(path); };
  use.assert_real = [=] { file_io.assert_failed("access", path, ENOENT); };
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("stat")}, {"path", matcher_of(path)}, {"mode", matcher_of("R_OK")}});
       }},
      {"path", [=] { file_io.assert_access(path + "x", R_OK); }},
      {"mode", [=] { file_io.assert_access(path, W_OK); }},
  };
  return use;
}

Use removing(const std::string &path) {
  counted::stands(path);
  Use use;
  use.name = "unlink";
  use.call = [=] { client::unlink_file(path); };
  use.mock = [=] { file_io.mock_operation("unlink", path); };
  use.mock_optional = [=] { file_io.mock_operation("unlink", path).optional(); };
  use.assert_mocked = [=] { file_io.assert_unlink(path); };
  use.mock_failure = [=] { file_io.mock_error("unlink", path, EBUSY); };
  use.assert_failure = [=] { file_io.assert_failed("unlink", path, EBUSY); };
  use.pass_through = [=] { file_io.pass_through(path); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("rmdir")}, {"path", matcher_of(path)}});
       }},
      {"path", [=] { file_io.assert_unlink(path + "x"); }},
  };
  return use;
}

/// A call that one step answers.
Use step(const std::string &operation, const std::string &path, tripwire::conformance::Step call,
         std::function<void(const std::string &path)> assert_on) {
  Use use;
  use.name = operation;
  use.call = std::move(call);
  use.mock = [=] { file_io.mock_operation(operation, path); };
  use.mock_optional = [=] { file_io.mock_operation(operation, path).optional(); };
  use.assert_mocked = [=] { assert_on(path); };
  use.mock_failure = [=] { file_io.mock_error(operation, path, EIO); };
  use.assert_failure = [=] { file_io.assert_failed(operation, path, EIO); };
  use.pass_through = [=] { file_io.pass_through(folder + "/**"); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use changing_mode(const std::string &path) {
  counted::stands(path);
  Use use = step(
      "chmod", path, [=] { client::change_mode(path, 0600); },
      [](const std::string &of) { file_io.assert_chmod(of, 0600); });
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("mkdir")}, {"path", matcher_of(path)}, {"mode", matcher_of("0600")}});
       }},
      {"path", [=] { file_io.assert_chmod(path + "x", 0600); }},
      {"mode", [=] { file_io.assert_chmod(path, 0644); }},
  };
  return use;
}

Use cutting(const std::string &path) {
  counted::stands(path);
  Use use = step(
      "truncate", path, [=] { client::cut(path, 4); }, [](const std::string &of) { file_io.assert_truncate(of, 4); });
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("allocate")}, {"path", matcher_of(path)}, {"size", matcher_of("4")}});
       }},
      {"path", [=] { file_io.assert_truncate(path + "x", 4); }},
      {"size", [=] { file_io.assert_truncate(path, 5); }},
  };
  return use;
}

Use linking(const std::string &src, const std::string &dst) {
  counted::stands(src);
  counted::passes(dst);
  Use use = step(
      "link", src, [=] { client::link_file(src, dst); }, [=](const std::string &of) { file_io.assert_link(of, dst); });
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("copy")}, {"src", matcher_of(src)}, {"dst", matcher_of(dst)}});
       }},
      {"src", [=] { file_io.assert_link(src + "x", dst); }},
      {"dst", [=] { file_io.assert_link(src, src); }},
  };
  return use;
}

Use linking_by_name(const std::string &path) {
  counted::passes(path);
  Use use = step(
      "symlink", path, [=] { client::link_by_name("elsewhere", path); },
      [](const std::string &of) { file_io.assert_symlink(of, "elsewhere"); });
  use.wrong = {
      {"operation",
       [=] {
         assert_fields(
             {{"operation", matcher_of("readlink")}, {"path", matcher_of(path)}, {"data", matcher_of("elsewhere")}});
       }},
      {"path", [=] { file_io.assert_symlink(path + "x", "elsewhere"); }},
      {"data", [=] { file_io.assert_symlink(path, "nowhere"); }},
  };
  return use;
}

/// By opendir, scandir or glob.
Use listing(const char *function, void (*list)(const std::string &)) {
  Use use = step(
      "list", folder, [=] { list(folder); }, [](const std::string &of) { file_io.assert_list(of); });
  use.name = function;
  use.mock = [=] { file_io.mock_directory(folder); };
  use.mock_optional = [=] { file_io.mock_directory(folder).optional(); };
  use.pass_through = [=] { file_io.pass_through(folder); };
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("chdir")}, {"path", matcher_of(folder)}});
       }},
      {"path", [=] { file_io.assert_list(folder + "x"); }},
  };
  return use;
}

Use making_up(const std::string &name) {
  Use use = step(
      "open", name, [=] { foreign::close_descriptor(client::make_up(name)); },
      [](const std::string &of) { file_io.assert_open(of, O_RDWR | O_CREAT | O_EXCL, 0600); });
  use.name = "mkstemp";
  use.mock = [=] { file_io.mock_file(name); };
  use.mock_optional = [=] { file_io.mock_file(name).optional(); };
  return use;
}

/// The real file is not there.
Use asking_for_room(const std::string &path) {
  Use use = step(
      "space", path,
      [=] {
        errno = 0;
        if (client::blocks_of(path) == 0 && errno == ENOENT)
          counted::note();
      },
      [](const std::string &of) { file_io.assert_space(of); });
  use.assert_real = [=] { file_io.assert_failed("space", path, ENOENT); };
  use.wrong = {
      {"operation",
       [=] {
         assert_fields({{"operation", matcher_of("stat")}, {"path", matcher_of(path)}});
       }},
      {"path", [=] { file_io.assert_space(path + "x"); }},
  };
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  counted::make_folder(folder);
  Subject subject(tripwire::plugins::file_io_plugin());
  subject.real_calls = &counted::calls;
  subject.lacks = {"secret"}; // what files hold is what tests speak of
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    const std::string number = std::to_string(subject.uses.size());
    if (!text.empty())
      subject.uses.push_back(writing(folder + "/write" + number, text));
    // A name ends at a zero; a rule is YAML, which knows no other bytes than text, and a `*` is more than itself there.
    if (text.find_first_of(std::string("\0/*\xff", 4)) == std::string::npos && text.size() < 100)
      subject.uses.push_back(opening(folder + "/open" + number + text));
  }
  subject.uses.push_back(renaming(folder + "/old", folder + "/new"));
  subject.uses.push_back(making_folder(folder + "/below"));
  subject.uses.push_back(looking(folder + "/looked_at"));
  subject.uses.push_back(removing(folder + "/removed"));
  subject.uses.push_back(changing_mode(folder + "/mode"));
  subject.uses.push_back(cutting(folder + "/cut"));
  subject.uses.push_back(linking(folder + "/linked", folder + "/link"));
  subject.uses.push_back(linking_by_name(folder + "/symlink"));
  subject.uses.push_back(listing("opendir", [](const std::string &of) { client::names_in(of); }));
  subject.uses.push_back(listing("scandir", [](const std::string &of) { client::scan(of); }));
  subject.uses.push_back(listing("glob", [](const std::string &of) { client::find_in(of); }));
  subject.uses.push_back(making_up(folder + "/made_XXXXXX"));
  subject.uses.push_back(asking_for_room(folder + "/room"));
  const int status = tripwire::conformance::run(subject, count, arguments);
  counted::remove_folder(folder);
  return status;
}
