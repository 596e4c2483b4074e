#include "tool/record.hpp"

#include "tool/build_facts.hpp"
#include "tool/diagnostics.hpp"
#include "tool/llvm_compat.hpp"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace tripwire::tool {
namespace {

constexpr int format = 1;

llvm::json::Array array_of(const std::vector<std::string> &words) {
  llvm::json::Array result;
  for (const std::string &word : words)
    result.push_back(word);
  return result;
}

bool read_words(const llvm::json::Array *array, std::vector<std::string> &words) {
  if (!array)
    return false;
  for (const llvm::json::Value &value : *array) {
    const std::optional<llvm::StringRef> word = value.getAsString();
    if (!word)
      return false;
    words.push_back(word->str());
  }
  return true;
}

bool read_text(const llvm::json::Object &object, llvm::StringRef key, std::string &text) {
  const std::optional<llvm::StringRef> value = object.getString(key);
  if (value)
    text = value->str();
  return value.has_value();
}

llvm::json::Object to_json(const Specialisation &specialisation, const std::string &usr,
                           const std::string &identifier) {
  return llvm::json::Object{{"usr", usr},
                            {"identifier", identifier},
                            {"scope", specialisation.scope},
                            {"member_of", specialisation.member_of},
                            {"arguments", specialisation.arguments},
                            {"qualifiers", specialisation.qualifiers},
                            {"heads", specialisation.heads},
                            {"static", specialisation.is_static},
                            {"public", specialisation.is_public}};
}

llvm::json::Object to_json(const RecordedSeam &seam) {
  llvm::json::Array headers;
  for (const Include &header : seam.headers)
    headers.push_back(llvm::json::Object{{"name", header.name}, {"angled", header.angled}});
  llvm::json::Array wrappers;
  for (const auto &[kind, count] : seam.wrappers)
    wrappers.push_back(llvm::json::Object{{"may_throw", kind.may_throw},
                                          {"variadic", kind.variadic},
                                          {"types", kind.variadic_types},
                                          {"qualified", kind.qualified},
                                          {"references", count}});
  llvm::json::Object object{{"usr", seam.usr},
                            {"name", seam.name},
                            {"entry", seam.entry},
                            {"inner", seam.inner},
                            {"headers", std::move(headers)},
                            {"printed", seam.printed},
                            {"c_unit", seam.c_unit},
                            {"symbols", array_of(seam.symbols)},
                            {"wrappers", std::move(wrappers)}};
  if (!seam.template_usr.empty())
    object["specialises"] = to_json(seam.specialisation, seam.template_usr, seam.identifier);
  return object;
}

bool read_specialisation(const llvm::json::Object &object, RecordedSeam &seam) {
  Specialisation &specialisation = seam.specialisation;
  if (!read_text(object, "usr", seam.template_usr) || !read_text(object, "identifier", seam.identifier) ||
      !read_text(object, "scope", specialisation.scope) || !read_text(object, "member_of", specialisation.member_of) ||
      !read_text(object, "arguments", specialisation.arguments) ||
      !read_text(object, "qualifiers", specialisation.qualifiers))
    return false;
  specialisation.heads = static_cast<unsigned>(object.getInteger("heads").value_or(0));
  specialisation.is_static = object.getBoolean("static").value_or(false);
  specialisation.is_public = object.getBoolean("public").value_or(true);
  return true;
}

bool read_seam(const llvm::json::Object *object, RecordedSeam &seam) {
  if (!object || !read_text(*object, "usr", seam.usr) || !read_text(*object, "name", seam.name) ||
      !read_text(*object, "inner", seam.inner) || !read_text(*object, "printed", seam.printed) ||
      !read_words(object->getArray("symbols"), seam.symbols))
    return false;
  if (const llvm::json::Object *specialises = object->getObject("specialises");
      specialises && !read_specialisation(*specialises, seam))
    return false;
  seam.entry = static_cast<std::size_t>(object->getInteger("entry").value_or(0));
  seam.c_unit = object->getBoolean("c_unit").value_or(false);
  const llvm::json::Array *headers = object->getArray("headers");
  const llvm::json::Array *wrappers = object->getArray("wrappers");
  if (!headers || !wrappers)
    return false;
  for (const llvm::json::Value &value : *headers) {
    const llvm::json::Object *header = value.getAsObject();
    Include include;
    if (!header || !read_text(*header, "name", include.name))
      return false;
    include.angled = header->getBoolean("angled").value_or(false);
    seam.headers.push_back(std::move(include));
  }
  for (const llvm::json::Value &value : *wrappers) {
    const llvm::json::Object *wrapper = value.getAsObject();
    WrapperKind kind;
    if (!wrapper || !read_text(*wrapper, "types", kind.variadic_types))
      return false;
    kind.may_throw = wrapper->getBoolean("may_throw").value_or(false);
    kind.qualified = wrapper->getBoolean("qualified").value_or(false);
    kind.variadic = wrapper->getBoolean("variadic").value_or(false);
    seam.wrappers[kind] = static_cast<unsigned>(wrapper->getInteger("references").value_or(0));
  }
  return true;
}

bool read_all(const llvm::json::Object &object, Record &record) {
  std::string language;
  if (!read_text(object, "version", record.version) || !read_text(object, "configuration", record.fingerprint) ||
      !read_text(object, "unit", record.unit) || !read_text(object, "language", language) ||
      !read_text(object, "directory", record.directory) || !read_text(object, "standard", record.standard) ||
      !read_words(object.getArray("flags"), record.flags) || !read_words(object.getArray("inlines"), record.inlines))
    return false;
  if (const llvm::json::Array *declared = object.getArray("declared"))
    for (const llvm::json::Value &entry : *declared)
      record.declared.push_back(static_cast<std::size_t>(entry.getAsInteger().value_or(0)));
  record.edits_headers = object.getBoolean("edits_headers").value_or(false);
  record.language = language == "c" ? Language::c : Language::cxx;
  const llvm::json::Array *seams = object.getArray("seams");
  if (!seams)
    return false;
  for (const llvm::json::Value &value : *seams) {
    record.seams.emplace_back();
    if (!read_seam(value.getAsObject(), record.seams.back()))
      return false;
  }
  return true;
}

/// Flags that change what headers declare or what code may link with; optimisation and the rest may differ.
bool shapes_the_interface(llvm::StringRef word) {
  if (word.starts_with("-m") || word == "-pthread" || word == "-fopenmp" || word.starts_with("--sysroot") ||
      word.starts_with("--target") || word.starts_with("--gcc-") || word.starts_with("-stdlib"))
    return true;
  if (word.starts_with("-fsanitize") || word.starts_with("-fabi-version") || word.starts_with("-fvisibility"))
    return true;
  return StringSwitch<bool>(word)
      .Cases({"-fPIC", "-fpic", "-fPIE", "-fpie", "-fno-pic", "-fno-pie"}, true)
      .Cases({"-fshort-enums", "-fno-short-enums", "-fsigned-char", "-funsigned-char"}, true)
      .Cases({"-fchar8_t", "-fno-char8_t", "-fshort-wchar", "-fpack-struct", "-fms-extensions"}, true)
      .Default(false);
}

} // namespace

std::string mapped_path(std::string path, const CompileCommand &command) {
  for (const Argument &argument : command.arguments) {
    llvm::StringRef word = argument.words.front();
    if (!word.consume_front("-ffile-prefix-map=") && !word.consume_front("-fdebug-prefix-map="))
      continue;
    const auto [from, to] = word.split('=');
    if (llvm::StringRef(path).starts_with(from))
      path = to.str() + path.substr(from.size());
  }
  return path;
}

std::string directory_of(const CompileCommand &command) {
  llvm::SmallString<256> directory;
  if (llvm::sys::fs::current_path(directory))
    return {};
  return mapped_path(directory.str().str(), command);
}

namespace {

bool is_cxx17_or_later(llvm::StringRef standard) {
  return standard.contains("17") || standard.contains("1z") || standard.contains("20") || standard.contains("2a") ||
         standard.contains("23") || standard.contains("2b") || standard.contains("26") || standard.contains("2c");
}

} // namespace

Record record_of_unit(const CompileCommand &command, const config::Configuration &configuration) {
  Record record;
  record.version = build_facts.version;
  record.fingerprint = fingerprint_text(configuration);
  record.unit = command.source;
  record.language = command.language;
  record.directory = directory_of(command);
  record.flags = flags_for_definitions(command);
  if (record.language == Language::cxx)
    record.standard = is_cxx17_or_later(command.standard) ? command.standard : "gnu++17";
  return record;
}

std::string to_line(const Record &record) {
  llvm::json::Array seams;
  for (const RecordedSeam &seam : record.seams)
    seams.push_back(to_json(seam));
  llvm::json::Array declared;
  for (const std::size_t entry : record.declared)
    declared.push_back(static_cast<std::int64_t>(entry));
  llvm::json::Value value = llvm::json::Object{{"format", format},
                                               {"declared", std::move(declared)},
                                               {"version", record.version},
                                               {"configuration", record.fingerprint},
                                               {"unit", record.unit},
                                               {"language", record.language == Language::c ? "c" : "c++"},
                                               {"directory", record.directory},
                                               {"standard", record.standard},
                                               {"flags", array_of(record.flags)},
                                               {"inlines", array_of(record.inlines)},
                                               {"edits_headers", record.edits_headers},
                                               {"seams", std::move(seams)}};
  std::string line;
  llvm::raw_string_ostream out(line);
  out << value;
  return line;
}

llvm::Expected<Record> read_record(llvm::StringRef line, llvm::StringRef object) {
  line.consume_front("TRIPWIRE ");
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
  Record record;
  if (value && value->getAsObject() && value->getAsObject()->getInteger("format") == format &&
      read_all(*value->getAsObject(), record))
    return record;
  llvm::consumeError(value.takeError());
  return refuse({object.str(), 0, 0}, "the record in section .tripwire is not one that this tripwire-rewrite reads",
                "compile the object again with the tripwire-rewrite that links it");
}

std::string fingerprint_text(const config::Configuration &configuration) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format_hex_no_prefix(configuration.fingerprint, 16);
  return text;
}

std::vector<std::string> flags_for_definitions(const CompileCommand &command) {
  std::vector<std::string> flags;
  for (const Argument &argument : command.arguments) {
    const bool wanted = argument.role == Role::preprocessor ||
                        (argument.role == Role::code && shapes_the_interface(argument.words.front()));
    if (wanted)
      flags.insert(flags.end(), argument.words.begin(), argument.words.end());
  }
  return flags;
}

} // namespace tripwire::tool
