# What the other scripts share; sourced, never run. What the user sees is Swedish.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p var
# Some machines ask Python to remember nothing of what it has compiled: each start then takes twice as long.
unset PYTHONDONTWRITEBYTECODE
system_python=${PYTHON:-python3}
python=.venv/bin/python

say() { printf '%s\n' "$*"; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}

"$system_python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    die "Python 3.11 eller nyare behövs. Skriv: sudo apt-get install -y python3 (eller ange PYTHON=/sökväg/till/python3)"

# install PACKAGE...: install Debian packages where that can be done without asking anybody.
# Fails, with the command to type in $by_hand, where it can not.
install() {
    by_hand="sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    local sudo=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        sudo=(sudo -n)
    fi
    say "Installerar $* …"
    # RUNLEVEL=1: a server that comes with a package is not started for it.
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 sh -c '
        apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"' sh "$@" \
        >var/apt.log 2>&1 </dev/null && return 0
    tail -n 5 var/apt.log >&2
    return 1
}

# need WHY [PACKAGE...]: install what is named, or stop with one line that says what to type.
need() {
    local why=$1
    shift
    [ $# -eq 0 ] || install "$@" || die "$why Skriv: $by_hand"
}

# The package in which Debian keeps a part of Python's venv, where it is missing.
missing_venv() {
    [ -x "$python" ] || "$system_python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$system_python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# lacks LIBRARY...: whether the system lacks one of these shared libraries.
lacks() {
    ! "$system_python" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null
}

# The packages of what lays out a PDF, where it is missing; no wheel carries them.
missing_pango() {
    if lacks libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; then
        echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fi
}

# need_venv LOCKFILE: a virtual environment that holds exactly what the lock file says.
need_venv() {
    local lock=$1 want stamp=.venv/$1.sha256
    want=$(sha256sum <"$lock")
    if [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then return; fi

    need "Python saknar venv." $(missing_venv)

    # A stamp that is there but differs: the lock file has changed, so begin from nothing.
    if [ -e "$stamp" ] || ! "$python" -m pip --version >/dev/null 2>&1; then rm -rf .venv; fi
    say "Installerar Pythonpaketen i $lock …"
    [ -d .venv ] || "$system_python" -m venv .venv
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" \
        >var/pip.log 2>&1 </dev/null || {
        tail -n 15 var/pip.log >&2
        die "Pythonpaketen kunde inte installeras; se ovan och var/pip.log."
    }
    printf '%s\n' "$want" >"$stamp"
}
