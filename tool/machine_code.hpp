// a linked file --(machine_code)--> which instruction refers to which address
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace tripwire::tool {

/// The instructions of one program or shared library. Lives no longer than the file it was opened from.
class MachineCode {
public:
  /// An error when the linked LLVM knows nothing of the file's architecture.
  static llvm::Expected<MachineCode> open(const llvm::object::ELFObjectFileBase &file);
  MachineCode(MachineCode &&) noexcept;
  MachineCode &operator=(MachineCode &&) noexcept;
  ~MachineCode();

  /// The entries of the procedure linkage table: their addresses and the symbols that they jump to, versions removed.
  [[nodiscard]] std::map<std::uint64_t, std::string> linkage_table() const;

  /// Calls \p visit for each instruction outside the linkage table that names an address: calls, jumps, loads,
  /// addresses taken.
  void
  for_each_reference(llvm::function_ref<void(std::uint64_t section, std::uint64_t from, std::uint64_t to)> visit) const;

private:
  struct Parts;
  explicit MachineCode(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Whether the dynamic linker fills the place of \p relocation for the sake of calls and loads, as against data that
/// the program holds.
bool is_linkage_slot(const llvm::object::ELFObjectFileBase &file, const llvm::object::RelocationRef &relocation);

} // namespace tripwire::tool
