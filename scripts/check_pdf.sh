#!/usr/bin/env bash
# check_pdf.sh VALIDATOR: prints every demonstration plan, report and agreement, and the awkward ones, and has
# each file validated twice: PDF/A-3a (or 2a, those that carry no files) and PDF/UA-1.
. "$(dirname "$0")/common.sh"
need_venv requirements-test.txt
need "Pango saknas." $(missing_pango)
command -v java >/dev/null || need "Java saknas." default-jre-headless

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DATABASE_URL=sqlite:///$work/demo.sqlite3
$python manage.py build_fonts
# Beside the demonstration, for the second core.
$python -m tests.formats.print_all "$work/printed" &
printing=$!

# What the whole house makes of them, decisions with their own stored files too.
mkdir "$work/house"
$python manage.py migrate --verbosity 0
$python manage.py createcachetable
$python manage.py demo >"$work/demo.log" || { cat "$work/demo.log"; exit 1; }
while read -r district year decided; do
    for frozen in "" $decided; do
        $python manage.py export_plan --district "$district" --year "$year" --format pdf $frozen \
            --out "$work/house/$district-$year$frozen.pdf"
    done
done <<'PLANS'
skarpnack 2022 --decided
norra-innerstaden 2025 --decided
jarva 2024
hasselby-vallingby 2020 --decided
PLANS
while read -r district year kind; do
    for edition in internal public; do
        $python manage.py export_report --district "$district" --year "$year" --kind "$kind" \
            --format pdf --edition $edition --out "$work/house/$kind-$edition.pdf"
    done
done <<'REPORTS'
jarva 2023 lagesbild
spanga-tensta 2022 statusrapport
REPORTS
"$1" -f ua1,3a "$work"/house/*.pdf

wait $printing
"$1" -f ua1,2a "$work"/printed/WITHOUT_FILES/*.pdf >"$work/without_files.log" &
validating=$!
"$1" -f ua1,3a "$work"/printed/WITH_FILES/*.pdf
wait $validating || { cat "$work/without_files.log"; exit 1; }
cat "$work/without_files.log"
