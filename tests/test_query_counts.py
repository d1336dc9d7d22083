"""How many questions each page asks the database, kept in query_counts.json.

A page asks the same number however large the plan is. Where a change alters a number, rewrite the
file with `REWRITE_QUERY_COUNTS=1 make test ARGS="-k query_counts"` and let the diff be reviewed.
"""

import json
import os
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec.structs import replace

from plans.models import Action, Change, Plan
from plans.vocabulary import Layout, PlanState
from samverkan.organisation.vocabulary import Role
from tests.bench.report import large as large_report
from tests.factories import a_member
from tests.formats.samples import full, large
from tests.importing.files import a_file, a_place_for, an_upload, read_in
from tests.lagesbild import importing as report_import
from tests.lagesbild.importing import a_place_for_samples
from tests.plans.storing import stored

COUNTS = Path(__file__).with_name("query_counts.json")
MOST = defaultdict(
    lambda: 15,
    {
        "plan-table": 16,  # it remembers what was chosen last
        "plan": 17,  # where something in it comes from a lägesbild (tests/lagesbild/test_taking_up.py)
    },
)

PAGES = {
    "plan": lambda plan: reverse("plan", args=[plan.district.slug, plan.year]),
    "plan-table": lambda plan: reverse("plan-table", args=[plan.district.slug, plan.year]),
    "plan-summary": lambda plan: reverse("plan-summary", args=[plan.district.slug, plan.year]),
    "plan-picture": lambda plan: reverse("plan-picture", args=[plan.district.slug, plan.year]),
}
ROLES = {"samordnare": Role.COORDINATOR, "läsare": Role.READER}


def ask(client, user, address) -> int:
    client.force_login(user)
    client.get(address)  # what is cached in the process, is
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_many_questions_as_it_is_known_to(page, role, client, db):
    plan = stored(full(Layout.CAUSES))
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    party = plan.agreement.parties.first().party if role == "samordnare" else None
    asked = ask(client, a_member(ROLES[role], plan.district, party), PAGES[page](plan))
    known = json.loads(COUNTS.read_text())
    name = f"{page}, {role}"
    if os.environ.get("REWRITE_QUERY_COUNTS"):
        known[name] = asked
        COUNTS.write_text(json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    assert asked == known[name]
    assert asked <= MOST[page]


JSON = {"Accept": "application/json"}
MOST_FOR_A_SAVE = 12
MOST_FOR_A_POLL = 5


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDITOR])
@pytest.mark.parametrize("actions", [2, 300])
def test_a_field_is_saved_and_a_poll_answered_with_few_questions(role, actions, client, db):
    plan = stored(large(actions, Layout.CAUSES))
    party = plan.agreement.parties.first().party
    client.force_login(a_member(role, plan.district, party))
    action = Action.objects.filter(area__plan=plan).first()
    row = reverse("row", args=[plan.district.slug, plan.pk, "action", action.uuid])
    with CaptureQueriesContext(connection) as saved:
        answer = client.post(row, {"responsible": "Alla", "seen": 1}, headers=JSON)
    assert answer.json()["fields"][0]["value"] == "Alla"
    assert len(saved) <= MOST_FOR_A_SAVE, "\n".join(query["sql"][:90] for query in saved)
    with CaptureQueriesContext(connection) as timed:  # one more: how it is understood now
        answer = client.post(row, {"timing": "Hela året", "seen": 2}, headers=JSON)
    assert list(answer.json()["pieces"]) == [f"forstatt-{action.uuid}"]
    assert len(timed) <= MOST_FOR_A_SAVE + 1
    nothing_new = {"seen": answer.json()["version"], "people": "0"}
    with CaptureQueriesContext(connection) as polled:
        answer = client.get(
            reverse("plan-news", args=[plan.district.slug, plan.pk]), nothing_new, headers=JSON
        )
    assert answer.status_code == 204
    assert len(polled) <= MOST_FOR_A_POLL, "\n".join(query["sql"][:90] for query in polled)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "plan-table"])
@pytest.mark.parametrize("layout", Layout)
def test_a_page_asks_no_more_of_a_large_plan(page, layout, client, db):
    asked = []
    for actions in (2, 300):
        document = replace(
            large(actions, layout),
            period_start=date(2000 + actions, 1, 1),
            period_end=date(2000 + actions, 12, 31),
        )
        plan = stored(document)
        party = plan.agreement.parties.first().party
        user = a_member(Role.COORDINATOR, plan.district, party)
        asked.append(ask(client, user, PAGES[page](plan)))
    assert asked[0] == asked[1] <= MOST[page]


MOST_WITH_A_YEAR_BEFORE = 30


def test_the_table_asks_no_more_where_there_is_much_to_hold_it_against(client, db):
    asked = []
    for actions in (2, 300):
        for year in (2000 + 2 * actions, 2001 + 2 * actions):
            plan = stored(
                replace(
                    large(actions),
                    period_start=date(year, 1, 1),
                    period_end=date(year, 12, 31),
                )
            )
        user = a_member(Role.COORDINATOR, plan.district)
        asked.append(ask(client, user, PAGES["plan-table"](plan)))
    assert asked[0] == asked[1] <= MOST_WITH_A_YEAR_BEFORE


MOST_FOR_A_HISTORY = 28


@pytest.mark.parametrize("page", ["plan-history", "row-history", "plan-differences"])
def test_a_page_asks_no_more_of_a_long_history(page, client, db):
    plan = stored(large(20, Layout.CAUSES))
    user = a_member(Role.COORDINATOR, plan.district, plan.agreement.parties.first().party)
    actions = list(Action.objects.filter(area__plan=plan))
    places: dict[str, list] = {
        "plan-history": [plan.district.slug, plan.pk],
        "row-history": [plan.district.slug, plan.pk, "action", actions[0].uuid],
        "plan-differences": [plan.district.slug],
    }
    address = reverse(page, args=places[page])
    if page == "plan-differences":
        address += f"?till={plan.pk}&sedan=1"
    asked = []
    for turns in (2, 200):
        first = plan.changes.count() + 2
        for number in range(first, first + turns):
            row = actions[number % len(actions)]
            plan.changes.create(
                number=number,
                turn=number,
                by=user,
                op=Change.Op.SET,
                kind="action",
                row=row.uuid,
                field="timing",
                before=row.timing,
                after=row.timing,
            )
        Plan.objects.filter(pk=plan.pk).update(version=first + turns - 1)
        asked.append(ask(client, user, address))
    assert asked[0] == asked[1] <= MOST_FOR_A_HISTORY


MOST_FOR_A_PREVIEW = 40


def test_a_file_is_shown_with_as_many_questions_however_large_it_is(client, db):
    """With a plan that it could go into, which is held against it."""
    asked = []
    for actions in (2, 300):
        document = large(actions, Layout.CAUSES)
        place = a_place_for(document, f"Plats{actions}")
        anna = a_member(Role.COORDINATOR, place)
        read_in(anna, an_upload(anna, place, a_file(document)))
        upload = an_upload(anna, place, a_file(document))
        asked.append(ask(client, anna, reverse("import-preview", args=[place.slug, upload.pk])))
    known = json.loads(COUNTS.read_text())
    name = "import-preview, samordnare"
    if os.environ.get("REWRITE_QUERY_COUNTS"):
        known[name] = asked[0]
        COUNTS.write_text(json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    assert asked == [known[name], known[name]]
    assert asked[0] <= MOST_FOR_A_PREVIEW


def test_a_lagesbild_in_a_file_is_shown_with_as_many_questions_however_large_it_is(client, db):
    """With a draft that it could go into."""
    place = a_place_for_samples(large_report())
    anna = a_member(Role.COORDINATOR, place)
    asked = []
    for year, sections in ((2023, 2), (2024, 60)):
        document = replace(large_report(), sections=large_report().sections[:sections])
        files = [report_import.a_file(document)] * 2
        first, upload = (report_import.an_upload(anna, place, file, year=year) for file in files)
        report_import.read_in(anna, first)
        asked.append(
            ask(client, anna, reverse("report-import-preview", args=[place.slug, upload.pk]))
        )
    assert asked[0] == asked[1] <= MOST_FOR_A_PREVIEW
