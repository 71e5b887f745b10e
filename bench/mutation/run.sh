#!/bin/sh
# Mutation tests of gongkai.law: run.sh ENVIRONMENT [PATTERN…]. See docs/howto/test-the-law-by-mutation.md.
set -eu
environment=${1:?"usage: run.sh ENVIRONMENT [PATTERN...]"}
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
place=$root/.build/mutation
rm -rf "$place"
mkdir -p "$place/src/gongkai" "$place/tests"
cp "$root/src/gongkai/__init__.py" "$root/src/gongkai/py.typed" "$place/src/gongkai/"
cp -r "$root/src/gongkai/kit" "$root/src/gongkai/law" "$place/src/gongkai/"
cp -r "$root/tests/law" "$root/tests/golden" "$place/tests/"
cd "$place/tests/law"
rm test_articles.py test_every_start_day.py test_glossary.py
cp "$root/bench/mutation/pyproject.toml" "$place/"
cat "$root/bench/mutation/few_examples.py" >>"$place/tests/law/conftest.py"
cd "$place"
"$environment/bin/mutmut" run --max-children 2 "$@" >mutmut.log 2>&1 || { tail -20 mutmut.log; exit 1; }
"$environment/bin/mutmut" results --all true >results.txt
"$environment/bin/python" "$root/bench/mutation/score.py" results.txt
