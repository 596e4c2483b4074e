#include "tool/type_names.hpp"

#include "tool/drop_ins.hpp"
#include "tool/token_log.hpp"
#include "tool/visitor.hpp"

#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

namespace tripwire::tool {
namespace {

struct Target : ReplacedType {
  std::string drop_in_file; ///< the header that defines the drop-in; empty when the entry names none
};

/// Whether \p type is made of \p target: it, what points to it, a template of it.
bool is_made_of(clang::QualType type, clang::QualType target) {
  type = type.getCanonicalType().getUnqualifiedType();
  if (type == target)
    return true;
  const clang::QualType inner = type->getPointeeType();
  if (!inner.isNull())
    return is_made_of(inner, target);
  if (const auto *array = type->getAsArrayTypeUnsafe())
    return is_made_of(array->getElementType(), target);
  if (const auto *function = type->getAs<clang::FunctionProtoType>())
    return is_made_of(function->getReturnType(), target) ||
           llvm::any_of(function->param_types(), [&](clang::QualType each) { return is_made_of(each, target); });
  const auto *specialised = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  return specialised && llvm::any_of(specialised->getTemplateArgs().asArray(), [&](const auto &argument) {
           return argument.getKind() == clang::TemplateArgument::Type && is_made_of(argument.getAsType(), target);
         });
}

class Walker : public Visitor {
public:
  Walker(clang::ASTContext &context, std::vector<Target> targets, SeamMatcher &matcher, EditableFiles &editable,
         TypeNames &result)
      : sources_(context.getSourceManager()), targets_(std::move(targets)), matcher_(matcher), editable_(editable),
        result_(result) {}

  bool TraverseDecl(clang::Decl *declaration) override {
    if (!declaration)
      return true;
    const clang::DeclContext *scope = declaration->getLexicalDeclContext();
    if (scope && scope->isFileContext() && declaration->getLocation().isValid() && !is_editable(*declaration))
      return true;
    const llvm::SaveAndRestore function(function_);
    const llvm::SaveAndRestore record(record_);
    const llvm::SaveAndRestore exempt(exempt_);
    if (const auto *inner = llvm::dyn_cast<clang::FunctionDecl>(declaration)) {
      function_ = inner;
      record_ = nullptr;
    } else if (const auto *of_class = llvm::dyn_cast<clang::CXXRecordDecl>(declaration)) {
      record_ = of_class;
    } else if (llvm::isa<clang::FriendDecl>(declaration)) {
      exempt_ = "it befriends the type";
    }
    for (const Target &target : targets_)
      if (is_part_of(*declaration, target))
        exempt_ = "in the type's own code, or in that of its drop-in";
    return Visitor::TraverseDecl(declaration);
  }

  bool TraverseDeclarationNameInfo(clang::DeclarationNameInfo name) override {
    const clang::DeclarationName::NameKind kind = name.getName().getNameKind();
    const llvm::SaveAndRestore member(in_member_name_, kind == clang::DeclarationName::CXXConstructorName ||
                                                           kind == clang::DeclarationName::CXXDestructorName);
    return Visitor::TraverseDeclarationNameInfo(name);
  }

  bool VisitTypeLoc(clang::TypeLoc type) override {
    if (const std::optional<WrittenName> written = written_name(type))
      see(type, *written);
    return true;
  }

  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc qualifier) override {
    if (const auto inner = type_in(qualifier))
      see(inner->first, inner->second);
    return Visitor::TraverseNestedNameSpecifierLoc(qualifier);
  }

  bool VisitFunctionDecl(clang::FunctionDecl *function) override {
    if (function->isImplicit() || !is_editable(*function))
      return true;
    for (const Target &target : targets_) {
      const bool is_of_it = is_made_of(function->getReturnType(), target.type) ||
                            llvm::any_of(function->parameters(), [&](const clang::ParmVarDecl *parameter) {
                              return is_made_of(parameter->getType(), target.type);
                            });
      if (!is_of_it || is_part_of(*function, target))
        continue;
      if (matcher_.match(*function))
        result_.foreign.push_back({function, target.entry, true});
      else if (is_said_elsewhere(*function))
        result_.foreign.push_back({function, target.entry, false});
    }
    return true;
  }

private:
  void see(clang::TypeLoc type, const WrittenName &written) {
    if (written.name.isInvalid() || !known_.insert(written.name).second)
      return;
    const clang::QualType canonical = type.getType().getCanonicalType().getUnqualifiedType();
    for (const Target &target : targets_)
      if (canonical == target.type)
        add(written, type, target);
  }

  void add(const WrittenName &written, clang::TypeLoc type, const Target &target) {
    const clang::SourceLocation at = sources_.getExpansionLoc(written.name);
    if (!editable_.contains(sources_.getFileID(at)))
      return;
    const clang::NamedDecl *alias = written.declared;
    if (alias && alias != target.named && llvm::isa<clang::TypedefNameDecl>(alias) && is_editable(*alias))
      return; // the project's own name for it: what it stands for is rewritten
    TypeName name;
    name.entry = target.entry;
    name.written = written;
    name.identifier = alias ? alias->getNameAsString() : std::string();
    name.function = function_;
    name.record = record_;
    name.exempt = exempt_;
    name.is_member = in_member_name_;
    const clang::OptionalFileEntryRef file = sources_.getFileEntryRefForID(sources_.getFileID(at));
    if (!target.drop_in_file.empty() && file && normal_path(file->getName().str()) == target.drop_in_file)
      name.exempt = "in the header of its drop-in";
    if (type.getAs<clang::TemplateSpecializationTypeLoc>() || !alias) {
      name.refused = "the type is written as a template with its arguments";
      name.next_step = "write the name that the seam's entry has";
    } else if (written.keyword.isValid()) {
      name.refused = "a word for the kind of type ('struct', 'class') stands in front of the name";
      name.next_step = "leave the word out";
    }
    result_.names.push_back(std::move(name));
  }

  bool is_editable(const clang::Decl &declaration) {
    return editable_.contains(sources_.getFileID(sources_.getExpansionLoc(declaration.getLocation())));
  }

  /// Whether somebody whose code is not rewritten declares the function too, or a base that it overrides.
  bool is_said_elsewhere(const clang::FunctionDecl &function) {
    const auto is_foreign = [this](const clang::FunctionDecl *each) { return !is_editable(*each); };
    if (llvm::any_of(function.redecls(), is_foreign))
      return true;
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
    return method && llvm::any_of(method->overridden_methods(), is_foreign);
  }

  /// Whether \p declaration is the type or its drop-in, or one of their members, wherever it is defined.
  static bool is_part_of(const clang::Decl &declaration, const Target &target) {
    const auto is_one = [&](const clang::Decl *each) {
      const clang::Decl *canonical = each->getCanonicalDecl();
      const clang::CXXRecordDecl *record = target.type->getAsCXXRecordDecl();
      return (record && canonical == record->getCanonicalDecl()) || (target.drop_in && canonical == target.drop_in);
    };
    if (is_one(&declaration))
      return true;
    for (const clang::DeclContext *scope = declaration.getDeclContext(); scope; scope = scope->getParent())
      if (is_one(llvm::cast<clang::Decl>(scope)))
        return true;
    return false;
  }

  const clang::SourceManager &sources_;
  std::vector<Target> targets_;
  SeamMatcher &matcher_;
  EditableFiles &editable_;
  TypeNames &result_;
  llvm::DenseSet<clang::SourceLocation> known_;
  const clang::FunctionDecl *function_ = nullptr;
  const clang::CXXRecordDecl *record_ = nullptr;
  const char *exempt_ = nullptr;
  bool in_member_name_ = false;
};

} // namespace

TypeNames find_type_names(clang::ASTContext &context, const config::Configuration &configuration,
                          const ReplacedTypes &replaced, SeamMatcher &matcher, EditableFiles &editable) {
  TypeNames result;
  result.templates = replaced.templates;
  std::vector<Target> targets;
  for (const ReplacedType &type : replaced.types) {
    const config::Seam &seam = configuration.seams[type.entry];
    const std::string header = seam.include.empty() ? "" : normal_path(drop_in_header(configuration, seam));
    result.declared.emplace_back(type.entry, type.named->getNameAsString());
    targets.push_back({type, header});
  }
  if (!targets.empty())
    Walker(context, std::move(targets), matcher, editable, result).TraverseDecl(context.getTranslationUnitDecl());
  return result;
}

} // namespace tripwire::tool
