"""What a process does that is to be killed in the middle of a save: it saves, and stops on the way.

Each of these is run in a process of its own, by tests/concurrency/test_killed.py.
"""

from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from plans.editable import KINDS  # noqa: E402
from plans.models import Plan  # noqa: E402
from plans.reading.clipboard import read_clipboard  # noqa: E402
from plans.services import pasting  # noqa: E402
from plans.services.loading import current_document  # noqa: E402
from samverkan.collaboration import structure, undoing  # noqa: E402
from samverkan.collaboration.editing import write  # noqa: E402
from samverkan.organisation.models import User  # noqa: E402
from samverkan.workflow import steps  # noqa: E402
from samverkan.workflow.facts import Seen  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")


def save(database: str, told: Any, stop_after: int, what: str, about: dict[str, Any]) -> None:
    """Save, but stop for ever after so many writes; tell when that is, or that all is done."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    connection.settings_dict["NAME"] = database
    done = 0

    def count(execute, sql, params, many, context):
        nonlocal done
        result = execute(sql, params, many, context)
        if sql.startswith(WRITES) and connection.in_atomic_block:
            done += 1
            if done == stop_after:
                told.send(sql)
                told.recv()  # never comes
        return result

    with connection.execute_wrapper(count):
        DO[what](about)
    told.send("")


def _whole(about: dict[str, Any], what: str = "work") -> dict[str, Any]:
    return {
        "actor": User.objects.get(pk=about["actor"]),
        what: Plan.objects.with_heading().get(pk=about["plan"]),
    }


def _field(about: dict[str, Any]) -> None:
    typed = {"timing": "Hela året", "responsible": "Polisen"}
    kind = KINDS["action"]
    write(**_whole(about), kind=kind, row=about["action"], typed=typed, seen=about["seen"])


def _row(about: dict[str, Any]) -> None:
    under = (KINDS["cause"], about["cause"])
    typed = {"description": "Grannstöd"}
    structure.add(
        **_whole(about), kind=KINDS["action"], under=under, typed=typed, after=about["action"]
    )


def _paste(about: dict[str, Any]) -> None:
    source = read_clipboard("", "Nytt problem\tNy orsak\tEtt\tMål\t\tPolisen\n")
    where = _whole(about, "plan") | {"under": (KINDS["cause"], about["cause"])}
    pasting.paste(**where, found=pasting.look(**where, source=source))


def _removal(about: dict[str, Any]) -> None:
    kind = KINDS["problem"]
    structure.remove(**_whole(about), kind=kind, row=about["problem"], seen=about["seen"])


def _move(about: dict[str, Any]) -> None:
    under = (KINDS["area"], about["elsewhere"])
    structure.move(**_whole(about), kind=KINDS["problem"], row=about["problem"], under=under)


def _undo(about: dict[str, Any]) -> None:
    undoing.undo(**_whole(about))


def _send(about: dict[str, Any]) -> None:
    plan = _whole(about)["work"]
    seen = Seen(plan.version, current_document(plan).content_hash())
    in_a_week = timezone.localdate() + timedelta(days=7)
    steps.send(**_whole(about), seen=seen, reply_by=in_a_week)


DO = {
    "ett fält": _field,
    "en ny rad": _row,
    "rader ur Excel": _paste,
    "en rad tas bort": _removal,
    "en rad flyttas": _move,
    "det senaste ångras": _undo,
    "planen skickas på samråd": _send,
}
