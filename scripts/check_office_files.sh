#!/usr/bin/env bash
# check_office_files.sh FOLDER: reads the office files that districts have filled in, and has each
# word of them found again in the plan that it became.
. "$(dirname "$0")/common.sh"
need_venv requirements-test.txt

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DATABASE_URL=sqlite:///$work/demo.sqlite3 DJANGO_SETTINGS_MODULE=samverkan.settings
$python manage.py migrate --verbosity 0
$python manage.py createcachetable
$python manage.py demo >"$work/demo.log" || { cat "$work/demo.log"; exit 1; }
$python -m tests.formats.read_real "$1"
