"""What the demonstration promises: the plans that it shows, and its log-ins."""

from datetime import date
from unittest.mock import patch

import msgspec
import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse

from lagesbild.models import Report
from plans import vocabulary
from plans.agreement import read_json as read_agreement_json
from plans.counting import count_plan
from plans.document import PlanDocument, read_json
from plans.models import Agreement, AgreementParty, Commitment, Decision, Plan
from plans.services.agreements import agreement_document
from plans.services.loading import to_document
from plans.vocabulary import AgreementLevel
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.document import Part, Rich, encode
from samverkan.organisation.models import Membership, Party, User
from samverkan.organisation.vocabulary import Role
from samverkan.site import demonstration
from samverkan.text import clean, clean_rich
from samverkan.workflow.decisions import fault_of

MAIN = ["skarpnack-2022", "norra-innerstaden-2025", "jarva-2024", "hasselby-vallingby-2020"]
FORERUNNERS = ["rinkeby-kista-2022", "spanga-tensta-2022"]


def document(name: str) -> PlanDocument:
    return read_json((demonstration.FIXTURES / "plans" / f"{name}.json").read_bytes()).document


def parts(part: Part):
    yield part
    for field in part.__struct_fields__:
        value = getattr(part, field)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from parts(item)


def plan_of(name: str) -> Plan:
    slug, _, year = name.rpartition("-")
    return Plan.objects.get(period__district__slug=slug, period__start__year=year)


def main_parties(plan: Plan) -> set[Party]:
    entries = AgreementParty.objects.filter(agreement=plan.agreement).select_related("party")
    return {entry.party for entry in entries}


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Once, for all that only look at it; without the paper of what is decided, which takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        with patch("samverkan.documents.pdf.render", return_value=b"%PDF-1.7"):
            demonstration.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _demo(_loaded, db):
    """What a test does to it is its own."""


@pytest.mark.parametrize(
    ("name", "areas", "problems", "causes", "actions"),
    [
        ("skarpnack-2022", 4, 0, 0, 6),
        ("norra-innerstaden-2025", 5, 16, 18, 22),
        ("jarva-2024", 12, 16, 22, 18),
        ("hasselby-vallingby-2020", 7, 0, 0, 8),
    ],
)
def test_the_plans_have_the_size_they_are_known_by(name, areas, problems, causes, actions):
    plan = document(name)
    counts = count_plan(plan)
    assert len(plan.areas) == areas
    assert (counts.problems, counts.causes, counts.actions) == (problems, causes, actions)


def test_every_field_of_a_plan_is_shown_somewhere():
    shown, fields = set(), {}
    for name in MAIN:
        for part in parts(document(name)):
            fields[type(part)] = msgspec.structs.fields(part)
            shown |= {
                (type(part), field.name)
                for field in fields[type(part)]
                if getattr(part, field.name) != field.default
            }
    every = {(kind, field.name) for kind, found in fields.items() for field in found}
    assert every - shown == {(PlanDocument, "revision")}  # each is the first of its plan


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.Layout,
        vocabulary.HandledAs,
        vocabulary.TimingKind,
        vocabulary.RoundKind,
        vocabulary.ActionState,
        vocabulary.Met,
    ],
)
def test_every_word_that_may_be_chosen_is_shown_somewhere(words):
    chosen = {
        value
        for name in MAIN
        for part in parts(document(name))
        for field in part.__struct_fields__
        if isinstance(value := getattr(part, field), words)
    }
    assert chosen == set(words)


@pytest.mark.parametrize("name", MAIN + FORERUNNERS)
def test_every_text_is_clean(name):
    for part in parts(document(name)):
        for field in msgspec.structs.fields(part):
            value = getattr(part, field.name)
            if field.type == Rich:
                assert not value or value == clean_rich(value), value
            elif type(value) is str:
                assert value == clean(value)


def test_every_action_of_norra_innerstaden_is_filled_in_and_followed_up():
    plan = document("norra-innerstaden-2025")
    answered = {
        answer.action for answer in plan.rounds[-1].answers if answer.party is None and answer.text
    }
    for area in plan.areas:
        for action in area.actions:
            assert action.goals, action.name
            assert action.timing, action.name
            assert action.responsible, action.name
            assert action.commitments, action.name
            assert action.uuid in answered, action.name


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("name", MAIN + FORERUNNERS)
def test_the_database_holds_what_the_file_says(name):
    assert to_document(plan_of(name)) == document(name)


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    ("name", "state", "in_force"),
    [
        ("skarpnack-2022", "beslutad", True),
        ("norra-innerstaden-2025", "beslutad", True),
        ("jarva-2024", "samrad", False),
        ("hasselby-vallingby-2020", "avslutad", False),
        ("rinkeby-kista-2022", "avslutad", False),
        ("spanga-tensta-2022", "avslutad", False),
    ],
)
def test_the_plans_stand_in_different_states(name, state, in_force):
    plan = plan_of(name)
    assert (plan.state, plan.in_force) == (state, in_force)
    assert hasattr(plan, "decision") == (state != "samrad")
    assert bool(plan.reply_by) == (state == "samrad")


@pytest.mark.usefixtures("_demo")
def test_a_decision_is_frozen_and_every_main_party_approved_it():
    for decision in Decision.objects.all():
        frozen = read_json(b'{"document":' + bytes(decision.document) + b"}").document
        assert encode(frozen) == bytes(decision.document)
        assert frozen.content_hash() == decision.sha256
        assert not frozen.rounds

        parties = main_parties(decision.plan)
        assert {number.party for number in decision.registry_numbers.all()} == parties
        if Membership.objects.filter(district=decision.plan.district).exists():
            assert {approval.party for approval in decision.plan.approvals.all()} == parties
        for approval in decision.plan.approvals.all():
            assert approval.content_hash == decision.sha256


@pytest.mark.usefixtures("_demo")
def test_something_waits_for_the_kommunpolis_but_most_is_answered():
    plan = document("norra-innerstaden-2025")
    undertaken = {
        action.uuid
        for area in plan.areas
        for action in area.actions
        for commitment in action.commitments
        if commitment.party == "polisen-norrmalm"
    }
    *closed, open_ = plan.rounds
    answered = {answer.action for answer in open_.answers if answer.party == "polisen-norrmalm"}
    assert all(round_.closed_at for round_ in closed)
    assert open_.closed_at is None
    assert 0 < len(undertaken - answered) < len(answered)


@pytest.mark.usefixtures("_demo")
def test_every_main_district_has_somebody_in_each_role():
    for name in MAIN:
        plan = plan_of(name)
        members = Membership.objects.filter(district=plan.district)
        assert {member.role for member in members} == {
            Role.COORDINATOR,
            Role.EDITOR,
            Role.CONTRIBUTOR,
            Role.MANAGER,
            Role.READER,
        }
        for party in main_parties(plan):
            assert members.filter(role=Role.MANAGER, party=party).exists()
        contributor = members.get(role=Role.CONTRIBUTOR)
        assert Commitment.objects.filter(action__area__plan=plan, party=contributor.party).exists()
    for role in (Role.CITY, Role.ADMINISTRATOR):
        assert Membership.objects.filter(role=role, district=None).exists()


@pytest.mark.usefixtures("_demo")
def test_the_log_ins_work(client):
    for user in User.objects.all():
        validate_password(demonstration.PASSWORD, user)
        assert EmailAddress.objects.get(user=user).verified
        assert client.login(email=user.email, password=demonstration.PASSWORD), user.email


@pytest.mark.usefixtures("_demo")
def test_history_survives_when_districts_merge():
    jarva = plan_of("jarva-2024")
    before = {
        action.uuid
        for name in FORERUNNERS
        for area in document(name).areas
        for action in area.actions
    }
    carried = {
        action.predecessor
        for area in document("jarva-2024").areas
        for action in area.actions
        if action.predecessor
    }
    assert carried
    assert carried <= before
    assert {district.slug for district in jarva.district.predecessors.all()} == {
        "rinkeby-kista",
        "spanga-tensta",
    }
    for forerunner in jarva.district.predecessors.all():
        assert forerunner.valid_to == date(2023, 6, 30)


@pytest.mark.usefixtures("_demo")
def test_its_local_agreements_stand_under_that_of_the_city_which_is_as_its_file_says(client):
    of_city = Agreement.objects.get(level=AgreementLevel.CITY)
    file = demonstration.FIXTURES / "agreements" / "stockholm-2019.json"
    assert agreement_document(of_city) == read_agreement_json(file.read_bytes())
    local = Agreement.objects.filter(level=AgreementLevel.LOCAL)
    assert len(local) == len(MAIN + FORERUNNERS)
    assert set(of_city.below.all()) == set(local)
    client.force_login(User.objects.get(email="lasare@jarva.example"))
    page = client.get(reverse("agreements", args=["jarva"])).text
    assert of_city.title in page


@pytest.mark.usefixtures("_demo")
def test_its_reports_are_decided_and_the_readers_read_them():
    for report in Report.objects.with_heading():
        assert (report.state, report.in_force) == (
            ("beslutad", True) if report.kind == "lagesbild" else ("avslutad", False)
        )
        behind = {entry.party for entry in report.behind.all()}
        assert {number.party for number in report.decision.registry_numbers.all()} == behind
        if Membership.objects.filter(district=report.district).exists():
            assert {approval.party for approval in report.approvals.all()} == behind
        assert fault_of(report.decision) == ""
        reader = User.objects.get(email="lasare@jarva.example")
        assert may(reader, Right.READ, report)
