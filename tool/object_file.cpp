// an object, archive, program or shared library --(object_file)--> per member: symbols and records
#include "tool/object_file.hpp"
#include "tool/diagnostics.hpp"
#include "tool/llvm_compat.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/IRObjectFile.h"
#include "llvm/Object/SymbolicFile.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Triple.h"

#include <algorithm>
#include <set>

namespace tripwire::tool {
namespace {

namespace object = llvm::object;

/// Errors of LLVM's readers, with the file that they are about.
llvm::Error about(llvm::StringRef file, llvm::StringRef member, llvm::Error error) {
  const std::string what = llvm::toString(std::move(error));
  const Place place{(member.empty() ? file : (file + "(" + member + ")").str()).str(), 0, 0};
  if (llvm::StringRef(what).contains("Producer:")) // both versions are told, when the reader's is the older one
    return refuse(place, "cannot be read: " + what,
                  "the compiler's LLVM is newer than this tool's: build tripwire-rewrite with that one "
                  "(-DTRIPWIRE_LLVM=...), or leave -flto out of the test build");
  return refuse(place, "cannot be read: " + what);
}

std::string without_version(llvm::StringRef symbol) { return symbol.split('@').first.str(); }

std::vector<std::string> sorted_once(std::set<std::string> names) {
  std::vector<std::string> sorted;
  sorted.reserve(names.size());
  while (!names.empty())
    sorted.push_back(std::move(names.extract(names.begin()).value()));
  return sorted;
}

/// What kind of symbol it is, told by flags that all symbolic files share.
struct SymbolSets {
  std::set<std::string> undefined;
  std::set<std::string> defined;
  std::set<std::string> weak_functions;

  void move_to(ObjectFacts &facts) {
    facts.undefined = sorted_once(std::move(undefined));
    facts.defined = sorted_once(std::move(defined));
    facts.weak_functions = sorted_once(std::move(weak_functions));
  }
};

void add_symbol(SymbolSets &sets, const std::string &name, std::uint32_t flags, bool is_function) {
  using Symbol = object::BasicSymbolRef;
  if (name.empty() || (flags & Symbol::SF_FormatSpecific) != 0)
    return;
  if ((flags & Symbol::SF_Undefined) != 0) {
    sets.undefined.insert(name);
    return;
  }
  if ((flags & Symbol::SF_Global) == 0)
    return;
  sets.defined.insert(name);
  if (is_function && (flags & Symbol::SF_Weak) != 0)
    sets.weak_functions.insert(name);
}

llvm::Error add_elf_symbols(const object::ELFObjectFileBase &file, SymbolSets &sets) {
  const auto add = [&](const object::ELFSymbolRef &symbol) -> llvm::Error {
    llvm::Expected<llvm::StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    llvm::Expected<std::uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    const unsigned char type = symbol.getELFType();
    add_symbol(sets, without_version(*name), *flags, type == llvm::ELF::STT_FUNC || type == llvm::ELF::STT_GNU_IFUNC);
    return llvm::Error::success();
  };
  for (const object::ELFSymbolRef symbol : file.symbols())
    if (llvm::Error error = add(symbol))
      return error;
  if (file.isRelocatableObject())
    return llvm::Error::success();
  for (const object::ELFSymbolRef symbol : file.getDynamicSymbolIterators())
    if (llvm::Error error = add(symbol))
      return error;
  return llvm::Error::success();
}

/// GCC's own symbol table of an object that holds intermediate code only: name, COMDAT group, kind, visibility, size,
/// slot for each symbol.
void add_slim_lto_symbols(llvm::StringRef table, SymbolSets &sets) {
  constexpr std::size_t fixed_part = 1 + 1 + 8 + 4;
  while (!table.empty()) {
    const auto [name, behind_name] = table.split('\0');
    const auto [group, behind_group] = behind_name.split('\0');
    if (behind_group.size() < fixed_part)
      return;
    const unsigned char kind = static_cast<unsigned char>(behind_group.front());
    if (kind == 2 || kind == 3)
      sets.undefined.insert(name.str());
    else
      sets.defined.insert(name.str());
    if (kind == 1)
      sets.weak_functions.insert(name.str());
    table = behind_group.drop_front(fixed_part);
  }
}

/// Assembler escapes: \\ooo, \\n, \\t, and a backslash before anything else.
std::string unescape(llvm::StringRef text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    const char next = text[++i];
    if (next >= '0' && next <= '7') {
      unsigned value = 0;
      const std::size_t end = std::min(text.size(), i + 3);
      for (; i < end && text[i] >= '0' && text[i] <= '7'; ++i)
        value = value * 8 + static_cast<unsigned>(text[i] - '0');
      --i;
      result += static_cast<char>(value);
    } else {
      result += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    }
  }
  return result;
}

void add_records(llvm::StringRef contents, ObjectFacts &facts) {
  llvm::SmallVector<llvm::StringRef, 4> lines;
  contents.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    line = line.trim(llvm::StringRef("\0 ", 2)); // the assembler may pad
    if (!line.empty())
      facts.records.push_back(line.str());
  }
}

/// Whether GCC's description of its intermediate code says that there is no machine code beside it.
bool says_slim(llvm::StringRef lto_section) { return lto_section.size() > 4 && lto_section[4] != 0; }

llvm::Error read_elf(const object::ELFObjectFileBase &file, ObjectFacts &facts) {
  facts.linked = !file.isRelocatableObject();
  SymbolSets sets;
  SymbolSets lto_sets;
  bool slim = false;
  for (const object::ELFSectionRef section : file.sections()) {
    llvm::Expected<llvm::StringRef> name = section.getName();
    if (!name)
      return name.takeError();
    facts.has_debug_info |= *name == ".debug_line" || *name == ".zdebug_line";
    if (*name != ".tripwire" && !name->starts_with(".gnu.lto_.symtab.") && !name->starts_with(".gnu.lto_.lto."))
      continue;
    llvm::Expected<llvm::StringRef> contents = section.getContents();
    if (!contents)
      return contents.takeError();
    if (*name == ".tripwire")
      add_records(*contents, facts);
    else if (name->starts_with(".gnu.lto_.symtab."))
      add_slim_lto_symbols(*contents, lto_sets);
    else
      slim = says_slim(*contents);
  }
  if (llvm::Error error = add_elf_symbols(file, slim ? lto_sets : sets))
    return error;
  if (slim)
    facts.unreadable = Unreadable::slim_lto;
  (slim ? lto_sets : sets).move_to(facts);
  return llvm::Error::success();
}

/// The records in a module's assembler text: what stands between the quotes of .ascii in section .tripwire.
void add_records_of_assembler(llvm::StringRef assembler, ObjectFacts &facts) {
  std::string contents;
  bool inside = false;
  for (llvm::StringRef rest = assembler; !rest.empty();) {
    const auto [line, behind] = rest.split('\n');
    rest = behind;
    llvm::StringRef statement = line.trim();
    if (statement.starts_with(".pushsection"))
      inside = statement.contains(".tripwire,");
    else if (statement.starts_with(".popsection"))
      inside = false;
    const bool is_text = statement.consume_front(".ascii") || statement.consume_front(".string");
    if (!inside || !is_text)
      continue;
    statement = statement.trim();
    if (statement.consume_front("\"") && statement.consume_back("\""))
      contents += unescape(statement);
  }
  add_records(contents, facts);
}

/// LLVM finds the symbols of assembler text in a module with the target's assembler, and falls over when there is none.
bool has_assembler(llvm::MemoryBufferRef buffer) {
  static const bool once = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmParsers();
    return true;
  }();
  (void)once;
  llvm::Expected<std::string> triple = llvm::getBitcodeTargetTriple(buffer);
  if (!triple) {
    llvm::consumeError(triple.takeError());
    return false;
  }
  std::string error;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(as_target(llvm::Triple(*triple)), error);
  return target != nullptr && target->hasMCAsmParser();
}

llvm::Error read_bitcode(llvm::MemoryBufferRef buffer, ObjectFacts &facts) {
  if (!has_assembler(buffer)) {
    facts.unreadable = Unreadable::foreign;
    return llvm::Error::success();
  }
  llvm::LLVMContext context;
  llvm::Expected<std::unique_ptr<object::IRObjectFile>> file = object::IRObjectFile::create(buffer, context);
  if (!file)
    return file.takeError();
  facts.unreadable = Unreadable::bitcode;
  SymbolSets sets;
  for (const object::BasicSymbolRef &symbol : (*file)->symbols()) {
    std::string name;
    llvm::raw_string_ostream out(name);
    if (llvm::Error error = symbol.printName(out))
      return error;
    llvm::Expected<std::uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    add_symbol(sets, name, *flags, (*flags & object::BasicSymbolRef::SF_Executable) != 0);
  }
  sets.move_to(facts);
  llvm::Expected<std::unique_ptr<llvm::Module>> module = llvm::getLazyBitcodeModule(buffer, context);
  if (!module)
    return module.takeError();
  add_records_of_assembler((*module)->getModuleInlineAsm(), facts);
  return llvm::Error::success();
}

llvm::Error read_one(llvm::MemoryBufferRef buffer, ObjectFacts &facts) {
  const llvm::file_magic magic = llvm::identify_magic(buffer.getBuffer());
  if (magic == llvm::file_magic::bitcode)
    return read_bitcode(buffer, facts);
  if (!magic.is_object() && magic != llvm::file_magic::elf_executable && magic != llvm::file_magic::elf_shared_object) {
    facts.unreadable = Unreadable::foreign;
    return llvm::Error::success();
  }
  llvm::Expected<std::unique_ptr<object::ObjectFile>> file = object::ObjectFile::createObjectFile(buffer);
  if (!file)
    return file.takeError();
  const auto *elf = llvm::dyn_cast<object::ELFObjectFileBase>(file->get());
  if (elf == nullptr) {
    facts.unreadable = Unreadable::foreign;
    return llvm::Error::success();
  }
  return read_elf(*elf, facts);
}

} // namespace

llvm::Error
for_each_member(llvm::StringRef path,
                llvm::function_ref<llvm::Error(llvm::MemoryBufferRef buffer, llvm::StringRef member)> visit) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return refuse({path.str(), 0, 0}, "cannot be read: " + buffer.getError().message());
  if (llvm::identify_magic((*buffer)->getBuffer()) != llvm::file_magic::archive) {
    llvm::Error error = visit(**buffer, "");
    return error ? about(path, "", std::move(error)) : llvm::Error::success();
  }
  llvm::Expected<std::unique_ptr<object::Archive>> archive = object::Archive::create(**buffer);
  if (!archive)
    return about(path, "", archive.takeError());
  llvm::Error error = llvm::Error::success();
  for (const object::Archive::Child &child : (*archive)->children(error)) {
    llvm::Expected<llvm::StringRef> name = child.getName();
    if (!name)
      return about(path, "", llvm::joinErrors(name.takeError(), std::move(error)));
    llvm::Expected<llvm::MemoryBufferRef> contents = child.getMemoryBufferRef();
    llvm::Error problem = contents ? visit(*contents, *name) : contents.takeError();
    if (problem)
      return about(path, *name, llvm::joinErrors(std::move(problem), std::move(error)));
  }
  return error ? about(path, "", std::move(error)) : llvm::Error::success();
}

llvm::Expected<std::vector<ObjectFacts>> read_objects(llvm::StringRef path) {
  std::vector<ObjectFacts> objects;
  llvm::Error error = for_each_member(path, [&](llvm::MemoryBufferRef buffer, llvm::StringRef member) {
    ObjectFacts facts;
    facts.file = path.str();
    facts.member = member.str();
    llvm::Error problem = read_one(buffer, facts);
    objects.push_back(std::move(facts));
    return problem;
  });
  if (error)
    return error;
  return objects;
}

} // namespace tripwire::tool
