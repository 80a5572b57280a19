#!/usr/bin/env bash
# All tests, on a machine that needs nothing but the .NET 10 SDK beforehand: on Debian and Ubuntu, with root or sudo, what the tests talk to is installed first when it is
# missing (PostgreSQL, Chromium; for --full iproute2). The last line is the sum: N passed, N failed, N skipped.
#
#   ./test.sh            everything but the long fault tests (within 25 minutes)
#   ./test.sh --full     everything (within 80 minutes)
#   ./test.sh -- ARGS    ARGS go to the test runner, e.g. ./test.sh -- --filter-class '*Hermes*'
set -u
cd "$(dirname "$0")" || exit 1

filter=(--filter-not-trait "Category=Long")

# Some tests need a real broker; the others use the embedded one.
broker=()
[ -n "${TOM_TEST_KAFKA:-}" ] || broker=(--filter-not-trait "Category=RealBroker")
runner=()
while [ $# -gt 0 ]; do
  case "$1" in
    --full) filter=() ;;
    --) shift; runner=("$@"); break ;;
    -h|--help) sed -n '2,8p' "$0"; exit 0 ;;
    *) echo "test.sh: unknown option '$1'; see ./test.sh --help" >&2; exit 2 ;;
  esac
  shift
done

missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing+=(chromium)
if [ ${#filter[@]} -eq 0 ]; then
  # What the long fault tests on several hosts need: network namespaces.
  command -v ip >/dev/null 2>&1 || missing+=(iproute2)
fi
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null 2>&1; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
    echo "test.sh: installing ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null ||
      echo "test.sh: could not install ${missing[*]}; the tests that need them are skipped" >&2
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build TomOrleans.sln -c Release --nologo -v q || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
dotnet test --solution TomOrleans.sln -c Release --no-build --no-ansi --no-progress --max-parallel-test-modules 2 \
  --minimum-expected-tests 1 "${filter[@]}" "${broker[@]}" "${runner[@]}" | tee "$log"
result=${PIPESTATUS[0]}
awk '/^ *(total|failed|succeeded|skipped):/ { gsub(":", "", $1); seen[$1] = $2 }
     END { printf "%d passed, %d failed, %d skipped\n", seen["succeeded"], seen["failed"], seen["skipped"] }' "$log"
exit "$result"
