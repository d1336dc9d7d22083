"""Many write in the same plan at once, and every edit that was accepted is there in the end."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from plans.editable import KINDS
from plans.models import Action, Plan
from samverkan.collaboration import editing
from samverkan.collaboration.editing import write
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, police_of
from tests.plans.rows import a_chain

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, EDITS = 20, 100  # 2,000 in all
FIELDS = (
    "aim",
    "communication",
    "convener",
    "follow_up_plan",
    "funding",
    "promise",
    "responsible",
    "timing",
)


def write_at_once(plan: Plan, edits: int) -> tuple[dict[tuple, list[str]], int]:
    """Each thread adds words of its own to fields that all write in. Gives what was accepted."""
    chain = a_chain(plan)
    rows = [chain.action.uuid, chain.other.uuid]
    people = [
        a_member(Role.COORDINATOR, plan.district),
        a_member(Role.EDITOR, plan.district, police_of(plan.district)),
    ]
    barrier = Barrier(THREADS)

    def work(number: int) -> tuple[list[tuple], int]:
        chance = random.Random(number)  # noqa: S311
        actor = type(people[0]).objects.get(pk=people[number % 2].pk)
        accepted, conflicts = [], 0
        barrier.wait()
        try:
            for count in range(edits):
                row, field, word = chance.choice(rows), chance.choice(FIELDS), f"{number}:{count}"
                while True:
                    now = Plan.objects.with_heading().get(pk=plan.pk)
                    stands = Action.objects.values_list(field, flat=True).get(
                        uuid=row, area__plan=plan
                    )
                    try:
                        written = write(
                            actor=actor,
                            work=now,
                            kind=KINDS["action"],
                            row=row,
                            typed={field: f"{stands} {word}"},
                            seen=now.version,
                        )
                    except OperationalError:
                        # SQLite has no queue: whoever waits longest may be turned away. That is no
                        # accepted edit, and is tried again.
                        continue
                    if written.changes:
                        break
                    conflicts += 1
                accepted.append((row, field, word))
        finally:
            connection.close()
        return accepted, conflicts

    with ThreadPoolExecutor(THREADS) as threads:
        results = list(threads.map(work, range(THREADS)))
    accepted: dict[tuple, list[str]] = {}
    for words, _ in results:
        for row, field, word in words:
            accepted.setdefault((row, field), []).append(word)
    return accepted, sum(conflicts for _, conflicts in results)


def lost(plan: Plan, accepted: dict[tuple, list[str]]) -> set[str]:
    missing = set()
    for (row, field), words in accepted.items():
        text = Action.objects.values_list(field, flat=True).get(uuid=row, area__plan=plan)
        missing |= set(words) - set(text.split())
    return missing


def test_without_the_guard_edits_are_lost(plan, monkeypatch):
    """That the next test could fail."""
    monkeypatch.setattr(editing, "conflicts_of", lambda *_: {})
    accepted, _ = write_at_once(plan, edits=20)
    assert lost(plan, accepted)


def test_every_edit_that_was_accepted_is_there_in_the_end(plan):
    accepted, conflicts = write_at_once(plan, edits=EDITS)
    assert sum(map(len, accepted.values())) == THREADS * EDITS
    assert conflicts, "they never met: nothing was tried"
    assert not lost(plan, accepted)
    numbers = list(plan.changes.values_list("number", flat=True))
    assert numbers == list(range(2, THREADS * EDITS + 2))
