"""The program in a process of its own, on a database that is there already.

    python -m tests.collaboration.process DATABASE PORT

Whoever writes STOPS in a field gets it to stand still for ever in the middle of that save.
"""

import sys
import threading
from unittest.mock import patch

import django

from tests.conftest import pytest_configure

STOPS = "mitt i"


def stop_in_the_middle() -> None:
    from plans.models import Change

    save = Change.objects.bulk_create

    def save_and_stop(changes, **options):
        save(changes, **options)
        if any(STOPS in str(change.after) for change in changes):
            print("stopped", flush=True)
            threading.Event().wait()

    patch.object(Change.objects, "bulk_create", save_and_stop).start()


def main(database: str, port: int, stops: str = "") -> None:
    pytest_configure(None)
    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    connections.settings["default"]["NAME"] = database
    if stops:
        stop_in_the_middle()
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
