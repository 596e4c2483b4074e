#!/usr/bin/env bash
# Each rule of check_rooms.py finds what it forbids: a check that cannot fail proves nothing.
set -euo pipefail
check=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mkdir -p "$scratch"/{tool,runtime/{include/tripwire,src},plugins/{mail,post,env}/{include/tripwire/plugins,src},integration/{cmake,googletest,catch2,doctest,boost_test,examples/shop}}
echo '  - function: mail_send' >"$scratch/plugins/mail/seams.yaml"
touch "$scratch/plugins/post/seams.yaml" "$scratch/plugins/post/include/tripwire/plugins/"{post,letters}.hpp
for plugin in mail post env; do
  echo "tripwire_add_plugin($plugin)" >"$scratch/plugins/$plugin/CMakeLists.txt"
done
printf 'library: {package: libc6-dev}\nseams:\n  - function: getenv\n' >"$scratch/plugins/env/seams.yaml"

python3 "$check" "$scratch" || { echo "error: a clean tree is refused" >&2; exit 1; }

# finds FILE LINE MESSAGE
finds() {
  echo "$2" >"$scratch/$1"
  if printed=$(python3 "$check" "$scratch") || [[ $printed != "$1:1: error: "*"$3"* ]]; then
    echo "error: '$2' in $1 gives '$printed'" >&2
    exit 1
  fi
  rm "$scratch/$1"
}
finds tool/a.cpp '#include <gtest/gtest.h>' 'the tool knows no test framework'
finds tool/a.cpp '#include "tripwire/mock.hpp"' 'the configuration only'
finds tool/a.cpp 'const char *seam = "mail_send";' "names 'mail_send' of plugin mail"
finds runtime/include/tripwire/a.hpp '#include "clang/AST/Decl.h"' 'no Clang'
finds runtime/include/tripwire/a.hpp '#include <iostream>' 'pays'
finds runtime/src/a.cpp '#include <gtest/gtest.h>' 'no test framework'
finds runtime/src/a.cpp 'bool mail = false;' "names 'mail' of plugin mail"
finds plugins/mail/src/a.cpp '#include <gtest/gtest.h>' 'headers only'
finds plugins/mail/src/a.cpp '#include <tripwire/plugins/post.hpp>' 'plugin mail includes plugin post'
finds plugins/mail/src/a.cpp '#include <tripwire/plugins/letters.hpp>' 'plugin mail includes plugin post'
for adapter in googletest catch2 doctest boost_test; do
  finds "integration/$adapter/a.cpp" '#include <tripwire/mock.hpp>' 'decides nothing'
done
finds integration/examples/shop/a.cpp '#include <tripwire/seam/slot.hpp>' 'public surface'
finds integration/cmake/a.cmake 'find_package(mail)' "names 'mail' of plugin mail"

finds runtime/src/a.cpp 'if (plugin.name == "env")' "names 'env' of plugin env"
finds runtime/src/a.cpp 'tripwire::env.forget();' "names 'env' of plugin env"
finds tool/a.cpp '#include "plugins/env/src/env.hpp"' "names 'env' of plugin env"

# libc is everybody's, also where it has a plugin.
echo 'bool env = std::getenv("HOME") != nullptr && launcher == "env";' >"$scratch/tool/a.cpp"
python3 "$check" "$scratch" || { echo "error: a use of libc is refused" >&2; exit 1; }
echo '// as mail does' >"$scratch/tool/a.cpp"
python3 "$check" "$scratch" || { echo "error: a comment is refused" >&2; exit 1; }

# A plugin that builds on another says so.
rm "$scratch/tool/a.cpp"
echo 'tripwire_add_plugin(mail LIBRARIES tripwire::post)' >"$scratch/plugins/mail/CMakeLists.txt"
echo '#include <tripwire/plugins/letters.hpp>' >"$scratch/plugins/mail/src/a.cpp"
python3 "$check" "$scratch" || { echo "error: a plugin that builds on another is refused" >&2; exit 1; }
