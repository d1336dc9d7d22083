"""Rulla vidare: next year's plan out of this one, whole or not at all, and what ended is told."""

import html
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from plans.forms import next_period
from plans.models import (
    Action,
    Carried,
    FollowUp,
    FollowUpRound,
    Plan,
    PlanArea,
    Rollover,
)
from plans.rollover import Choice
from plans.services.loading import to_document
from plans.services.rollover import OWN, Following, NotSettled, roll_over
from plans.vocabulary import ActionState, Carry, PlanState, RoundKind, TimingKind
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_catalogue,
    a_district,
    a_member,
    administration_of,
    an_action,
    an_agreement,
)
from tests.plans.test_history import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(plan):
    return a_member(Role.COORDINATOR, plan.district)


@pytest.fixture
def walks(plan):
    return an_action(plan, administration_of(plan.district), name="Nattvandring")


@pytest.fixture
def lights(plan):
    return an_action(plan, name="Bättre belysning", area=1)


def following(plan, **said) -> Following:
    return Following(
        **{
            "start": date(2027, 1, 1),
            "end": date(2027, 12, 31),
            "layout": plan.layout,
            "catalogue": plan.catalogue,
            "agreement": plan.agreement,
        }
        | said
    )


def roll(anna, plan, choices=(), **said):
    choices = {action.uuid: Choice(*choice) for action, *choice in choices}
    return roll_over(actor=anna, plan=plan, following=following(plan, choices=choices, **said))


def follow_up(plan, action, state, **said):
    round_, _ = FollowUpRound.objects.get_or_create(
        period=plan.period,
        name="VB",
        defaults={
            "kind": RoundKind.VB,
            "reporting_date": date(2026, 12, 31),
            "due_date": date(2027, 1, 31),
        },
    )
    FollowUp.objects.create(round=round_, action=action.uuid, state=state, **said)


def test_the_next_plan_is_a_draft_with_what_goes_on(plan, anna, walks, lights):
    new = roll(anna, plan)
    assert (new.state, new.year, new.revision) == (PlanState.DRAFT, 2027, 1)
    assert new.agreement == plan.agreement
    carried = Action.objects.filter(area__plan=new)
    assert {row.name: row.predecessor for row in carried} == {
        "Nattvandring": walks.uuid,
        "Bättre belysning": lights.uuid,
    }


def test_the_plan_it_came_from_is_not_changed(plan, anna, walks, lights):
    before = to_document(plan)
    roll(anna, plan, [(walks, Carry.CLOSE, "Klart."), (lights, Carry.SPLIT)])
    assert to_document(Plan.objects.with_heading().get(pk=plan.pk)) == before


def test_why_an_action_was_closed_is_kept(plan, anna, walks, lights):
    new = roll(anna, plan, [(walks, Carry.CLOSE, " Torget byggs om. ")])
    closed = Carried.objects.get(action=walks.uuid)
    assert (closed.carry, closed.reason) == (Carry.CLOSE, "Torget byggs om.")
    assert closed.rollover.before == plan
    assert closed.rollover.after == new
    assert Carried.objects.get(action=lights.uuid).carry == Carry.ON


def test_the_journal_says_which_plan_it_came_from(plan, anna, walks):
    new = roll(anna, plan)
    entry = Entry.objects.get(kind="plan-continued")
    assert (entry.actor, entry.data) == (anna, {"plan": str(new), "before": str(plan)})


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.READER, Role.CITY])
def test_only_the_samordnare_makes_the_next_plan(role, plan, walks):
    district = None if role == Role.CITY else plan.district
    with pytest.raises(PermissionDenied):
        roll(a_member(role, district), plan)
    assert Plan.objects.count() == 1


def test_a_period_that_has_a_plan_is_refused_and_nothing_is_stored(plan, anna, walks):
    roll(anna, plan)
    stored = Action.objects.count()
    with pytest.raises(ValidationError, match="Det finns redan en plan för 2027"):
        roll(anna, plan)
    assert Action.objects.count() == stored
    assert Rollover.objects.count() == 1


def test_what_fails_at_the_end_leaves_nothing_behind(plan, anna, walks, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("plans.services.rollover.record", broken)
    with pytest.raises(RuntimeError):
        roll(anna, plan)
    assert Plan.objects.count() == 1
    assert not Rollover.objects.exists()


@pytest.fixture
def new_list(plan):
    """Unga i riskzon has become two areas, and Otrygga platser has become one."""
    catalogue = a_catalogue(2027, ("Barn", "Unga vuxna", "Platser"))
    barn, unga, platser = catalogue.areas.all()
    old = plan.catalogue
    old.areas.get(name="Unga i riskzon").successors.set([barn, unga])
    old.areas.get(name="Otrygga platser").successors.set([platser])
    return catalogue


def test_nothing_is_stored_while_an_area_has_no_place_in_the_new_list(plan, anna, walks, new_list):
    with pytest.raises(NotSettled) as refusal:
        roll(anna, plan, catalogue=new_list)
    assert refusal.value.messages == [
        "Området ”Unga i riskzon” motsvaras av flera områden i den nya listan. Välj ett."
    ]
    assert Plan.objects.count() == 1


def areas(plan):
    return {
        row.area.name: [action.name for action in row.actions.all()]
        for row in plan.areas.select_related("area")
    }


def test_the_area_stands_where_it_was_decided_to(plan, anna, walks, lights, new_list):
    unga = plan.areas.get(title="Unga i riskzon").uuid
    new = roll(anna, plan, catalogue=new_list, areas={unga: "unga-vuxna"})
    assert areas(new) == {
        "Barn": [],
        "Unga vuxna": ["Nattvandring"],
        "Platser": ["Bättre belysning"],
    }


def test_an_area_can_become_the_districts_own(plan, anna, walks, lights, new_list):
    unga = plan.areas.get(title="Unga i riskzon").uuid
    new = roll(anna, plan, catalogue=new_list, areas={unga: OWN})
    assert areas(new)["Unga i riskzon"] == ["Nattvandring"]
    assert plan.district.own_areas.get().name == "Unga i riskzon"


def test_an_area_of_the_districts_own_is_never_mixed_up_with_another_of_that_short_name(
    plan, anna, walks, new_list
):
    other = plan.district.own_areas.create(slug="unga-i-riskzon", name="Ungdomsgårdar")
    unga = plan.areas.get(title="Unga i riskzon").uuid
    new = roll(anna, plan, catalogue=new_list, areas={unga: OWN})
    assert areas(new)["Unga i riskzon"] == ["Nattvandring"]
    assert not PlanArea.objects.filter(plan=new, area=other).exists()


def test_an_area_is_followed_through_a_list_between(plan, anna, walks, lights, new_list):
    newest = a_catalogue(2028, ("Människor", "Platserna"))
    people, places = newest.areas.all()
    for area in new_list.areas.exclude(name="Platser"):
        area.successors.set([people])
    new_list.areas.get(name="Platser").successors.set([places])
    new = roll(anna, plan, catalogue=newest)
    assert areas(new) == {"Människor": ["Nattvandring"], "Platserna": ["Bättre belysning"]}


def test_an_agreement_of_another_district_is_refused(plan, anna, walks):
    with pytest.raises(ValidationError, match="Överenskommelsen gäller inte"):
        roll(anna, plan, agreement=an_agreement(a_district()))


def test_another_agreement_brings_its_parties(plan, anna, walks):
    other = an_agreement(plan.district, title="Ny överenskommelse")
    assert roll(anna, plan, agreement=other).agreement == other


@pytest.mark.parametrize(
    ("start", "end", "then"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2027, 12, 31))),
        (date(2025, 1, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2028, 12, 31))),
        (date(2026, 10, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2027, 3, 31))),
        (date(2027, 12, 1), date(2028, 1, 31), (date(2028, 2, 1), date(2028, 3, 31))),
        (date(2026, 1, 15), date(2026, 1, 24), (date(2026, 1, 25), date(2026, 2, 3))),
    ],
)
def test_the_next_period_is_as_long_and_begins_the_day_after(start, end, then):
    assert next_period(start, end) == then


# The page ---------------------------------------------------------------------------------------


def address(plan, name="plan-rollover"):
    return reverse(name, args=[plan.district.slug, plan.pk])


def form_of(response) -> dict[str, str]:
    """What a browser would send of the page."""
    body = response.content.decode()
    sent = {}
    for name, _, options in re.findall(
        r'<select[^>]*?name="([^"]+)"([^>]*)>(.*?)</select>', body, re.DOTALL
    ):
        values = re.findall(r'<option value="([^"]*)"([^>]*)>', options)
        chosen = [value for value, more in values if "selected" in more]
        sent[name] = (chosen or [values[0][0]])[0]
    for name, text in re.findall(
        r'<textarea[^>]*?name="([^"]+)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL
    ):
        sent[name] = html.unescape(text)
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("radio" not in tag or "checked" in tag):
            sent[name[1]] = value[1] if value else ""
    return sent


def test_the_form_proposes_what_the_last_follow_up_says(plan, anna, walks, lights, client):
    follow_up(plan, walks, ActionState.DONE)
    follow_up(plan, lights, ActionState.PAUSED)
    Action.objects.filter(pk=walks.pk).update(timing_kind=TimingKind.DATE)
    client.force_login(anna)
    sent = form_of(client.get(address(plan)))
    assert sent[f"val-{walks.uuid}"] == Carry.CLOSE
    assert sent[f"skal-{walks.uuid}"] == "Genomförd enligt uppföljningen VB."
    assert sent[f"val-{lights.uuid}"] == Carry.PAUSE
    assert sent["year"] == "2027"


@pytest.mark.parametrize(
    ("state", "said", "timing", "carry"),
    [
        (ActionState.DONE, {"continues_next_year": True}, "datum", Carry.ON),
        (ActionState.DONE, {}, "aterkommande", Carry.ON),  # done this year, and every year
        (ActionState.ON_PLAN, {"continues_next_year": False}, "lopande", Carry.CLOSE),
        (ActionState.ENDED, {}, "lopande", Carry.CLOSE),
        (ActionState.NOT_DONE, {}, "datum", Carry.ON),
        (ActionState.NO_NEED, {}, "vid_behov", Carry.ON),
    ],
)
def test_what_is_proposed(state, said, timing, carry, plan, anna, walks, client):
    follow_up(plan, walks, state, **said)
    Action.objects.filter(pk=walks.pk).update(timing_kind=timing)
    client.force_login(anna)
    assert form_of(client.get(address(plan)))[f"val-{walks.uuid}"] == carry


def test_the_plan_is_made_from_the_form_and_leads_on(plan, anna, walks, lights, client):
    client.force_login(anna)
    sent = form_of(client.get(address(plan)))
    sent |= {f"val-{walks.uuid}": "avsluta", f"skal-{walks.uuid}": "Torget byggs om."}
    sent |= {f"val-{lights.uuid}": "andra"}
    answer = client.post(address(plan), sent, follow=True)
    words = words_of(answer)
    assert "är skapad ur Åtgärdsplan 2026" in words
    assert "Avslutade 1 Nattvandring Torget byggs om." in words
    assert "Att se över Bättre belysning Åtgärden ska ändras." in words
    assert Plan.objects.get(period__start__year=2027).state == PlanState.DRAFT


def test_a_closed_action_needs_its_reason_and_nothing_that_was_chosen_is_lost(
    plan, anna, walks, lights, client
):
    client.force_login(anna)
    sent = form_of(client.get(address(plan)))
    sent |= {f"val-{walks.uuid}": "avsluta", f"skal-{walks.uuid}": " "}
    sent |= {f"val-{lights.uuid}": "dela", "annex_label": "Bilaga 7"}
    answer = client.post(address(plan), sent)
    assert "Nattvandring: Skriv varför åtgärden avslutas." in words_of(answer)
    kept = form_of(answer)
    for name in (f"val-{walks.uuid}", f"val-{lights.uuid}", "annex_label"):
        assert kept[name] == sent[name]
    assert Plan.objects.count() == 1


def test_areas_to_decide_about_are_asked_for_and_the_answer_is_kept(
    plan, anna, walks, new_list, client
):
    client.force_login(anna)
    page = client.get(address(plan))
    assert "Områden att bestämma" in words_of(page)
    sent = form_of(page)
    answer = client.post(address(plan), sent)
    assert "motsvaras av flera områden i den nya listan" in words_of(answer)
    assert Plan.objects.count() == 1
    unga = plan.areas.get(title="Unga i riskzon").uuid
    sent |= {f"omrade-{unga}": "barn", f"val-{walks.uuid}": "avsluta"}
    kept = form_of(client.post(address(plan), sent))  # another fault: no reason
    assert kept[f"omrade-{unga}"] == "barn"
    sent |= {f"skal-{walks.uuid}": "Klart."}
    assert client.post(address(plan), sent).status_code == 302


def test_all_in_one_area_go_along_by_one_button_and_nothing_is_stored_yet(
    plan, anna, walks, lights, client
):
    client.force_login(anna)
    sent = form_of(client.get(address(plan)))
    sent |= {f"val-{walks.uuid}": "pausa", f"val-{lights.uuid}": "pausa", "annex_label": "B 7"}
    area = plan.areas.get(position=0).uuid
    kept = form_of(client.post(address(plan), sent | {"alla": str(area)}))
    assert kept[f"val-{walks.uuid}"] == "fortsatt"
    assert kept[f"val-{lights.uuid}"] == "pausa"
    assert kept["annex_label"] == "B 7"
    assert Plan.objects.count() == 1


def test_a_period_that_has_a_plan_is_said_with_a_link_to_it(plan, anna, walks, client):
    client.force_login(anna)
    sent = form_of(client.get(address(plan)))
    client.post(address(plan), sent)
    answer = client.post(address(plan), sent)
    assert "Det finns redan en plan för 2027" in words_of(answer)
    assert f"/{plan.district.slug}/2027/atgardsplan/" in answer.content.decode()


def test_a_long_plan_asks_no_more_questions_than_a_short_one(
    plan, anna, walks, client, django_assert_max_num_queries
):
    client.force_login(anna)
    with django_assert_max_num_queries(60) as few:
        client.get(address(plan))
    for number in range(60):
        an_action(plan, administration_of(plan.district), name=f"Åtgärd {number}")
    with django_assert_max_num_queries(60) as many:
        client.get(address(plan))
    assert len(few) == len(many)


def test_an_own_area_of_the_plan_stays_the_districts_own(plan, anna, walks, new_list):
    own = plan.district.own_areas.create(slug="torget", name="Torget")
    PlanArea.objects.create(plan=plan, area=own, title="Torget", position=9)
    unga = plan.areas.get(title="Unga i riskzon").uuid
    new = roll(anna, plan, catalogue=new_list, areas={unga: "barn"})
    assert new.areas.get(title="Torget").area == own
    assert new_list.areas.count() == 3
