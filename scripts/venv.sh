#!/usr/bin/env bash
# The virtual environment that the developers' tools run in.
. "$(dirname "$0")/common.sh"
need_venv requirements-test.txt
