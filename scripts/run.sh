#!/usr/bin/env bash
# Sets up what is missing and serves the demonstration on this machine. See `make run`.
. "$(dirname "$0")/common.sh"
port=${PORT:-8000}

# Asked first, so that nobody waits for an installation in vain.
"$system_python" - "$port" <<'PY' || exit 1
import socket
import sys

port = sys.argv[1]
if not port.isdigit() or not 0 < int(port) < 65536:
    sys.exit(f"PORT={port} är inte en port. Ange ett tal, till exempel: make run PORT=8001")
with socket.socket() as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(port)))
    except PermissionError:
        sys.exit(f"Port {port} kräver root. Välj en annan, till exempel: make run PORT=8001")
    except OSError:
        sys.exit(f"Port {port} är upptagen. Välj en annan, till exempel: make run PORT=8001")
PY

need_venv requirements.txt
pango=$(missing_pango)
[ -z "$pango" ] || install $pango || say "Pango saknas, så PDF går inte att skapa. Skriv: $by_hand"

$python manage.py prepare
say
say "Samverkan körs på http://127.0.0.1:$port (avsluta med Ctrl-C)"
export SITE_URL=${SITE_URL:-http://127.0.0.1:$port/}

# Beside it the worker, which sends the mail and makes the documents; they end together.
$python manage.py db_worker --no-reload --verbosity 0 &
worker=$!
$python -m gunicorn samverkan.wsgi --bind "127.0.0.1:$port" --workers 2 --threads 4 \
    --preload --no-control-socket --log-level warning &
server=$!
trap 'kill $worker $server 2>/dev/null; wait' EXIT
trap 'exit 0' INT TERM
wait $server
