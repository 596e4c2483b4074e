// questions about an entry of a folder --(FolderEntry)--> the real entry
#include <tripwire/plugins/file_io_types.hpp>

namespace tripwire::plugins {

namespace fs = std::filesystem;

bool FolderEntry::exists() const { return real_.exists(); }
bool FolderEntry::exists(std::error_code &code) const { return real_.exists(code); }
bool FolderEntry::is_block_file() const { return real_.is_block_file(); }
bool FolderEntry::is_block_file(std::error_code &code) const { return real_.is_block_file(code); }
bool FolderEntry::is_character_file() const { return real_.is_character_file(); }
bool FolderEntry::is_character_file(std::error_code &code) const { return real_.is_character_file(code); }
bool FolderEntry::is_directory() const { return real_.is_directory(); }
bool FolderEntry::is_directory(std::error_code &code) const { return real_.is_directory(code); }
bool FolderEntry::is_fifo() const { return real_.is_fifo(); }
bool FolderEntry::is_fifo(std::error_code &code) const { return real_.is_fifo(code); }
bool FolderEntry::is_other() const { return real_.is_other(); }
bool FolderEntry::is_other(std::error_code &code) const { return real_.is_other(code); }
bool FolderEntry::is_regular_file() const { return real_.is_regular_file(); }
bool FolderEntry::is_regular_file(std::error_code &code) const { return real_.is_regular_file(code); }
bool FolderEntry::is_socket() const { return real_.is_socket(); }
bool FolderEntry::is_socket(std::error_code &code) const { return real_.is_socket(code); }
bool FolderEntry::is_symlink() const { return real_.is_symlink(); }
bool FolderEntry::is_symlink(std::error_code &code) const { return real_.is_symlink(code); }
std::uintmax_t FolderEntry::file_size() const { return real_.file_size(); }
std::uintmax_t FolderEntry::file_size(std::error_code &code) const { return real_.file_size(code); }
std::uintmax_t FolderEntry::hard_link_count() const { return real_.hard_link_count(); }
std::uintmax_t FolderEntry::hard_link_count(std::error_code &code) const { return real_.hard_link_count(code); }
fs::file_time_type FolderEntry::last_write_time() const { return real_.last_write_time(); }
fs::file_time_type FolderEntry::last_write_time(std::error_code &code) const { return real_.last_write_time(code); }
fs::file_status FolderEntry::status() const { return real_.status(); }
fs::file_status FolderEntry::status(std::error_code &code) const { return real_.status(code); }
fs::file_status FolderEntry::symlink_status() const { return real_.symlink_status(); }
fs::file_status FolderEntry::symlink_status(std::error_code &code) const { return real_.symlink_status(code); }
void FolderEntry::refresh() { real_.refresh(); }
void FolderEntry::refresh(std::error_code &code) { real_.refresh(code); }

} // namespace tripwire::plugins
