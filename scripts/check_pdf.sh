#!/usr/bin/env bash
# check_pdf.sh VALIDATOR: makes the PDF of each demonstration plan and has it validated (PDF/UA-1).
. "$(dirname "$0")/common.sh"
need_venv requirements-test.txt
need "Pango saknas." $(missing_pango)
command -v java >/dev/null || need "Java saknas." default-jre-headless

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DATABASE_URL=sqlite:///$work/demo.sqlite3
$python manage.py build_fonts
$python manage.py migrate --verbosity 0
$python manage.py createcachetable
$python manage.py demo >"$work/demo.log" || { cat "$work/demo.log"; exit 1; }
while read -r district year; do
    $python manage.py export_plan --district "$district" --year "$year" --format pdf \
        --out "$work/$district-$year.pdf"
done <<'PLANS'
skarpnack 2022
norra-innerstaden 2025
jarva 2024
hasselby-vallingby 2020
PLANS
"$1" -f ua1 "$work"/*.pdf
