"""The agreement is written where the plan is, and in every plan that rests on it at once."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from plans.comparing import compared
from plans.editable import KINDS
from plans.models import AgreementParty, Plan
from plans.places import rewound
from plans.services.loading import current_document, to_document
from plans.services.versions import as_of
from plans.vocabulary import PlanState
from samverkan.collaboration import structure
from samverkan.collaboration.editing import write
from samverkan.collaboration.undoing import undo
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.facts import answers_about
from tests.access.personas import Door
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_party,
    a_plan,
    an_agreement,
    police_of,
    settle,
)
from tests.workflow.steps import seen as seen_now
from tests.workflow.steps import take

pytestmark = pytest.mark.django_db

AGREEMENT, SIGNATORY = KINDS["agreement"], KINDS["signatory"]


@pytest.fixture
def district():
    return a_district("Tallbacken", "tallbacken")


@pytest.fixture
def agreement(district):
    return an_agreement(district)


@pytest.fixture
def plan(district, agreement):
    return a_plan(district, 2026, agreement=agreement)


@pytest.fixture
def next_year(district, agreement):
    return a_plan(district, 2027, agreement=agreement)


@pytest.fixture
def samordnare(district):
    return a_member(Role.COORDINATOR, district)


def fresh(plan: Plan) -> Plan:
    return Plan.objects.with_heading().get(pk=plan.pk)


def put(actor, plan, seen=None, **typed):
    plan = fresh(plan)
    seen = plan.version if seen is None else seen
    row = plan.agreement.uuid
    return write(actor=actor, work=plan, kind=AGREEMENT, row=row, typed=typed, seen=seen)


def sign(actor, plan, party, **typed):
    plan = fresh(plan)
    return structure.add(
        actor=actor,
        work=plan,
        kind=SIGNATORY,
        under=(AGREEMENT, plan.agreement.uuid),
        typed=typed,
        party=party,
    )


def leave(actor, plan, party):
    row = AgreementParty.objects.get(agreement=plan.agreement, party=party).uuid
    return structure.remove(actor=actor, work=fresh(plan), kind=SIGNATORY, row=row, seen=99)


def test_its_diarienummer_and_period_are_written_and_stand_in_the_plan(plan, samordnare):
    put(samordnare, plan, registry_number="TAL 2026/7", period_end="2028-12-31")
    doc = to_document(fresh(plan)).agreement
    assert doc
    assert (doc.registry_number, str(doc.period_end)) == ("TAL 2026/7", "2028-12-31")


def test_it_cannot_end_before_it_begins_or_begin_on_no_day(plan, samordnare):
    with pytest.raises(ValidationError, match="kan inte sluta innan den börjar"):
        put(samordnare, plan, period_end="1999-12-31")
    with pytest.raises(ValidationError, match="Skriv ett datum: gäller från"):
        put(samordnare, plan, period_start="")


def test_two_who_write_the_same_field_of_it_choose_between_the_texts(plan, next_year, samordnare):
    """Also where each has another plan before her."""
    other = a_member(Role.COORDINATOR, plan.district)
    before = fresh(next_year).version
    put(samordnare, plan, title="Tryggare Tallbacken")
    written = put(other, next_year, seen=before, title="Trygga Tallbacken")
    assert [conflict.theirs for conflict in written.conflicts] == ["Tryggare Tallbacken"]


def test_the_plan_of_next_year_says_that_it_has_changed_and_by_whom(plan, next_year, samordnare):
    before = to_document(fresh(next_year))
    put(samordnare, plan, registry_number="TAL 2026/7")
    change = next_year.changes.get()
    assert (change.by, change.field, change.after) == (samordnare, "registry_number", "TAL 2026/7")
    now = fresh(next_year)
    assert now.version == change.number
    assert rewound(to_document(now), now.changes.all()) == before


def test_what_has_been_decided_stays_as_it_was(plan, next_year, samordnare):
    a_decision(fresh(plan))
    settle(plan)
    before, version = current_document(fresh(plan)), fresh(plan).version
    put(samordnare, next_year, registry_number="TAL 2026/7")
    assert current_document(fresh(plan)) == before
    assert fresh(plan).version == version
    assert not plan.changes.exists()


def test_who_had_approved_is_told_that_what_it_rests_on_has_changed():
    door = Door(PlanState.CONSULTATION)
    take(door, "approve", "chef polis")
    other = a_plan(door.plan.district, 2031, agreement=door.plan.agreement)
    put(door.person("samordnare"), other, registry_number="NYTT 1")  # from another plan
    plan = Plan.objects.get(pk=door.plan.pk)
    assert not [one for one in answers_about(plan, seen_now(plan)) if one.is_approved]
    assert Entry.objects.filter(kind="approval-voided").get().data["plan"] == str(plan)


def test_a_party_that_signs_becomes_a_main_party_and_one_that_leaves_is_none(plan, samordnare):
    school = a_party(plan.district, name="Utbildningsförvaltningen")
    before = to_document(fresh(plan))
    sign(samordnare, plan, school, signatory="grundskoledirektören")
    assert fresh(plan).is_main_party(school)
    leave(samordnare, plan, police_of(plan.district))
    assert not fresh(plan).is_main_party(police_of(plan.district))
    assert as_of(fresh(plan), 0) == before.plan_part()
    undo(actor=samordnare, work=fresh(plan))
    assert fresh(plan).is_main_party(police_of(plan.district))


def test_what_differs_says_which_party_came_and_what_was_rewritten(plan, samordnare):
    before = to_document(fresh(plan))
    sign(samordnare, plan, a_party(plan.district, name="Skolan"), signatory="rektorn")
    put(samordnare, plan, registry_number="TAL 2026/7")
    told = compared(before, to_document(fresh(plan))).entries
    assert [(entry.kind, entry.title) for entry in told if entry.difference.is_added] == [
        ("Avtalsparten", "Skolan"),
    ]
    assert ["Diarienummer"] in [[field.label for field in e.difference.fields] for e in told]


def test_an_agreement_has_two_parties_at_least(plan, samordnare):
    with pytest.raises(ValidationError, match="minst två parter"):
        leave(samordnare, plan, police_of(plan.district))


def test_its_parties_lie_fast_once_a_plan_that_rests_on_it_is_decided(plan, next_year, samordnare):
    school = a_party(plan.district, name="Utbildningsförvaltningen")
    sign(samordnare, plan, school)
    settle(fresh(plan))
    with pytest.raises(ValidationError, match="parter ligger fast"):
        leave(samordnare, next_year, school)
    with pytest.raises(ValidationError, match="parter ligger fast"):
        sign(samordnare, next_year, a_party(plan.district))
    with pytest.raises(ValidationError, match="parter ligger fast"):
        undo(actor=samordnare, work=fresh(next_year))


def test_only_the_samordnare_writes_in_it(plan):
    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    with pytest.raises(PermissionDenied, match="Bara samordnaren ändrar samverkansöverens"):
        put(kommunpolis, plan, title="Vår")


def test_one_that_reaches_another_district_is_written_by_who_is_samordnare_in_both(
    plan, agreement, samordnare
):
    agreement.districts.add(a_district("Granbacken", "granbacken"))
    with pytest.raises(PermissionDenied, match="gäller också Granbacken"):
        put(samordnare, plan, title="Vår")
    agreement.refresh_from_db()
    assert agreement.title != "Vår"


class TestThePage:
    def page(self, client, who, plan) -> str:
        client.force_login(who)
        answer: Any = client.get(reverse("plan-write", args=[plan.district.slug, plan.year]))
        return b"".join(answer.streaming_content).decode()

    def test_has_each_of_its_fields_and_parties_to_write_in(self, client, plan, samordnare):
        a_party(plan.district, name="Skolan")
        html = self.page(client, samordnare, plan)
        for name in AGREEMENT.fields:
            assert f'id="f-{plan.agreement.uuid}-{name}"' in html
        for entry in plan.agreement.parties.all():
            assert f'id="f-{entry.uuid}-registry_number"' in html
        assert "Lägg till parten" in html

    def test_says_to_others_who_writes_in_it(self, client, plan):
        kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
        html = self.page(client, kommunpolis, plan)
        assert "Samordnaren skriver i den." in html
        assert "Lägg till parten" not in html

    def test_says_that_other_plans_rest_on_it(self, client, plan, next_year, samordnare):
        assert "Det gör fler planer också" in self.page(client, samordnare, plan)

    def test_tells_its_history_in_words(self, client, plan, samordnare):
        put(samordnare, plan, registry_number="TAL 2026/7")
        sign(samordnare, plan, a_party(plan.district, name="Skolan"), signatory="rektorn")
        client.force_login(samordnare)
        said = client.get(reverse("plan-history", args=[plan.district.slug, plan.pk]))
        html = " ".join(said.content.decode().split())
        assert "skrev Diarienummer i överenskommelsen" in html
        assert "lade till avtalsparten Skolan" in html

    def test_adds_a_party_without_script(self, client, plan, samordnare):
        school = a_party(plan.district, name="Skolan")
        client.force_login(samordnare)
        client.post(
            reverse("row-add", args=[plan.district.slug, plan.pk, "signatory"]),
            {
                "under": f"agreement:{plan.agreement.uuid}",
                "party": school.key,
                "signatory": "rektorn",
            },
        )
        assert AgreementParty.objects.get(party=school).signatory == "rektorn"
