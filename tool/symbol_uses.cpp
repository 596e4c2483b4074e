// an object or linked file + symbols --(symbol_uses)--> the code and data that refer to them, with file and line
#include "tool/symbol_uses.hpp"
#include "tool/llvm_compat.hpp"
#include "tool/machine_code.hpp"
#include "tool/object_file.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Object/ELFObjectFile.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace tripwire::tool {
namespace {

namespace object = llvm::object;
using Wanted = llvm::function_ref<bool(llvm::StringRef)>;

/// A function or variable that a symbol names.
struct Extent {
  std::uint64_t section = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string name;
  bool is_function = false;
};

/// What a symbol table and the debug information say about an address.
class Places {
public:
  explicit Places(const object::ELFObjectFileBase &file)
      : dwarf_(llvm::DWARFContext::create(
            file, llvm::DWARFContext::ProcessDebugRelocations::Process, nullptr, "",
            [](llvm::Error error) { llvm::consumeError(std::move(error)); }, // broken debug information is none
            [](llvm::Error error) { llvm::consumeError(std::move(error)); })) {
    for (const object::ELFSymbolRef symbol : file.symbols())
      add(file, symbol);
    if (extents_.empty())
      for (const object::ELFSymbolRef symbol : file.getDynamicSymbolIterators())
        add(file, symbol);
    llvm::sort(extents_, [](const Extent &a, const Extent &b) {
      return std::tie(a.section, a.begin, a.end, a.name) < std::tie(b.section, b.begin, b.end, b.name);
    });
  }

  /// The use of \p symbol at \p address.
  [[nodiscard]] SymbolUse at(object::SectionedAddress address, llvm::StringRef symbol) const {
    SymbolUse use;
    use.symbol = symbol.str();
    const Extent *extent = find(address);
    if (extent != nullptr) {
      use.function = llvm::demangle(extent->name);
      use.by = extent->name;
    }
    const llvm::DILineInfoSpecifier wanted(llvm::DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath,
                                           llvm::DILineInfoSpecifier::FunctionNameKind::LinkageName);
    llvm::DILineInfo line;
    if (extent != nullptr && !extent->is_function) {
      line = or_nothing(dwarf_->getLineInfoForDataAddress(address));
    } else {
      const llvm::DIInliningInfo frames = dwarf_->getInliningInfoForAddress(address, wanted);
      if (frames.getNumberOfFrames() != 0)
        line = frames.getFrame(0);
      if (is_of(extent, frames) && line.FunctionName != llvm::DILineInfo::BadString)
        use.function = llvm::demangle(line.FunctionName); // the innermost inlined one
    }
    if (line.FileName != llvm::DILineInfo::BadString && line.Line != 0) {
      use.file = line.FileName;
      use.line = line.Line;
    }
    return use;
  }

private:
  std::unique_ptr<llvm::DWARFContext> dwarf_;
  std::vector<Extent> extents_;

  /// Whether \p frames tell of code put in line in \p extent. In an object each section begins at zero, and LLVM finds
  /// the function by address alone.
  static bool is_of(const Extent *extent, const llvm::DIInliningInfo &frames) {
    const std::uint32_t count = frames.getNumberOfFrames();
    return count > 1 && (extent == nullptr || frames.getFrame(count - 1).FunctionName == extent->name);
  }

  void add(const object::ELFObjectFileBase &file, const object::ELFSymbolRef &symbol) {
    const unsigned char type = symbol.getELFType();
    if (type != llvm::ELF::STT_FUNC && type != llvm::ELF::STT_OBJECT)
      return;
    llvm::Expected<llvm::StringRef> name = symbol.getName();
    llvm::Expected<object::section_iterator> section = symbol.getSection();
    llvm::Expected<std::uint64_t> value = symbol.getValue();
    if (name && section && value && *section != file.section_end())
      extents_.push_back(
          {(*section)->getIndex(), *value, *value + symbol.getSize(), name->str(), type == llvm::ELF::STT_FUNC});
    llvm::consumeError(name.takeError());
    llvm::consumeError(section.takeError());
    llvm::consumeError(value.takeError());
  }

  [[nodiscard]] const Extent *find(object::SectionedAddress address) const {
    const auto behind = llvm::upper_bound(extents_, address, [](object::SectionedAddress wanted, const Extent &extent) {
      return std::tie(wanted.SectionIndex, wanted.Address) < std::tie(extent.section, extent.begin);
    });
    if (behind == extents_.begin())
      return nullptr;
    const Extent &extent = *std::prev(behind);
    return extent.section == address.SectionIndex && address.Address < extent.end ? &extent : nullptr;
  }
};

/// The name of the symbol that \p relocation is against, without its version; empty when there is none.
std::string symbol_of(const object::ELFObjectFileBase &file, const object::RelocationRef &relocation) {
  const object::symbol_iterator symbol = relocation.getSymbol();
  if (symbol == file.symbol_end())
    return {};
  llvm::Expected<llvm::StringRef> name = symbol->getName();
  if (!name) {
    llvm::consumeError(name.takeError());
    return {};
  }
  return name->split('@').first.str();
}

bool has_flag(const object::RelocationRef &relocation, object::BasicSymbolRef::Flags flag) {
  llvm::Expected<std::uint32_t> flags = relocation.getSymbol()->getFlags();
  if (flags)
    return (*flags & flag) != 0;
  llvm::consumeError(flags.takeError());
  return false;
}

/// The relocations of what is loaded with a program (code and data), or of what is not (debug information). \p visit
/// gets each with the index of the section that it is applied to.
llvm::Error for_each_relocation(const object::ELFObjectFileBase &file, bool loaded,
                                llvm::function_ref<void(const object::RelocationRef &, std::uint64_t)> visit) {
  for (const object::ELFSectionRef section : file.sections()) {
    llvm::Expected<object::section_iterator> relocated = section.getRelocatedSection();
    if (!relocated)
      return relocated.takeError();
    if (*relocated == file.section_end() ||
        ((object::ELFSectionRef(**relocated).getFlags() & llvm::ELF::SHF_ALLOC) != 0) != loaded)
      continue;
    for (const object::RelocationRef &relocation : section.relocations())
      visit(relocation, (*relocated)->getIndex());
  }
  return llvm::Error::success();
}

/// Whether the compiler keeps account there of the functions that it compiled: profiles, coverage. Nothing calls
/// through such a table.
bool is_compilers_own(const object::ELFObjectFileBase &file, std::uint64_t index) {
  for (const object::ELFSectionRef section : file.sections()) {
    if (section.getIndex() != index)
      continue;
    if (llvm::Expected<llvm::StringRef> name = section.getName())
      return name->starts_with("__llvm_") || name->starts_with("__sancov_");
    else
      llvm::consumeError(name.takeError());
  }
  return false;
}

llvm::Error add_uses_by_relocation(const object::ELFObjectFileBase &file, Wanted wanted, std::vector<SymbolUse> &uses) {
  struct Reference {
    object::SectionedAddress address;
    std::string symbol;
    bool of_own_copy;
  };
  std::vector<Reference> found;
  auto add = [&](const object::RelocationRef &relocation, std::uint64_t section) {
    const std::string symbol = symbol_of(file, relocation);
    if (symbol.empty() || !wanted(symbol))
      return;
    const bool undefined = has_flag(relocation, object::BasicSymbolRef::SF_Undefined);
    if (undefined || (has_flag(relocation, object::BasicSymbolRef::SF_Global) && !is_compilers_own(file, section)))
      found.push_back({{relocation.getOffset(), section}, symbol, !undefined});
  };
  if (llvm::Error error = for_each_relocation(file, /*loaded=*/true, add))
    return error;
  if (found.empty())
    return llvm::Error::success();
  const Places places(file);
  for (const Reference &reference : found) {
    uses.push_back(places.at(reference.address, reference.symbol));
    uses.back().of_own_copy = reference.of_own_copy;
  }
  return llvm::Error::success();
}

std::uint64_t section_at(const object::ELFObjectFileBase &file, std::uint64_t address) {
  for (const object::ELFSectionRef section : file.sections())
    if ((section.getFlags() & llvm::ELF::SHF_ALLOC) != 0 && address >= section.getAddress() &&
        address < section.getAddress() + section.getSize())
      return section.getIndex();
  return object::SectionedAddress::UndefSection;
}

/// Addresses that mean a wanted symbol: its own, and the slots that the dynamic linker fills with it.
struct Targets {
  std::map<std::uint64_t, std::string> code;  ///< jumped to
  std::map<std::uint64_t, std::string> slots; ///< loaded from
  std::map<std::uint64_t, std::string> data;  ///< hold the address in the program's own data
};

Targets targets_in(const object::ELFObjectFileBase &file, Wanted wanted) {
  Targets targets;
  const auto add_symbol = [&](const object::ELFSymbolRef &symbol) {
    llvm::Expected<llvm::StringRef> name = symbol.getName();
    llvm::Expected<std::uint64_t> value = symbol.getValue();
    llvm::Expected<std::uint32_t> flags = symbol.getFlags();
    if (name && value && flags && *value != 0 && (*flags & object::BasicSymbolRef::SF_Undefined) == 0 &&
        symbol.getELFType() == llvm::ELF::STT_FUNC && wanted(name->split('@').first))
      targets.code[*value] = name->split('@').first.str();
    llvm::consumeError(name.takeError());
    llvm::consumeError(value.takeError());
    llvm::consumeError(flags.takeError());
  };
  for (const object::ELFSymbolRef symbol : file.symbols())
    add_symbol(symbol);
  for (const object::ELFSymbolRef symbol : file.getDynamicSymbolIterators())
    add_symbol(symbol);
  for (const object::SectionRef &section : file.dynamic_relocation_sections())
    for (const object::RelocationRef &relocation : section.relocations()) {
      const std::string symbol = symbol_of(file, relocation);
      if (symbol.empty() || !wanted(symbol))
        continue;
      const bool is_slot = is_linkage_slot(file, relocation);
      (is_slot ? targets.slots : targets.data)[relocation.getOffset()] = symbol;
    }
  return targets;
}

llvm::Error add_uses_in_linked(const object::ELFObjectFileBase &file, Wanted wanted, std::vector<SymbolUse> &uses) {
  Targets targets = targets_in(file, wanted);
  if (targets.code.empty() && targets.slots.empty() && targets.data.empty())
    return llvm::Error::success();
  llvm::Expected<MachineCode> code = MachineCode::open(file);
  if (!code)
    return code.takeError();
  for (const auto &[address, symbol] : code->linkage_table())
    if (wanted(symbol))
      targets.code[address] = symbol;
  const Places places(file);
  code->for_each_reference([&](std::uint64_t section, std::uint64_t from, std::uint64_t to) {
    const auto code_target = targets.code.find(to);
    const auto slot = targets.slots.find(to);
    if (code_target != targets.code.end())
      uses.push_back(places.at({from, section}, code_target->second));
    else if (slot != targets.slots.end())
      uses.push_back(places.at({from, section}, slot->second));
  });
  for (const auto &[address, symbol] : targets.data)
    uses.push_back(places.at({address, section_at(file, address)}, symbol));
  return llvm::Error::success();
}

llvm::Error add_uses(llvm::MemoryBufferRef buffer, Wanted wanted, std::vector<SymbolUse> &uses) {
  if (llvm::identify_magic(buffer.getBuffer()) == llvm::file_magic::bitcode)
    return llvm::Error::success(); // there is no machine code yet
  llvm::Expected<std::unique_ptr<object::ObjectFile>> file = object::ObjectFile::createObjectFile(buffer);
  if (!file)
    return file.takeError();
  const auto *elf = llvm::dyn_cast<object::ELFObjectFileBase>(file->get());
  if (elf == nullptr)
    return llvm::Error::success();
  return elf->isRelocatableObject() ? add_uses_by_relocation(*elf, wanted, uses)
                                    : add_uses_in_linked(*elf, wanted, uses);
}

} // namespace

llvm::Expected<std::vector<SymbolUse>> uses_of(llvm::StringRef path, llvm::StringRef member, Wanted wanted) {
  std::vector<SymbolUse> uses;
  llvm::Error error = for_each_member(path, [&](llvm::MemoryBufferRef buffer, llvm::StringRef name) {
    return name == member ? add_uses(buffer, wanted, uses) : llvm::Error::success();
  });
  if (error)
    return error;
  const auto order = [](const SymbolUse &use) { return std::tie(use.symbol, use.file, use.line, use.function); };
  llvm::sort(uses, [&](const SymbolUse &a, const SymbolUse &b) { return order(a) < order(b); });
  uses.erase(llvm::unique(uses, [&](const SymbolUse &a, const SymbolUse &b) { return order(a) == order(b); }),
             uses.end());
  return uses;
}

llvm::Expected<bool> is_described(llvm::StringRef path, llvm::StringRef member, llvm::StringRef symbol) {
  bool described = false;
  llvm::Error error = for_each_member(path, [&](llvm::MemoryBufferRef buffer, llvm::StringRef name) -> llvm::Error {
    if (name != member)
      return llvm::Error::success();
    llvm::Expected<std::unique_ptr<object::ObjectFile>> file = object::ObjectFile::createObjectFile(buffer);
    if (!file)
      return file.takeError();
    const auto *elf = llvm::dyn_cast<object::ELFObjectFileBase>(file->get());
    if (elf == nullptr)
      return llvm::Error::success();
    return for_each_relocation(*elf, /*loaded=*/false, [&](const object::RelocationRef &relocation, std::uint64_t) {
      described |= symbol_of(*elf, relocation) == symbol;
    });
  });
  if (error)
    return error;
  return described;
}

} // namespace tripwire::tool
