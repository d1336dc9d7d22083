"""A process that is killed in the middle of a save leaves the plan as it was before, and leaves it to
the others: never something between, and no lock."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context

import pytest
from django.db import connection, transaction

from plans.editable import KINDS
from plans.models import Approval, Change, Dispatch, Plan, SentDraft
from plans.places import replayed
from plans.services.loading import to_document
from samverkan.collaboration import structure
from samverkan.collaboration.editing import write
from samverkan.journal.models import Entry
from samverkan.organisation.models import User
from tests.concurrency import stopping
from tests.plans.rows import fresh

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.concurrency.stopping"])
LONG = 60  # seconds: more than it takes; then something hangs


def all_that_stands(plan: Plan) -> tuple:
    """The plan's rows, its own row, its history, and what else is kept of it."""
    now = fresh(plan)
    kept = [list(model.objects.order_by("pk").values()) for model in (Approval, Dispatch, Entry)]
    changes = list(Change.objects.order_by("number").values())
    return to_document(now), now.state, now.version, changes, kept, SentDraft.objects.count()


@contextmanager
def stopping_after(writes: int, what: str, about: dict) -> Iterator[tuple]:
    """A process that saves, and the write after which it stands still: none, when it came through."""
    ours, its = PROCESSES.Pipe()
    database = connection.settings_dict["NAME"]
    process = PROCESSES.Process(
        target=stopping.save, args=(database, its, writes, what, about), daemon=True
    )
    process.start()
    its.close()
    try:
        assert ours.poll(LONG), "it neither stopped nor came through"
        yield process, ours.recv()
    finally:
        process.kill()
        process.join(LONG)


def another_saves(plan: Plan, who: User, text: str) -> None:
    """At once: a lock that was left behind would keep her waiting until it is an error."""
    seen = fresh(plan).version
    area = plan.areas.get(position=1)
    kind, typed = KINDS["area"], {"overall_goal": text}
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # SQLite waits as long as its settings say
            cursor.execute("SET LOCAL lock_timeout = '10s'")
        written = write(
            actor=who, work=fresh(plan), kind=kind, row=area.uuid, typed=typed, seen=seen
        )
    assert [change.number for change in written.changes] == [seen + 1]


@pytest.mark.parametrize("what", stopping.DO)
def test_before_or_after_wherever_the_process_was_killed(
    plan, chain, samordnare, kommunpolis, what
):
    start = to_document(fresh(plan))
    if what == "det senaste ångras":
        structure.remove(
            actor=samordnare,
            work=fresh(plan),
            kind=KINDS["problem"],
            row=chain.problem.uuid,
            seen=1,
        )
    about = {
        "actor": samordnare.pk,
        "plan": plan.pk,
        "problem": chain.problem.uuid,
        "cause": chain.cause.uuid,
        "action": chain.action.uuid,
        "elsewhere": plan.areas.get(position=1).uuid,
    }
    places = []
    for writes in count(1):
        before = all_that_stands(plan)
        about["seen"] = before[2]
        with stopping_after(writes, what, about) as (process, place):
            if not place:
                process.join(LONG)
                assert process.exitcode == 0
                break
            places.append(place)
            assert all_that_stands(plan) == before, f"half of it is seen: {place}"
            process.kill()
            process.join(LONG)
            assert process.exitcode == -signal.SIGKILL
            assert all_that_stands(plan) == before, f"killed after {place}"
            another_saves(plan, kommunpolis, f"Skrivet efter {writes}")
    assert len(places) > 1, "it was never in the middle"
    after = all_that_stands(plan)
    assert after != before
    changes = list(plan.changes.order_by("number"))
    assert fresh(plan).version == (changes[-1].number if changes else 1)
    assert replayed(start, changes) == to_document(fresh(plan))
