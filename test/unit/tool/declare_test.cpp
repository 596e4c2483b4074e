// a declaration in the text --(declare)--> its wrapper's declaration
#include "tool/declare.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

const WrapperKind plain{};
const WrapperKind may_throw{true, false, {}};

Declaration declaration_of(bool member = false) {
  Declaration declaration;
  declaration.identifier = "open";
  declaration.qualified_name = "open";
  declaration.member = member;
  declaration.c_linkage = !member;
  return declaration;
}

/// The text with the wrapper's declaration put in.
std::string declared(llvm::StringRef text, const WrapperKind &kind = plain, DeclareStyle style = {},
                     const Declaration &declaration = declaration_of()) {
  const Lexemes lexemes(text);
  llvm::Expected<WrapperDeclaration> wrapper = declare_wrapper(declaration, kind, lexemes, text.find("open"), style);
  if (!wrapper)
    return "error: " + llvm::toString(wrapper.takeError());
  return text.take_front(wrapper->offset).str() + wrapper->text + text.substr(wrapper->offset).str();
}

TEST(Declare, ACloneKeepsDefaultArgumentsAndNamespaces) {
  EXPECT_EQ(declared("namespace a { int open(T x = {1, 2}, U = f(;)); }"),
            "namespace a { int open(T x = {1, 2}, U = f(;)); int tripwire_seam_open(T x = {1, 2}, U = f(;)); }");
}

TEST(Declare, ACloneHasNoBodyAndNothingThatOnlyTheSeamMaySay) {
  EXPECT_EQ(declared("inline constexpr int open(int x) { return x; } int y;"),
            "inline constexpr int open(int x) { return x; } int tripwire_seam_open(int x); int y;");
  EXPECT_EQ(declared("struct S { public: virtual int open() const override = 0; };", plain, {}, declaration_of(true)),
            "struct S { public: virtual int open() const override = 0; int tripwire_seam_open() const; };");
}

TEST(Declare, TheTwinThatMayThrowLosesNoexceptInEachSpelling) {
  EXPECT_EQ(declared("int open() noexcept;", may_throw), "int open() noexcept; int tripwire_may_throw_open();");
  EXPECT_EQ(declared("int open() noexcept (true);", may_throw),
            "int open() noexcept (true); int tripwire_may_throw_open();");
  EXPECT_EQ(declared("int open() throw ();", may_throw), "int open() throw (); int tripwire_may_throw_open();");
  EXPECT_EQ(declared("int open() __attribute__ ((__nothrow__ , __leaf__, __nonnull__ (1, 2)));", may_throw),
            "int open() __attribute__ ((__nothrow__ , __leaf__, __nonnull__ (1, 2))); int tripwire_may_throw_open() "
            "__attribute__ (( __nonnull__ ( 1 , 2 ) ));");
}

TEST(Declare, AnAsmLabelStaysWithTheSeam) {
  EXPECT_EQ(declared("extern int open(int) __asm__ (\"\" \"open64\");"),
            "extern int open(int) __asm__ (\"\" \"open64\"); extern int tripwire_seam_open(int);");
}

TEST(Declare, CTakesTheTypeByNameAndTheAttributesInText) {
  Declaration declaration = declaration_of();
  declaration.attributes = " __attribute__((__noreturn__))";
  EXPECT_EQ(declared("extern int open (int, ...);", plain, {Language::c, CompilerKind::gcc}, declaration),
            "extern int open (int, ...); extern __typeof__(open) tripwire_seam_open __attribute__((__noreturn__));");
}

TEST(Declare, ADeprecatedSeamIsNotNamedForItsTypeSinceThatWouldWarn) {
  Declaration declaration = declaration_of();
  declaration.attributes = " __attribute__((__deprecated__))";
  EXPECT_EQ(
      declared("int open(int x) __attribute__((deprecated));", plain, {Language::c, CompilerKind::gcc}, declaration),
      "int open(int x) __attribute__((deprecated)); int tripwire_seam_open(int x) __attribute__ (( deprecated ));");
}

TEST(Declare, OneOfSeveralInADeclarationIsTakenByItsType) {
  EXPECT_EQ(declared("int close(void), open(void);"),
            "int close(void), open(void); extern \"C\" __typeof__(open) tripwire_seam_open;");
}

TEST(Declare, ACommaInATypeDoesNotMakeItSeveral) {
  EXPECT_EQ(declared("std::map<int, int> open();"),
            "std::map<int, int> open(); std::map<int, int> tripwire_seam_open();");
}

TEST(Declare, ClangIsToldNotToMergeCalls) {
  EXPECT_EQ(declared("[[nodiscard]] int open();", plain, {Language::cxx, CompilerKind::clang}),
            "[[nodiscard]] int open(); [[nodiscard]] __attribute__((__nomerge__)) int tripwire_seam_open();");
  EXPECT_EQ(declared("extern \"C\" int open();", plain, {Language::cxx, CompilerKind::clang}),
            "extern \"C\" int open(); extern \"C\" __attribute__((__nomerge__)) int tripwire_seam_open();");
}

TEST(Declare, TokensThatTouchStayTogether) {
  EXPECT_EQ(declared("T &&open(U &&, V **) &&;", plain, {}, declaration_of(true)),
            "T &&open(U &&, V **) &&; T &&tripwire_seam_open(U &&, V **) &&;");
}

TEST(Declare, ADeclarationWithoutAnEndIsAnError) {
  EXPECT_EQ(declared("int open("), "error: tripwire-rewrite: error: the declaration of 'open' has no end\n");
}

} // namespace
} // namespace tripwire::tool
