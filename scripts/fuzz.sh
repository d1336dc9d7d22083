#!/usr/bin/env bash
# Runs the random tests over and over with new seeds for about SECONDS; stops at the first failure.
. "$(dirname "$0")/common.sh"
need_venv requirements-test.txt
need "Pango saknas." $(missing_pango)

end=$(($(date +%s) + ${1:-300}))
round=0
while left=$((end - $(date +%s))) && [ $left -gt 0 ]; do
    round=$((round + 1))
    seed=$RANDOM$RANDOM
    say "== Omgång $round, frö $seed, $left s kvar"
    code=0
    # Time running out in the middle of a round is no failure: `timeout` then answers 124.
    timeout --signal=INT "$left" "$python" -m pytest tests/properties -n "${WORKERS:-auto}" -q \
        --hypothesis-profile=fuzz --hypothesis-seed="$seed" </dev/null || code=$?
    [ $code -eq 0 ] || [ $code -eq 124 ] || exit $code
done
