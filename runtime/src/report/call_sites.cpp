// section `.tripwire.sites` of the program and its libraries --(call_sites)--> the references of their code
#include "report/call_sites.hpp"

#include <link.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace tripwire::runtime::report {

namespace {

constexpr const char *section_name = ".tripwire.sites";

/// Reads what \p file has at \p offset. False when it is not all there.
bool read_at(std::ifstream &file, std::uint64_t offset, void *into, std::size_t size) {
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(static_cast<char *>(into), static_cast<std::streamsize>(size));
  return file.good();
}

/// The content of the section in an ELF file of this process's own kind; empty when there is none.
std::string section_of(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  ElfW(Ehdr) header{};
  if (!file || !read_at(file, 0, &header, sizeof header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_shentsize != sizeof(ElfW(Shdr)) || header.e_shnum == 0 || header.e_shstrndx >= header.e_shnum) {
    return {};
  }
  std::vector<ElfW(Shdr)> sections(header.e_shnum);
  if (!read_at(file, header.e_shoff, sections.data(), sections.size() * sizeof(ElfW(Shdr)))) {
    return {};
  }
  const ElfW(Shdr) &table = sections[header.e_shstrndx];
  std::string names(table.sh_size, '\0');
  if (!read_at(file, table.sh_offset, names.data(), names.size())) {
    return {};
  }
  for (const ElfW(Shdr) & section : sections) {
    if (section.sh_type == SHT_PROGBITS && section.sh_name < names.size() &&
        std::strcmp(names.c_str() + section.sh_name, section_name) == 0) {
      std::string content(section.sh_size, '\0');
      return read_at(file, section.sh_offset, content.data(), content.size()) ? content : std::string();
    }
  }
  return {};
}

int add_loaded(dl_phdr_info *info, std::size_t, void *data) {
  const std::string path = info->dlpi_name == nullptr || *info->dlpi_name == '\0' ? "/proc/self/exe" : info->dlpi_name;
  static_cast<std::vector<std::string> *>(data)->push_back(path);
  return 0;
}

/// What stands in front of the next tab; goes on behind it.
std::string_view next_part(std::string_view &line) noexcept {
  const auto tab = line.find('\t');
  const std::string_view part = line.substr(0, tab);
  line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  return part;
}

int number_in(std::string_view part) { return std::atoi(std::string(part).c_str()); }

bool kind_of(std::string_view word, KnownSite::Kind &kind) noexcept {
  if (word == "call") {
    kind = KnownSite::Kind::call;
  } else if (word == "name") {
    kind = KnownSite::Kind::name;
  } else if (word == "exempt") {
    kind = KnownSite::Kind::exempt;
  } else {
    return false;
  }
  return true;
}

} // namespace

std::string normal_path(const std::string &path) { return std::filesystem::path(path).lexically_normal().string(); }

std::string without_template_arguments(std::string_view name) {
  std::string plain;
  int depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    // An operator's own brackets open nothing.
    if (depth == 0 && name.substr(at, 8) == "operator" && at + 8 < name.size() &&
        std::strchr("<>-", name[at + 8]) != nullptr) {
      return plain + std::string(name.substr(at));
    }
    if (name[at] == '<') {
      ++depth;
    } else if (name[at] == '>') {
      --depth;
    } else if (depth == 0) {
      plain += name[at];
    }
  }
  return plain;
}

void KnownSites::read(std::string_view section) {
  std::filesystem::path directory;
  std::string file;
  std::string function;
  while (!section.empty()) {
    const auto end = section.find('\n');
    std::string_view line = section.substr(0, end);
    section.remove_prefix(end == std::string_view::npos ? section.size() : end + 1);
    while (!line.empty() && line.front() == '\0') {
      line.remove_prefix(1); // between the parts of two objects
    }
    const std::string_view word = next_part(line);
    KnownSite site;
    if (word == "unit") {
      directory = std::string(line);
    } else if (word == "file") {
      file = normal_path((directory / std::string(line)).string());
    } else if (word == "in") {
      function = line;
    } else if (kind_of(word, site.kind)) {
      site.file = file;
      site.function = function;
      site.line = number_in(next_part(line));
      site.column = number_in(next_part(line));
      site.seam = next_part(line);
      site.reason = line;
      sites_.emplace(Key{site.file, site.line, site.column, site.seam, site.kind}, std::move(site));
    }
  }
}

KnownSites KnownSites::of_this_process() {
  std::vector<std::string> loaded;
  dl_iterate_phdr(&add_loaded, &loaded);
  KnownSites sites;
  for (const std::string &path : loaded) {
    sites.read(section_of(path));
  }
  return sites;
}

void KnownSites::mark(const std::string &file, int line, std::string_view seam) {
  const std::string plain = without_template_arguments(seam);
  const auto is_meant = [&](const KnownSite &site) {
    return site.kind == KnownSite::Kind::call && site.file == file && without_template_arguments(site.seam) == plain;
  };
  int nearest = 0;
  bool found = false;
  const auto first = sites_.lower_bound(Key{file, 0, 0, {}, KnownSite::Kind::call});
  for (auto at = first; at != sites_.end() && at->second.file == file; ++at) {
    const int distance = std::abs(at->second.line - line);
    if (is_meant(at->second) && (!found || distance <= std::abs(nearest - line))) {
      nearest = at->second.line;
      found = true;
    }
  }
  for (auto at = first; found && at != sites_.end() && at->second.file == file; ++at) {
    if (at->second.line == nearest && is_meant(at->second)) {
      at->second.reached = true;
    }
  }
}

void KnownSites::write(Json &json) const {
  const auto write_those = [&](const char *key, auto wanted) {
    json.key(key).open_array();
    const std::string *file = nullptr;
    for (const auto &[ignored, site] : sites_) {
      if (!wanted(site)) {
        continue;
      }
      if (file == nullptr || *file != site.file) {
        if (file != nullptr) {
          json.close_array().close_object();
        }
        json.open_object().key("file").text(site.file).key("references").open_array();
        file = &site.file;
      }
      json.open_object().key("line").number(site.line).key("column").number(site.column);
      json.key("seam").text(site.seam).key("function").text(site.function);
      if (!site.reason.empty()) {
        json.key("reason").text(site.reason);
      }
      json.close_object();
    }
    if (file != nullptr) {
      json.close_array().close_object();
    }
    json.close_array();
  };
  write_those("reached", [](const KnownSite &site) { return site.kind == KnownSite::Kind::call && site.reached; });
  write_those("unreached", [](const KnownSite &site) { return site.kind == KnownSite::Kind::call && !site.reached; });
  write_those("never_called", [](const KnownSite &site) { return site.kind == KnownSite::Kind::name; });
  write_those("exempt", [](const KnownSite &site) { return site.kind == KnownSite::Kind::exempt; });
}

} // namespace tripwire::runtime::report
