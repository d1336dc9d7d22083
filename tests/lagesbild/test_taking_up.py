"""A priority of the lägesbild becomes an action or a problem in next year's plan, and stays tied to it."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lagesbild.models import Report
from plans.editable import KINDS
from plans.edition import public
from plans.models import Action, Change, Plan, PlanArea, Problem
from plans.places import rewound
from plans.rollover import Choice, next_year
from plans.services.loading import to_document
from plans.services.revision import copy_of
from plans.services.rollover import Following, roll_over
from plans.services.taking_up import Wanted, take_up
from plans.vocabulary import ActionState, Carry, Layout, PlanState
from samverkan.collaboration import structure, undoing
from samverkan.organisation.vocabulary import PartyKind, Role
from tests.factories import (
    a_catalogue,
    a_decision,
    a_district,
    a_member,
    a_party,
    a_plan,
    a_round,
    an_action,
    an_area,
    settle,
)
from tests.lagesbild.tied import WORDS, YEAR, Tied
from tests.plans.rows import fresh
from tests.plans.test_history import look
from tests.plans.test_page import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tied() -> Tied:
    return Tied()


def the_action(tied: Tied) -> Action:
    return Action.objects.get(area__plan=tied.plan)


# It comes into the plan -----------------------------------------------------------------------------


def test_a_priority_becomes_an_action_of_its_area_in_the_plan_of_the_year_after(tied, client):
    said = tied.take_up(client).text
    action = the_action(tied)
    assert (action.description, action.name) == (WORDS, "")
    assert action.priority == tied.priority.uuid
    assert action.area.area == tied.section.area
    assert f"Prioriteringen är nu en åtgärd i planen för {YEAR + 1}." in words_of(said)
    assert f"#rad-{action.uuid}" in said  # the message leads to the row in the editor


def test_or_a_problem(tied, client):
    tied.take_up(client, som="problem")
    problem = Problem.objects.get(area__plan=tied.plan)
    assert (problem.text, problem.priority) == (WORDS, tied.priority.uuid)
    assert not Action.objects.exists()


def test_what_it_is_to_become_has_to_be_said(tied, client):
    said = tied.take_up(client, som="").text
    assert "Välj om prioriteringen ska bli ett problem eller en åtgärd." in words_of(said)
    assert not Action.objects.exists()


def test_where_the_form_is_an_activity_table_its_words_are_the_name(client):
    tied = Tied(layout=Layout.ACTIVITIES)
    assert "Gör till problem" not in tied.read(client)
    tied.take_up(client)
    assert the_action(tied).name == WORDS
    long = tied.section.priorities.create(text="Ett mycket långt stycke. " * 20, position=1)
    tied.take_up(client, priority=long)
    assert Action.objects.get(priority=long.uuid).description == long.text


def test_it_is_one_turn_that_the_history_tells_and_that_is_undone(tied, client):
    before = to_document(fresh(tied.plan))
    tied.take_up(client)
    changes = list(Change.objects.filter(plan=tied.plan))
    assert len({change.turn for change in changes}) == 1
    assert rewound(to_document(fresh(tied.plan)), changes) == before
    assert "lade till" in words_of(look(client, tied.samordnare, tied.plan).text)
    after = to_document(fresh(tied.plan))
    undoing.undo(actor=tied.samordnare, work=fresh(tied.plan))
    assert to_document(fresh(tied.plan)) == before
    undoing.redo(actor=tied.samordnare, work=fresh(tied.plan))
    assert to_document(fresh(tied.plan)) == after
    assert the_action(tied).priority == tied.priority.uuid


def test_taken_up_once_more_it_says_where_it_is_until_somebody_wants_another(tied, client):
    tied.take_up(client)
    again = tied.take_up(client).text
    assert "Prioriteringen finns redan i planen" in words_of(again)
    assert f"#rad-{the_action(tied).uuid}" in again
    assert Action.objects.count() == 1
    assert "Ta upp en gång till" in words_of(tied.read(client))
    tied.take_up(client, igen="ja")
    assert Action.objects.filter(priority=tied.priority.uuid).count() == 2


def test_the_same_button_pressed_twice_makes_one(tied, client):
    row = str(uuid4())
    for _ in range(2):
        said = tied.take_up(client, igen="ja", rad=row).text
        assert "notice-bad" not in said
    assert Action.objects.count() == 1


def test_what_is_internal_in_the_lagesbild_is_internal_in_the_plan(tied, client):
    tied.section.priorities.update(is_internal=True, internal_reason="18 kap. 1 § OSL")
    tied.take_up(client)
    action = the_action(tied)
    assert (action.is_internal, action.internal_reason) == (True, "18 kap. 1 § OSL")


def test_so_is_what_stands_in_a_section_that_is(tied, client):
    above = tied.report.all_sections.create(
        heading="Områden", is_internal=True, internal_reason="Pekar ut platser", position=2
    )
    tied.report.all_sections.filter(pk=tied.section.pk).update(parent=above)
    tied.take_up(client, som="problem")
    problem = Problem.objects.get()
    assert (problem.is_internal, problem.internal_reason) == (True, "Pekar ut platser")


# The area -------------------------------------------------------------------------------------------


def test_an_area_that_the_plan_lacks_comes_with_it_and_goes_with_it(tied, client):
    tied.plan.areas.filter(area=tied.section.area).delete()
    tied.take_up(client)
    assert the_action(tied).area.area == tied.section.area
    undoing.undo(actor=tied.samordnare, work=fresh(tied.plan))
    assert not tied.plan.areas.filter(area=tied.section.area).exists()


def test_in_another_list_it_is_what_the_area_has_become(client):
    tied = Tied()
    old = a_catalogue(2019, ())
    before = an_area(old, "Unga i risk för kriminalitet")
    elsewhere = an_area(tied.plan.catalogue, "Kriminella miljöer", position=7)
    before.successors.set([elsewhere, tied.plan.catalogue.areas.get(name="Otrygga platser")])
    tied.report.all_sections.filter(pk=tied.section.pk).update(area=before)
    tied.take_up(client)
    # Of the two the one that the plan has.
    assert the_action(tied).area.title == "Otrygga platser"


def test_in_an_older_list_it_is_what_has_become_the_area(client):
    old = a_catalogue(2019, ("Unga i risk",))
    tied = Tied(catalogue=old)
    new = an_area(a_catalogue(2024, ()), "Unga i riskzon för destruktivt beteende")
    old.areas.get().successors.set([new])
    tied.report.all_sections.filter(pk=tied.section.pk).update(area=new)
    tied.take_up(client)
    assert the_action(tied).area.title == "Unga i risk"


def test_what_has_no_counterpart_becomes_the_districts_own_and_is_found_the_next_time(tied, client):
    alone = an_area(a_catalogue(2019, ()), "Ordningsvakter")
    tied.report.all_sections.filter(pk=tied.section.pk).update(area=alone)
    tied.take_up(client)
    tied.take_up(client, igen="ja")
    own = PlanArea.objects.get(plan=tied.plan, area__district=tied.district)
    assert (own.title, own.actions.count()) == ("Ordningsvakter", 2)


# Who may, and where ---------------------------------------------------------------------------------


def test_a_reader_sees_no_button_and_is_refused(tied, client):
    Report.objects.update(state="beslutad", in_force=True)
    reader = a_member(Role.READER, tied.district)
    assert "Gör till åtgärd" not in tied.read(client, reader)
    assert tied.take_up(client, reader, follow=False).status_code == 403
    assert not Action.objects.exists()


def test_who_writes_in_both_does_it_and_also_out_of_a_decided_report(tied, client):
    Report.objects.update(state="beslutad", in_force=True)
    police = a_member(Role.EDITOR, tied.district, tied.police)
    assert f"Gör till åtgärd i planen för {YEAR + 1}" in words_of(tied.read(client, police))
    tied.take_up(client, police)
    assert the_action(tied)


def another_district() -> Tied:
    return Tied(a_district("Granbacken", "granbacken"))


def test_no_priority_of_another_district_and_none_that_is_not_there(tied, client):
    other = another_district()
    assert tied.take_up(client, priority=other.priority).status_code == 404
    other.priority.uuid = uuid4()
    assert tied.take_up(client, priority=other.priority).status_code == 404
    assert not Action.objects.exists()


def test_no_plan_of_another_district_and_none_that_is_not_later(tied, client):
    other = another_district()
    same_year = a_plan(tied.district, YEAR)
    a_member(Role.COORDINATOR, other.district, user=tied.samordnare)
    for plan in (other.plan, same_year):
        assert tied.take_up(client, plan=plan).status_code == 404
    assert not Action.objects.exists()


def test_a_status_report_gives_no_plan_its_actions(tied, client):
    Report.objects.update(kind="statusrapport")
    assert tied.take_up(client).status_code == 404


def test_a_decided_plan_leads_to_its_revision_and_takes_nothing(tied, client):
    settle(tied.plan)
    a_decision(tied.plan)
    page = tied.read(client)
    assert "Gör till åtgärd" not in page
    assert f"Planen för {YEAR + 1} är beslutad." in words_of(page)
    assert reverse("plan-revise", args=[tied.district.slug, YEAR + 1]) in page
    assert "Har inte tagits upp i planen" in words_of(page)
    assert tied.take_up(client).status_code == 403
    police = a_member(Role.EDITOR, tied.district, tied.police)
    page = tied.read(client, police)
    assert "Samordnaren kan öppna en ny revision." in words_of(page)
    assert reverse("plan-revise", args=[tied.district.slug, YEAR + 1]) not in page


def test_its_revision_is_where_it_is_done(tied, client):
    settle(tied.plan)
    a_decision(tied.plan)
    revision = copy_of(tied.plan, revision=2)
    assert tied.take_up_address(plan=revision) in tied.read(client)


def test_where_there_is_no_plan_it_leads_to_where_one_is_made(tied, client):
    tied.plan.areas.all().delete()
    tied.plan.delete()
    page = tied.read(client)
    assert f"Det finns ingen plan för {YEAR + 1} än." in words_of(page)
    assert reverse("plan-create", args=[tied.district.slug]) in page
    before = a_plan(tied.district, YEAR, state=PlanState.DECIDED, agreement=tied.agreement)
    page = tied.read(client)
    assert f"Rulla vidare planen för {YEAR}" in words_of(page)
    assert reverse("plan-rollover", args=[tied.district.slug, before.pk]) in page
    police = a_member(Role.EDITOR, tied.district, tied.police)
    assert "Samordnaren skapar den." in words_of(tied.read(client, police))


def test_where_next_years_plan_is_not_open_the_nearest_later_one_is(tied, client):
    settle(tied.plan, PlanState.CLOSED)
    later = a_plan(tied.district, YEAR + 3, agreement=tied.agreement)
    nearer = a_plan(tied.district, YEAR + 2, agreement=tied.agreement)
    page = tied.read(client)
    assert tied.take_up_address(plan=nearer) in page
    assert tied.take_up_address(plan=later) not in page


def test_what_a_merged_district_gave_priority_to_is_taken_up_where_it_went(tied, client):
    merged = a_district("Skogen", "skogen")
    merged.predecessors.add(tied.district)
    type(tied.district).objects.filter(pk=tied.district.pk).update(valid_to="2026-06-30")
    tied.plan.areas.all().delete()
    tied.plan.delete()
    plan = a_plan(merged, YEAR + 2)
    Report.objects.update(state="beslutad", in_force=True)
    anna = a_member(Role.COORDINATOR, merged)
    assert tied.take_up_address(plan=plan) in tied.read(client, anna)
    tied.take_up(client, anna, plan=plan)
    action = Action.objects.get(area__plan=plan)
    assert action.priority == tied.priority.uuid
    client.force_login(anna)
    page = client.get(reverse("plan", args=[merged.slug, plan.year])).text
    assert f"lägesbilden för {YEAR} i Tallbacken" in page


# Where it comes from, in the plan -------------------------------------------------------------------


@pytest.mark.parametrize("som", ["atgard", "problem"])
@pytest.mark.parametrize("page", ["plan", "plan-write"])
def test_the_plan_says_which_priority_and_which_figure(som, page, tied, client):
    tied.take_up(client, som=som)
    text = tied.read_plan(client, page=page)
    assert f"lägesbilden för {YEAR} : ”{WORDS}”" in words_of(text)
    assert "figur\u00a02" in text  # as the page of the report numbers it
    assert "Anmälda rån på torget" in text
    address = reverse("report", args=[tied.district.slug, YEAR])
    assert f"{address}?revision=1#prioritering-{tied.priority.uuid}" in text
    assert f"{address}?revision=1#figur-2" in text
    report = tied.read(client)
    assert f'id="prioritering-{tied.priority.uuid}"' in report
    assert 'id="figur-2"' in report


def test_so_does_the_page_of_the_action_year_by_year(tied, client):
    tied.take_up(client)
    thread = reverse("action-thread", args=[tied.district.slug, the_action(tied).uuid])
    page = client.get(thread).text
    assert f"lägesbilden för {YEAR} : ”{WORDS}”" in words_of(page)
    assert "#figur-2" in page


def test_a_figure_in_parts_is_named_by_its_letter(tied, client):
    part = tied.figure.parts.create(form="staplar", caption="Bara Tensta", position=0)
    other = tied.figure.parts.create(form="staplar", caption="Bara Rinkeby", position=1)
    tied.section.priorities.update(figure=other.uuid)
    tied.take_up(client)
    assert part
    assert "#figur-2b" in tied.read_plan(client)
    assert 'id="figur-2b"' in tied.read(client)


def test_one_who_may_not_read_the_lagesbild_is_told_nothing_of_it(tied, client):
    tied.take_up(client)
    partner = a_party(tied.district, PartyKind.PARTNER, name="Bostadsbolaget")
    the_action(tied).commitments.create(party=partner, text="Deltar.")
    user = a_member(Role.CONTRIBUTOR, tied.district, partner)
    for page in ("plan", "plan-write"):
        text = tied.read_plan(client, user, page)
        assert WORDS in text  # the action itself
        assert "lägesbilden för" not in text
        assert "Anmälda rån" not in text
        assert str(tied.priority.uuid) not in text
    assert client.get(reverse("report", args=[tied.district.slug, YEAR])).status_code == 403


def test_a_priority_that_a_file_has_borrowed_from_another_district_tells_nothing(tied, client):
    other = another_district()
    Report.objects.update(state="beslutad", in_force=True)
    a_member(Role.COORDINATOR, other.district, user=tied.samordnare)
    an_action(tied.plan, name="Lånad", priority=other.priority.uuid)
    assert "lägesbilden för" not in tied.read_plan(client)
    # Nor is the other one told of it.
    assert "Lånad" not in other.read(client, tied.samordnare)


def test_of_two_revisions_the_one_in_force_is_told_of(tied, client):
    tied.take_up(client)
    Report.objects.update(state="beslutad", in_force=True)
    new = tied.a_report(revision=2)
    section = new.all_sections.create(
        heading="Unga", form="omrade", area=tied.section.area, position=0
    )
    section.priorities.create(uuid=tied.priority.uuid, text="Andra ord i utkastet")
    text = tied.read_plan(client)
    assert "?revision=1#prioritering-" in text
    assert "Andra ord i utkastet" not in text


def test_the_public_edition_says_nothing_of_where_it_comes_from(tied, client):
    tied.take_up(client)
    tied.take_up(client, som="problem", igen="ja")
    document = to_document(fresh(tied.plan))
    left = public(document)
    assert [row.priority for area in left.areas for row in area.problems] == [None]
    assert [row.priority for area in left.areas for row in area.actions] == [None]


# What became of it, in the lägesbild ----------------------------------------------------------------


def test_the_lagesbild_says_what_became_of_it(tied, client):
    tied.take_up(client)
    page = tied.read(client)
    assert f"Blev åtgärden {WORDS} i planen för {YEAR + 1}, som är ett utkast." in words_of(page)
    assert reverse("action-thread", args=[tied.district.slug, the_action(tied).uuid]) in page


def test_a_problem_leads_to_its_place_in_the_plan(tied, client):
    tied.take_up(client, som="problem")
    page = tied.read(client)
    assert f"Blev problemet {WORDS}" in words_of(page)
    problem = Problem.objects.get()
    assert f"#problem-{problem.uuid}" in page
    assert f'id="problem-{problem.uuid}"' in tied.read_plan(client)


def followed_up(tied: Tied, action: Action) -> None:
    a_decision(settle(tied.plan))
    for name, state, month in (
        ("Tertial 1", ActionState.NOT_STARTED, 4),
        ("Tertial 2", ActionState.ON_PLAN, 8),
    ):
        day = f"{tied.plan.year}-{month:02}-30"
        round_ = a_round(tied.plan, name=name, reporting_date=day, due_date=day)
        round_.follow_ups.create(action=action.uuid, state=state)


def test_it_says_how_it_went_at_the_latest_follow_up(tied, client):
    tied.take_up(client)
    followed_up(tied, the_action(tied))
    page = words_of(tied.read(client))
    assert "Enligt plan enligt Tertial 2." in page
    assert "Ej påbörjad" not in page


def test_carried_on_it_is_one_and_the_same(tied, client):
    tied.take_up(client)
    first = the_action(tied)
    followed_up(tied, first)
    after = roll_over(
        actor=tied.samordnare,
        plan=fresh(tied.plan),
        following=Following(
            start=tied.plan.period.start.replace(year=YEAR + 2),
            end=tied.plan.period.end.replace(year=YEAR + 2),
            layout=tied.plan.layout,
            catalogue=tied.plan.catalogue,
            agreement=tied.agreement,
        ),
    )
    carried = Action.objects.get(area__plan=after)
    assert (carried.predecessor, carried.priority) == (first.uuid, tied.priority.uuid)
    page = tied.read(client)
    assert words_of(page).count("Blev åtgärden") == 1
    assert f"i planen för {YEAR + 2}, som är ett utkast. Med sedan {YEAR + 1}." in words_of(page)
    assert "Enligt plan enligt Tertial 2." in words_of(page)


def test_it_follows_to_the_next_revision(tied, client):
    tied.take_up(client)
    tied.take_up(client, som="problem", igen="ja")
    revision = copy_of(tied.plan, revision=2)
    ties = {row.priority for row in Action.objects.filter(area__plan=revision)}
    ties |= {row.priority for row in Problem.objects.filter(area__plan=revision)}
    assert ties == {tied.priority.uuid}


def test_taken_away_in_the_plan_it_is_told_of_no_more(tied, client):
    tied.take_up(client)
    structure.remove(
        actor=tied.samordnare,
        work=fresh(tied.plan),
        kind=KINDS["action"],
        row=the_action(tied).uuid,
        seen=10_000,
    )
    page = tied.read(client)
    assert "Blev åtgärden" not in page
    assert "Gör till åtgärd" in page


def test_one_who_may_not_read_the_plan_is_told_nothing_of_it(tied, client):
    tied.take_up(client)
    Report.objects.update(state="beslutad", in_force=True)
    page = tied.read(client, a_member(Role.READER, tied.district))
    assert "Blev åtgärden" not in page
    assert "Har inte tagits upp" not in page


def test_the_editor_of_the_report_says_the_same_and_comes_back_to_itself(tied, client):
    client.force_login(tied.samordnare)
    address = reverse("report-write", args=[tied.district.slug, YEAR])
    assert tied.take_up_address() in client.get(address).text
    answer = tied.take_up(client, fran="skriv", follow=False)
    assert answer["Location"] == f"{address}?revision=1#rad-{tied.priority.uuid}"
    assert "Blev åtgärden" in client.get(address).text


# Questions ------------------------------------------------------------------------------------------

MOST, MORE_WITH_TIES = 15, 2


def asked(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDITOR])
def test_pages_ask_two_questions_more_where_there_are_ties_and_no_more_for_many(role, tied, client):
    user = a_member(role, tied.district, tied.police if role == Role.EDITOR else None)
    client.force_login(user)
    pages = {
        "report": reverse("report", args=[tied.district.slug, YEAR]),
        "plan": reverse("plan", args=[tied.district.slug, YEAR + 1]),
    }
    without = asked(client, pages["plan"])
    counts = []
    for many in (2, 20):
        for number in range(many):
            priority = tied.section.priorities.create(
                text=f"Prioritering {many}-{number}", figure=tied.figure.uuid, position=number + 1
            )
            an_action(tied.plan, priority=priority.uuid)
        Problem.objects.create(
            area=tied.plan.areas.first(), text="P", priority=tied.priority.uuid, position=many
        )
        counts.append({page: asked(client, address) for page, address in pages.items()})
    assert counts[0] == counts[1]
    assert counts[0]["plan"] == without + MORE_WITH_TIES <= MOST + MORE_WITH_TIES
    assert counts[0]["report"] <= MOST + MORE_WITH_TIES


# Beneath the pages ----------------------------------------------------------------------------------


def test_the_service_asks_for_the_right_itself(tied):
    wanted = Wanted(tied.priority.uuid, WORDS, tied.section.area)
    stranger: Any = a_member(Role.READER, tied.district)
    with pytest.raises(PermissionDenied):
        take_up(actor=stranger, plan=tied.plan, kind="action", wanted=wanted, row=uuid4())
    assert not Plan.objects.filter(pk=tied.plan.pk, changes__isnull=False).exists()


def test_an_action_that_is_split_keeps_where_it_came_from_in_both(tied):
    action = an_action(tied.plan, priority=tied.priority.uuid)
    result = next_year(
        to_document(fresh(tied.plan)),
        start=tied.plan.period.start.replace(year=YEAR + 2),
        end=tied.plan.period.end.replace(year=YEAR + 2),
        choices={action.uuid: Choice(Carry.SPLIT)},
    )
    both = [one.priority for area in result.document.areas for one in area.actions]
    assert both == [tied.priority.uuid, tied.priority.uuid]


def test_what_is_taken_up_never_gets_the_name_of_another_row_in_the_plan(tied, client):
    there = an_action(tied.plan)
    tied.take_up(client, rad=str(there.uuid))
    made = Action.objects.get(area__plan=tied.plan, priority=tied.priority.uuid)
    assert made.uuid != there.uuid
    assert to_document(fresh(tied.plan))
