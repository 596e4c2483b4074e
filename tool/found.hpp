// What the syntax tree says about seams, as plain values that outlive it. Places are tokens: the n-th identifier of a
// name in a line of one entry into a file, which is how the same token is found again in the compiler's own text.
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/ledger.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace tripwire::tool {

/// One line of one entry into a file, and a name. Files are indices into \c Found::files.
struct LineOfName {
  unsigned entry = 0;    ///< the file as it was entered
  unsigned ordinal = 0;  ///< which entry into that file, counting those that gave a token
  unsigned presumed = 0; ///< the file that a #line directive names, else the entered one
  unsigned line = 0;     ///< presumed
  std::string name;

  friend bool operator<(const LineOfName &a, const LineOfName &b) {
    return std::tie(a.entry, a.ordinal, a.presumed, a.line, a.name) <
           std::tie(b.entry, b.ordinal, b.presumed, b.line, b.name);
  }
};

/// One identifier token of the unit, or with \c among any token: then its name is what \c spelling_of says.
struct TokenPlace {
  LineOfName line;
  unsigned index = 0; ///< among the tokens of that name in that line, from zero
  unsigned among = 0; ///< how many of those the line has; zero when nobody asked
};

/// How a header is named in an #include that gives it.
struct Include {
  std::string name; ///< as written between the delimiters, or an absolute path
  bool angled = false;
  friend bool operator==(const Include &a, const Include &b) { return a.name == b.name && a.angled == b.angled; }
};

/// How a reference is edited that has no name to change: an argument is added, by which overload resolution finds the
/// wrapper.
struct Insertion {
  enum class Form {
    first_argument, ///< behind the bracket at `from`
    braced_list,    ///< behind the brace at `from`, and the list that was there becomes the second argument
    declarator,     ///< behind the declarator whose name is at `from`: `T x` --> `T x(...)`
    type_name,      ///< behind the type that ends at `from`: `new T` --> `new T(...)`
    argument,       ///< in front of the argument, or of the closing bracket, at `from`
    around,         ///< from `from` to `to` stands an operand that was converted: `a` --> `T(..., a)`
  };
  Form form = Form::first_argument;
  TokenPlace from;
  TokenPlace to;
};

/// A declaration of a seam beside which its wrapper is declared.
struct DeclaredAt {
  TokenPlace name;
  bool has_body = false;
};

/// A seam that the unit declares and refers to.
struct Declaration {
  std::size_t seam = 0;       ///< index into the configuration's seams
  std::string usr;            ///< Clang's unified symbol resolution: the same in every unit
  std::string qualified_name; ///< `acme::Gateway::charge`
  std::string identifier;     ///< `charge`
  /// Of a function with internal linkage, what its wrappers are called after: it is known by this outside its unit.
  /// Empty for all others.
  std::string inner;
  /// Of a constructor, the class: `::acme::Gateway`. Its wrappers are constructors with a further first parameter.
  std::string constructs;
  std::string becomes;    ///< of a type that another stands in for: that one, `::fake::Gateway`
  std::string tag;        ///< of a constructor, what the types of that parameter are called after
  std::string local_type; ///< a type in the signature of such a function that no other unit can see; empty when none
  std::string scope;      ///< `::acme::` for a function of a namespace, `::` for a global one; empty for members
  std::vector<std::string> symbols; ///< what the linker knows it by
  bool member = false;
  bool templated = false; ///< a template, or a member of a class template: its specialisations are what is called
  bool c_linkage = false;
  bool is_noexcept = false;
  bool variadic = false;
  bool block_scope = false;       ///< first declared inside a function
  bool has_body = false;          ///< the first declaration is the definition
  std::string attributes;         ///< for a declaration by type: ` __attribute__((...))`
  std::vector<DeclaredAt> places; ///< the first in the file, after each that stands in a block before it
  std::string file;               ///< of the first declaration, for messages
  unsigned line = 0;
  unsigned column = 0;
  std::vector<Include> headers; ///< what to include to see it; empty when the unit itself declares it
  std::string printed;          ///< the declaration as text, for when there is no header

  /// What the wrappers are called after.
  [[nodiscard]] const std::string &stem() const { return !tag.empty() ? tag : inner.empty() ? identifier : inner; }
};

/// A specialisation of a seam that is a template, or its like in one instantiation of a class template. Each has a slot
/// of its own; the wrappers are declared once, beside the template.
struct Specialisation {
  std::size_t declaration = 0;  ///< index into \c Found::declarations
  std::string name;             ///< as a test says it: `acme::twice<int>`, `acme::Box<int>::get`
  std::string symbol;           ///< what the linker knows it by
  std::string scope;            ///< in front of its identifier: `::acme::`, `::acme::Box<int>::`
  std::string member_of;        ///< its class, `::acme::Box<int>`; empty for others
  std::string arguments;        ///< behind its identifier: `<int>`, empty for what is no template itself
  unsigned heads = 0;           ///< how often its definition says `template <>`
  bool is_static = false;       ///< a static member
  bool is_public = true;        ///< a test can name it
  std::string qualifiers;       ///< of a member: ` const &`
  std::string printed;          ///< a function of its type, by which other units speak of it
  std::vector<Include> headers; ///< its own, and those of the types that its name and its type need
  std::string refused;          ///< why no other unit can define its wrappers; empty when one can
  std::string next_step;        ///< what to do then
};

/// One reference, decided.
struct Reference {
  std::size_t declaration = 0;              ///< index into \c Found::declarations
  std::vector<std::size_t> overloads;       ///< the others of its set that other instantiations name here
  std::vector<std::size_t> specialisations; ///< of templates among them: indices into \c Found::specialisations
  Verdict verdict = Verdict::rewritten;
  std::string reason;    ///< why it is exempt or refused
  std::string next_step; ///< of a refusal
  TokenPlace name;
  std::vector<std::string> qualifier; ///< the tokens in front of the name that are replaced with it: `std` `::`
  std::optional<Insertion> insertion; ///< of a construction: how it is edited, instead of a name
  bool may_throw = false;             ///< the refusal may leave the call as an exception
  std::string variadic_types;         ///< one letter for each variadic argument, see \c VariadicType
  bool variadic_call = false;
  bool qualified = false; ///< a virtual function is called past its overriders
  bool is_call = false;   ///< in some instantiation, as against an address that is taken
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function;                       ///< the enclosing one, qualified
  std::vector<std::string> enclosing_symbols; ///< its symbols when another object may hold a copy of it
};

/// A using-declaration in a class that makes a seam of a base a name of its own: the wrapper has to become one, too.
struct Republished {
  std::size_t declaration = 0; ///< index into \c Found::declarations
  TokenPlace name;
};

/// A seam that the unit declares, whether or not it refers to it.
struct DeclaredSeam {
  std::size_t seam = 0;             ///< index into the configuration's seams
  std::string name;                 ///< qualified
  std::string identifier;           ///< its last component; empty for operators and the like
  std::vector<std::string> symbols; ///< what the linker may know it by
  bool defined = false;             ///< the unit holds a definition, which an optimiser may put in the place of calls
  bool called_elsewhere = false;    ///< so it may do with calls in text that is not rewritten
};

struct Found {
  std::vector<DeclaredSeam> declared;
  std::vector<Diagnostic> asked_for;      ///< by seam of the configuration: the note that shows its entry
  std::vector<std::string> files;         ///< normalised names
  std::vector<std::string> spelled_files; ///< names as the parser spells them ...
  std::vector<unsigned> file_of_spelling; ///< ... and the file that each stands for
  std::vector<Declaration> declarations;
  std::vector<Specialisation> specialisations;
  std::vector<Reference> references;
  std::vector<Republished> republished;
  /// How often each name of a seam occurs in each line that it occurs in, everywhere in the unit.
  std::map<LineOfName, unsigned> occurrences;
  std::vector<bool> editable;       ///< by file: its lines are the project's to rewrite
  std::vector<std::string> names;   ///< every identifier that names a seam in this unit, sorted
  std::vector<Diagnostic> refusals; ///< of constructs that are no reference to one name
};

/// The letters of \c Reference::variadic_types and the C++ types they stand for, after promotion.
const char *variadic_type(char letter);

} // namespace tripwire::tool
