// a slip of the pen in a seam's name --(link)--> a warning that says what was meant
#include "workspace.hpp"

namespace tripwire::tool {
namespace {

class Misspelt : public WorkspaceTest {
protected:
  static std::string linked(const std::string &seam) {
    write("tripwire.yaml", "version: 1\nplugins: []\nseams:\n  - function: " + seam + "\n");
    write("acme.cpp",
          "int acme_charge(int cents) { return cents; }\nnamespace acme { namespace v1 { int f() { return 1; } } }\n");
    write("main.cpp", "#include <stdio.h>\nint acme_charge(int);\nnamespace acme { namespace v1 { int f(); } }\n"
                      "int main() { fclose(stdin); return acme_charge(1) + acme::v1::f(); }\n");
    const std::string rewrite = std::string("'") + TRIPWIRE_REWRITE + "' --config tripwire.yaml ";
    shell("g++ -c acme.cpp -o acme.o");
    shell(rewrite + "--compile -- g++ -c main.cpp -o main.o");
    return shell(rewrite + "--link -- g++ main.o acme.o -o program").output;
  }
};

TEST_F(Misspelt, AFunctionIsNamedWithWhatWasMeant) {
  EXPECT_NE(linked("acme_chrage")
                .find("tripwire.yaml:4:15: warning: nothing that this program rewrites declares "
                      "'acme_chrage'; did you mean 'acme_charge'?"),
            std::string::npos);
}

TEST_F(Misspelt, AScopeIsNamedWithWhatWasMeant) {
  EXPECT_NE(linked("\"acme::v2::*\"").find("did you mean 'acme::v1::*'?"), std::string::npos);
}

TEST_F(Misspelt, ANameOfItsOwnIsLeftInPeace) { EXPECT_EQ(linked("close"), ""); }

class MisspeltHeader : public WorkspaceTest {
protected:
  static std::string compiled(const std::string &glob) {
    write("tripwire.yaml", "version: 1\nplugins: []\nseams:\n  - header: \"" + glob + "\"\n");
    write("vendor/client.h", "int acme_charge(int);\n");
    write("vendor/clients.h", "");
    write("in.cpp", "#include \"vendor/client.h\"\nint x() { return acme_charge(1); }\n");
    const std::string said =
        shell(std::string("'") + TRIPWIRE_REWRITE + "' --config tripwire.yaml --compile -- g++ -c in.cpp -o in.o")
            .output;
    return said.substr(0, said.find('\n'));
  }
};

TEST_F(MisspeltHeader, AFolderIsNamedWithWhatWasMeant) {
  EXPECT_EQ(compiled("vender/*.h"),
            "tripwire.yaml:4:13: warning: no header is called 'vender/*.h'; did you mean 'vendor/*.h'?");
}

TEST_F(MisspeltHeader, AFileIsNamedWithWhatWasMeant) {
  EXPECT_EQ(compiled("vendor/cilent.h"),
            "tripwire.yaml:4:13: warning: no header is called 'vendor/cilent.h'; did you mean 'vendor/client.h'?");
}

TEST_F(MisspeltHeader, AHeaderThatIsThereAndNotIncludedIsLeftInPeace) { EXPECT_EQ(compiled("vendor/clients.h"), ""); }

} // namespace
} // namespace tripwire::tool
