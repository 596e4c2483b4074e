// what an object says of itself <--(record)--> one line of JSON in its section `.tripwire`
#pragma once

#include "tool/compile_command.hpp"
#include "tool/found.hpp"
#include "tool/wrapper_name.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <map>
#include <string>
#include <vector>

namespace tripwire::tool {

/// A seam that the object's unit refers to.
struct RecordedSeam {
  std::string usr;
  std::string name;                         ///< qualified
  std::size_t entry = 0;                    ///< index into the configuration's seams
  std::string inner;                        ///< \c Declaration::inner
  std::vector<Include> headers;             ///< that declare it, or the types of what is printed
  std::string printed;                      ///< the declaration, when no header has it
  std::string template_usr;                 ///< of a specialisation, its template's; empty for all others
  std::string identifier;                   ///< of a specialisation
  Specialisation specialisation;            ///< what its definition spells; its headers and symbol stand here
  bool c_unit = false;                      ///< that declaration is C
  std::vector<std::string> symbols;         ///< what the linker knows the function by that this unit means
  std::map<WrapperKind, unsigned> wrappers; ///< and how many references use each
};

/// What a rewritten object tells the link.
struct Record {
  std::string version;     ///< the tool's
  std::string fingerprint; ///< the configuration's
  std::string unit;        ///< the source, as the command names it
  Language language = Language::cxx;
  std::string directory;          ///< the compile's, with -ffile-prefix-map applied
  std::vector<std::string> flags; ///< under which the headers say what they said
  std::string standard;           ///< of C++; empty for a C unit
  std::vector<RecordedSeam> seams;
  std::vector<std::size_t> declared; ///< the configuration's entries that name something the unit declares
  std::vector<std::string> inlines;  ///< symbols of edited functions that other objects may hold too
  bool edits_headers = false;        ///< references in files that the unit includes were rewritten
};

/// What a record says of the unit, before anything is known of its references.
Record record_of_unit(const CompileCommand &command, const config::Configuration &configuration);

/// \p path as the user's -ffile-prefix-map spells it, so that objects do not depend on where they are made.
std::string mapped_path(std::string path, const CompileCommand &command);

/// Where the compile of \p command runs, in the same spelling.
std::string directory_of(const CompileCommand &command);

/// The line, without its end. The same bytes for the same record.
std::string to_line(const Record &record);

/// Reads a line that an object of \p object carries.
llvm::Expected<Record> read_record(llvm::StringRef line, llvm::StringRef object);

/// The fingerprint of \p configuration as records hold it.
std::string fingerprint_text(const config::Configuration &configuration);

/// The flags of \p command that the definitions of its seams have to be compiled with.
std::vector<std::string> flags_for_definitions(const CompileCommand &command);

} // namespace tripwire::tool
