// a linked file --(machine_code)--> which instruction refers to which address
#include "tool/machine_code.hpp"
#include "tool/diagnostics.hpp"
#include "tool/llvm_compat.hpp"

#include "llvm/BinaryFormat/ELF.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"

namespace tripwire::tool {

namespace object = llvm::object;

struct MachineCode::Parts {
  const object::ELFObjectFileBase *file = nullptr;
  llvm::MCTargetOptions options;
  std::unique_ptr<const llvm::MCRegisterInfo> registers;
  std::unique_ptr<const llvm::MCAsmInfo> assembler;
  std::unique_ptr<const llvm::MCSubtargetInfo> subtarget;
  std::unique_ptr<const llvm::MCInstrInfo> instructions;
  std::unique_ptr<const llvm::MCInstrAnalysis> analysis;
  std::unique_ptr<llvm::MCContext> context;
  std::unique_ptr<const llvm::MCDisassembler> disassembler;
};

MachineCode::MachineCode(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
MachineCode::MachineCode(MachineCode &&) noexcept = default;
MachineCode &MachineCode::operator=(MachineCode &&) noexcept = default;
MachineCode::~MachineCode() = default;

llvm::Expected<MachineCode> MachineCode::open(const object::ELFObjectFileBase &file) {
  static const bool once = [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllDisassemblers();
    return true;
  }();
  (void)once;
  const llvm::Triple triple = file.makeTriple();
  const auto unknown = [&] {
    return refuse({file.getFileName().str(), 0, 0}, "machine code for " + triple.str() + " cannot be read",
                  "audit the objects that it was linked from");
  };
  std::string error;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(as_target(triple), error);
  if (target == nullptr)
    return unknown();
  auto parts = std::make_unique<Parts>();
  parts->file = &file;
  parts->registers.reset(target->createMCRegInfo(as_target(triple)));
  if (!parts->registers)
    return unknown();
  parts->assembler.reset(target->createMCAsmInfo(*parts->registers, as_target(triple), parts->options));
  parts->subtarget.reset(target->createMCSubtargetInfo(as_target(triple), "", ""));
  parts->instructions.reset(target->createMCInstrInfo());
  if (!parts->assembler || !parts->subtarget || !parts->instructions)
    return unknown();
  parts->analysis.reset(target->createMCInstrAnalysis(parts->instructions.get()));
  parts->context =
      std::make_unique<llvm::MCContext>(triple, parts->assembler.get(), parts->registers.get(), parts->subtarget.get());
  parts->disassembler.reset(target->createMCDisassembler(*parts->subtarget, *parts->context));
  if (!parts->analysis || !parts->disassembler)
    return unknown();
  return MachineCode(std::move(parts));
}

std::map<std::uint64_t, std::string> MachineCode::linkage_table() const {
  std::map<std::uint64_t, std::string> table;
  for (const object::ELFPltEntry &entry : linkage_entries(*parts_->file, *parts_->subtarget)) {
    if (!entry.Symbol)
      continue;
    llvm::Expected<llvm::StringRef> name = object::SymbolRef(*entry.Symbol, parts_->file).getName();
    if (name)
      table[entry.Address] = name->split('@').first.str();
    else
      llvm::consumeError(name.takeError());
  }
  return table;
}

namespace {

/// The addresses that \p instruction names, handed to \p visit.
template <class Parts>
void for_each_address(const Parts &parts, const llvm::MCInst &instruction, std::uint64_t address, std::uint64_t size,
                      llvm::function_ref<void(std::uint64_t)> visit) {
  std::uint64_t target = 0;
  if (parts.analysis->evaluateBranch(instruction, address, size, target)) {
    visit(target);
    return;
  }
  if (std::optional<std::uint64_t> memory =
          parts.analysis->evaluateMemoryOperandAddress(instruction, parts.subtarget.get(), address, size))
    visit(*memory);
  constexpr std::int64_t smallest_address = 0x1000;
  for (const llvm::MCOperand &operand : instruction) // "mov $f, %edi" in programs at a fixed address
    if (operand.isImm() && operand.getImm() >= smallest_address)
      visit(static_cast<std::uint64_t>(operand.getImm()));
}

} // namespace

void MachineCode::for_each_reference(
    llvm::function_ref<void(std::uint64_t section, std::uint64_t from, std::uint64_t to)> visit) const {
  for (const object::ELFSectionRef section : parts_->file->sections()) {
    llvm::Expected<llvm::StringRef> name = section.getName();
    llvm::Expected<llvm::StringRef> contents = section.getContents();
    const bool readable = name && contents;
    const bool skipped = !readable || !section.isText() || name->starts_with(".plt");
    llvm::consumeError(name.takeError());
    if (skipped) {
      llvm::consumeError(contents.takeError());
      continue;
    }
    const llvm::ArrayRef<std::uint8_t> bytes = llvm::arrayRefFromStringRef(*contents);
    for (std::uint64_t offset = 0; offset < bytes.size();) {
      llvm::MCInst instruction;
      std::uint64_t size = 0;
      const std::uint64_t address = section.getAddress() + offset;
      const auto status =
          parts_->disassembler->getInstruction(instruction, size, bytes.drop_front(offset), address, llvm::nulls());
      if (status == llvm::MCDisassembler::Success)
        for_each_address(*parts_, instruction, address, size,
                         [&](std::uint64_t to) { visit(section.getIndex(), address, to); });
      offset += std::max<std::uint64_t>(size, 1);
    }
  }
}

bool is_linkage_slot(const object::ELFObjectFileBase &file, const object::RelocationRef &relocation) {
  const std::uint64_t type = relocation.getType();
  switch (file.getEMachine()) {
  case llvm::ELF::EM_X86_64:
    return type == llvm::ELF::R_X86_64_JUMP_SLOT || type == llvm::ELF::R_X86_64_GLOB_DAT;
  case llvm::ELF::EM_386:
    return type == llvm::ELF::R_386_JUMP_SLOT || type == llvm::ELF::R_386_GLOB_DAT;
  case llvm::ELF::EM_AARCH64:
    return type == llvm::ELF::R_AARCH64_JUMP_SLOT || type == llvm::ELF::R_AARCH64_GLOB_DAT;
  case llvm::ELF::EM_RISCV:
    return type == llvm::ELF::R_RISCV_JUMP_SLOT;
  default:
    return false;
  }
}

} // namespace tripwire::tool
