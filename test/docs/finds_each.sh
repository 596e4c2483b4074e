#!/usr/bin/env bash
# check_pages.py finds what it is for: a check that cannot fail proves nothing.
set -euo pipefail
check=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf 'int one;\nint two;\n' >"$scratch/a.cpp"

# finds PAGE MESSAGE: the page is refused with the message; with none, it is accepted.
finds() {
  printf "$1" >"$scratch/page.md"
  printed=$(python3 "$check" "$scratch") && status=0 || status=1
  if [ -z "$2" ] && [ $status -eq 0 ]; then return; fi
  if [ -n "$2" ] && [ $status -eq 1 ] && [[ $printed == *"error: "*"$2"* ]]; then return; fi
  echo "error: '$1' gives '$printed'" >&2
  exit 1
}
finds '<!-- snippet: a.cpp -->\n```cpp\nint two;\n```\n[there](a.cpp)\n' ''
finds '<!-- snippet: a.cpp -->\n```cpp\nint three;\n```\n' 'does not stand in'
finds '<!-- snippet: a.cpp -->\n```cpp\nt two;\n```\n' 'does not stand in'
finds '<!-- snippet: b.cpp -->\n```cpp\nint two;\n```\n' 'there is no file'
finds '<!-- snippet: a.cpp -->\nno block\n' 'not followed by a fenced block'
finds '[there](b.cpp)\n' 'leads nowhere'
mkdir "$scratch/example"
printf 'int three;\n' >"$scratch/example/c.cpp"
printf '<!-- snippet: a.cpp -->\n```cpp\nint two;\n```\n' >"$scratch/README.md"
finds 'no snippet\n' 'nothing of the example is shown here'
printf '<!-- snippet: example/c.cpp -->\n```cpp\nint three;\n```\n' >"$scratch/README.md"
finds 'no snippet\n' ''
mkdir -p "$scratch/plugins/mail"
echo '# mail' >"$scratch/plugins/mail/README.md"
finds 'no snippet\n' "the plugin's page 'plugins/mail/README.md' is linked from nowhere"
echo '[mail](plugins/mail/README.md)' >>"$scratch/README.md"
finds 'no snippet\n' ''
