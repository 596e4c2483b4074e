// a return address --(debug information)--> file, line, function
#include "call_site.hpp"

#include "demangle.hpp"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tripwire {

namespace {

/// The debug information of this process, read when first needed. One thread at a time.
class DebugInformation {
public:
  static DebugInformation &instance() {
    static auto *const information = new DebugInformation;
    return *information;
  }

  runtime::LocatedCallSite resolve(const void *return_address) {
    const std::lock_guard<std::mutex> lock(mutex_);
    // The return address is behind the call, possibly on the next line or in the next function.
    const auto address = static_cast<Dwarf_Addr>(reinterpret_cast<std::uintptr_t>(return_address)) - 1;
    const auto known = resolved_.find(address);
    if (known != resolved_.end()) {
      return known->second;
    }
    runtime::LocatedCallSite site;
    Dwfl_Module *module = module_of(address);
    if (module != nullptr) {
      site = in_module(module, address);
    }
    resolved_.emplace(address, site);
    return site;
  }

private:
  DebugInformation() {
    callbacks_.find_elf = dwfl_linux_proc_find_elf;
    callbacks_.find_debuginfo = dwfl_standard_find_debuginfo;
    callbacks_.debuginfo_path = nullptr;
    report();
  }

  void report() {
    if (dwfl_ != nullptr) {
      dwfl_end(dwfl_);
    }
    dwfl_ = dwfl_begin(&callbacks_);
    if (dwfl_ == nullptr) {
      return;
    }
    dwfl_linux_proc_report(dwfl_, getpid());
    dwfl_report_end(dwfl_, nullptr, nullptr);
  }

  Dwfl_Module *module_of(Dwarf_Addr address) {
    Dwfl_Module *module = dwfl_ == nullptr ? nullptr : dwfl_addrmodule(dwfl_, address);
    if (module == nullptr) {
      report(); // a library that was loaded since
      module = dwfl_ == nullptr ? nullptr : dwfl_addrmodule(dwfl_, address);
    }
    return module;
  }

  static runtime::LocatedCallSite in_module(Dwfl_Module *module, Dwarf_Addr address) {
    runtime::LocatedCallSite located;
    CallSite &site = located.site;
    const char *name = dwfl_module_info(module, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
    if (name != nullptr) {
      located.module = name;
      site.object = name;
      site.object.erase(0, site.object.rfind('/') + 1);
    }
    Dwarf_Addr bias = 0;
    Dwarf_Die unit;
    if (unit_of(module, address, unit, bias)) {
      if (Dwarf_Line *line = dwarf_getsrc_die(&unit, address - bias)) {
        const char *file = dwarf_linesrc(line, nullptr, nullptr);
        int number = 0;
        dwarf_lineno(line, &number);
        site.file = file == nullptr ? "" : file;
        site.line = number;
        located.file = absolute(unit, site.file);
      }
      site.function = function_in(unit, address - bias);
      located.inlined_into = inlined_into(unit, address - bias);
      // Little debug information (-g1) does not say what was inlined, but where the function begins that has the code.
      located.inlined_into.push_back(file_of_entry(module, unit, address, bias));
    }
    // Little debug information (-g1) names a function without its scopes; its symbol has them.
    const std::string symbol = symbol_at(module, address);
    if (site.function.empty() || ends_with(symbol, "::" + site.function)) {
      site.function = symbol;
    }
    return located;
  }

  /// A file that the compiler was given relative to the folder in which it ran.
  static std::string absolute(Dwarf_Die &unit, const std::string &file) {
    Dwarf_Attribute attribute;
    const char *folder = dwarf_formstring(dwarf_attr(&unit, DW_AT_comp_dir, &attribute));
    const bool is_relative = !file.empty() && file.front() != '/';
    return is_relative && folder != nullptr ? std::string(folder) + "/" + file : file;
  }

  /// The file in which the function of the table of symbols begins; empty when it is not known.
  static std::string file_of_entry(Dwfl_Module *module, Dwarf_Die &unit, Dwarf_Addr address, Dwarf_Addr bias) {
    GElf_Sym symbol;
    GElf_Off offset = 0;
    if (dwfl_module_addrinfo(module, address, &offset, &symbol, nullptr, nullptr, nullptr) == nullptr) {
      return "";
    }
    Dwarf_Line *line = dwarf_getsrc_die(&unit, address - offset - bias);
    const char *file = line == nullptr ? nullptr : dwarf_linesrc(line, nullptr, nullptr);
    return file == nullptr ? "" : absolute(unit, file);
  }

  /// Where the calls of the inlined functions around the address stand, from the inside out.
  static std::vector<std::string> inlined_into(Dwarf_Die &unit, Dwarf_Addr address) {
    std::vector<std::string> found;
    Dwarf_Files *files = nullptr;
    std::size_t file_count = 0;
    if (dwarf_getsrcfiles(&unit, &files, &file_count) == 0) {
      look_for_inlined(unit, unit, address, files, found);
    }
    return found;
  }

  /// Looks into namespaces and classes, too: there Clang puts its functions, and `dwarf_getscopes` looks for none.
  /// \return whether the address was found below \p outer.
  static bool look_for_inlined(Dwarf_Die &unit, Dwarf_Die &outer, Dwarf_Addr address, Dwarf_Files *files,
                               std::vector<std::string> &found) {
    Dwarf_Die die;
    for (int none = dwarf_child(&outer, &die); none == 0; none = dwarf_siblingof(&die, &die)) {
      const int tag = dwarf_tag(&die);
      if (tag == DW_TAG_namespace || tag == DW_TAG_class_type || tag == DW_TAG_structure_type) {
        if (look_for_inlined(unit, die, address, files, found)) {
          return true;
        }
        continue;
      }
      if (dwarf_haspc(&die, address) <= 0) {
        continue;
      }
      look_for_inlined(unit, die, address, files, found);
      Dwarf_Attribute attribute;
      Dwarf_Word number = 0;
      if (tag == DW_TAG_inlined_subroutine &&
          dwarf_formudata(dwarf_attr(&die, DW_AT_call_file, &attribute), &number) == 0) {
        const char *file = dwarf_filesrc(files, number, nullptr, nullptr);
        found.push_back(file == nullptr ? "" : absolute(unit, file));
      }
      return true;
    }
    return false;
  }

  /// The function in the table of symbols that is around the address. Knows nothing of inlined ones.
  static std::string symbol_at(Dwfl_Module *module, Dwarf_Addr address) {
    GElf_Sym symbol;
    GElf_Off offset = 0;
    const char *found = dwfl_module_addrinfo(module, address, &offset, &symbol, nullptr, nullptr, nullptr);
    return found == nullptr ? "" : runtime::name_without_parameters(runtime::demangle(found));
  }

  static bool ends_with(const std::string &text, const std::string &end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
  }

  /// Looks at every unit where the table of addresses does not help: GCC writes it and Clang does not, and where only
  /// some objects have it, `dwfl_module_addrdie` answers with a unit that lies before the address.
  static bool unit_of(Dwfl_Module *module, Dwarf_Addr address, Dwarf_Die &unit, Dwarf_Addr &bias) {
    Dwarf_Die *at = dwfl_module_addrdie(module, address, &bias);
    if (at != nullptr && dwarf_haspc(at, address - bias) > 0) {
      unit = *at;
      return true;
    }
    at = nullptr;
    while ((at = dwfl_module_nextcu(module, at, &bias)) != nullptr) {
      if (dwarf_haspc(at, address - bias) > 0) {
        unit = *at;
        return true;
      }
    }
    return false;
  }

  struct Free {
    void operator()(Dwarf_Die *scopes) const noexcept { std::free(scopes); }
  };
  using Freed = std::unique_ptr<Dwarf_Die, Free>;

  /// The innermost function around the address, inlined ones included.
  static std::string function_in(Dwarf_Die &unit, Dwarf_Addr address) {
    Dwarf_Die *scopes = nullptr;
    const int count = dwarf_getscopes(&unit, address, &scopes);
    const Freed freed(scopes);
    std::string name;
    for (int index = 0; index < count && name.empty(); ++index) {
      const int tag = dwarf_tag(&scopes[index]);
      if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine) {
        name = name_of_function(scopes[index]);
      }
    }
    return name;
  }

  static std::string name_of_function(Dwarf_Die &die) {
    for (const unsigned attribute_name : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
      Dwarf_Attribute attribute;
      if (const char *linkage = dwarf_formstring(dwarf_attr_integrate(&die, attribute_name, &attribute))) {
        return runtime::name_without_parameters(runtime::demangle(linkage));
      }
    }
    return qualified_name(die);
  }

  /// What has internal linkage has no linkage name: its scopes are read off the declaration.
  static std::string qualified_name(Dwarf_Die &die) {
    Dwarf_Die declaration = die;
    for (const unsigned reference : {DW_AT_abstract_origin, DW_AT_specification}) {
      Dwarf_Attribute attribute;
      Dwarf_Die referred;
      if (dwarf_formref_die(dwarf_attr(&declaration, reference, &attribute), &referred) != nullptr) {
        declaration = referred;
      }
    }
    const char *plain = dwarf_diename(&declaration);
    std::string name = plain == nullptr ? "" : plain;
    Dwarf_Die *scopes = nullptr;
    const int count = dwarf_getscopes_die(&declaration, &scopes);
    const Freed freed(scopes);
    for (int index = 1; index < count && !name.empty(); ++index) {
      const int tag = dwarf_tag(&scopes[index]);
      const char *scope = dwarf_diename(&scopes[index]);
      if (tag == DW_TAG_namespace) {
        name.insert(0, std::string(scope == nullptr ? "(anonymous namespace)" : scope) + "::");
      } else if ((tag == DW_TAG_class_type || tag == DW_TAG_structure_type) && scope != nullptr) {
        name.insert(0, std::string(scope) + "::");
      }
    }
    return name;
  }

  std::mutex mutex_;
  Dwfl_Callbacks callbacks_{};
  Dwfl *dwfl_ = nullptr;
  std::map<Dwarf_Addr, runtime::LocatedCallSite> resolved_;
};

} // namespace

CallSite call_site(const void *return_address) { return runtime::located_call_site(return_address).site; }

namespace runtime {

LocatedCallSite located_call_site(const void *return_address) {
  return return_address == nullptr ? LocatedCallSite() : DebugInformation::instance().resolve(return_address);
}

} // namespace runtime

std::string CallSite::text() const {
  if (!file.empty() && line > 0) {
    return file + ":" + std::to_string(line) + (function.empty() ? "" : " in " + function);
  }
  const std::string where = object.empty() ? "an unknown place" : object;
  return (function.empty() ? where : function + " in " + where) +
         " (no debug information there; compile with -g to see file and line)";
}

} // namespace tripwire
