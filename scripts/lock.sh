#!/usr/bin/env bash
# Locks both requirement files anew from pyproject.toml. UPGRADE=1 takes the newest versions.
# Run it with the oldest Python that we support, so that nothing an old Python needs is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-tools

lock() {
    CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet \
        --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras \
        --allow-unsafe ${UPGRADE:+--upgrade} "$@" pyproject.toml
}
lock --output-file requirements.txt
lock --output-file requirements-test.txt --extra test --constraint requirements.txt
