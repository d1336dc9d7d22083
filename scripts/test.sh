#!/usr/bin/env bash
# Runs every test: all of them on SQLite, then what touches the database on PostgreSQL, in a
# cluster of its own that lives as long as this script. Arguments go to pytest.
. "$(dirname "$0")/common.sh"

find_postgres() {
    # Debian keeps each version's server programs outside PATH; take the newest.
    local initdb
    initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
    initdb=${initdb:-$(command -v initdb)} && postgres=$(dirname "$initdb")
}
find_chromium() {
    # The same browser without its windows, where Debian has it: each page is opened in half the time.
    CHROMIUM=${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium ||
        command -v google-chrome)} && export CHROMIUM
}

# All at once, so that whoever must ask for them asks once.
missing="$(missing_venv) $(missing_pango)"
find_chromium || missing+=" chromium-headless-shell"
lacks libatomic.so.1 && missing+=" libatomic1" # what drives Chromium is linked to it
find_postgres || missing+=" postgresql"
# Opens our Word and Excel files as an office would.
command -v soffice >/dev/null || missing+=" libreoffice-writer-nogui libreoffice-calc-nogui"
need "Det som testerna behöver saknas." $missing
find_chromium && find_postgres
need_venv requirements-test.txt

# The cluster. PostgreSQL refuses to run as root, so root lends it the user that came with the
# package. It listens on a socket in its own directory only: no port to collide on.
cluster=$(mktemp -d "${TMPDIR:-/tmp}/samverkan-pg.XXXXXX")
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$cluster"
    as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
stop_postgres() {
    (cd "$cluster" && "${as_owner[@]}" "$postgres/pg_ctl" stop -D data -m immediate) >/dev/null 2>&1 || true
    rm -rf "$cluster"
}
trap stop_postgres EXIT
trap 'exit 130' INT TERM
(
    cd "$cluster"
    "${as_owner[@]}" "$postgres/initdb" -D data -U samverkan --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync
    "${as_owner[@]}" "$postgres/pg_ctl" start -w -D data -l log -o "-k $cluster -h '' \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
) >var/postgres.log 2>&1 || {
    cat var/postgres.log "$cluster/log" >&2 || true
    die "PostgreSQL startade inte; se ovan."
}

$python manage.py build_fonts

# One more than there are cores: whoever drives the browser waits for it half the time.
run() { $python -m pytest -n "${WORKERS:-$(($(nproc) + 1))}" "$@"; }
sqlite=0 postgresql=0
say "== SQLite: alla tester"
DATABASE_URL="sqlite:///$PWD/var/test.sqlite3" run "$@" || sqlite=$?
say
say "== PostgreSQL: de tester som rör databasen"
DATABASE_URL="postgres://samverkan@/$cluster/samverkan" run --only-database "$@" || postgresql=$?

# pytest answers 5 when no test was chosen. With arguments that can be right for one of the two.
if [ $# -gt 0 ] && [ "$sqlite $postgresql" != "5 5" ]; then
    [ $sqlite -ne 5 ] || sqlite=0
    [ $postgresql -ne 5 ] || postgresql=0
fi
exit $((sqlite > postgresql ? sqlite : postgresql))
