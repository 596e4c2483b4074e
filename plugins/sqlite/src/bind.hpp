// sqlite3_bind_... --> what is bound to a statement
#ifndef TRIPWIRE_PLUGINS_SQLITE_BIND_HPP
#define TRIPWIRE_PLUGINS_SQLITE_BIND_HPP

#include <tripwire/plugin.hpp>
#include <tripwire/plugins/sqlite.hpp>

#include <string>

namespace tripwire::plugins::bind {

using Destructor = void (*)(void *);

// One for each seam of that name.
int blob(plugin::Visit &visit, sqlite3_stmt *handle, int index, const void *bytes, int size, Destructor destroy);
int blob64(plugin::Visit &visit, sqlite3_stmt *handle, int index, const void *bytes, sqlite3_uint64 size,
           Destructor destroy);
int real(plugin::Visit &visit, sqlite3_stmt *handle, int index, double value);
int integer(plugin::Visit &visit, sqlite3_stmt *handle, int index, int value);
int integer64(plugin::Visit &visit, sqlite3_stmt *handle, int index, sqlite3_int64 value);
int null(plugin::Visit &visit, sqlite3_stmt *handle, int index);
int text(plugin::Visit &visit, sqlite3_stmt *handle, int index, const char *text, int size, Destructor destroy);
int text16(plugin::Visit &visit, sqlite3_stmt *handle, int index, const void *text, int size, Destructor destroy);
int text64(plugin::Visit &visit, sqlite3_stmt *handle, int index, const char *text, sqlite3_uint64 size,
           Destructor destroy, unsigned char encoding);
int value(plugin::Visit &visit, sqlite3_stmt *handle, int index, const sqlite3_value *value);
int pointer(plugin::Visit &visit, sqlite3_stmt *handle, int index, void *pointer, const char *type, Destructor destroy);
int zeroblob(plugin::Visit &visit, sqlite3_stmt *handle, int index, int size);
int zeroblob64(plugin::Visit &visit, sqlite3_stmt *handle, int index, sqlite3_uint64 size);
int clear(plugin::Visit &visit, sqlite3_stmt *handle);

/// Text of another encoding, `SQLITE_UTF16` and so on, of \p size bytes.
std::string utf8_of(const void *text, std::size_t size, unsigned char encoding);
/// The same, up to its zero.
std::string utf8_of(const void *text);

} // namespace tripwire::plugins::bind

#endif
