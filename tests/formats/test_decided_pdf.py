"""A decided plan's PDF is the same, bit for bit, whatever happens afterwards; and so is its text
when it is made once more from what was frozen."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from plans.document import decode
from plans.editable import KINDS
from plans.models import (
    Agreement,
    AgreementParty,
    Catalogue,
    Decision,
    FollowUp,
    FollowUpRound,
    Plan,
    PriorityArea,
)
from plans.vocabulary import PlanState
from plans.writing.pdf import write_pdf
from samverkan.collaboration import commenting
from samverkan.collaboration.editing import write
from samverkan.organisation.models import District, Membership, Municipality, Party, User
from samverkan.organisation.vocabulary import Role
from samverkan.workflow import decisions
from samverkan.workflow.decisions import decision_doc, fault_of, standing_of_decision
from tests.factories import a_district, a_member, a_party
from tests.formats.samples import full
from tests.plans.storing import stored
from tests.workflow.steps import TAKE, in_a_week, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_fonts")]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


class Decided:
    """A plan that has been decided by its steps, and those who took them."""

    def __init__(self) -> None:
        self.plan = stored(full())
        self.parties = [entry.party for entry in self.plan.agreement.parties.all()]
        self.coordinator = a_member(Role.COORDINATOR, self.plan.district, self.parties[0])
        self.managers = [
            a_member(Role.MANAGER, self.plan.district, party) for party in self.parties
        ]
        self.decide(self.plan)

    def take(self, step: str, actor: User, plan: Plan, **words: Any) -> Any:
        return TAKE[step](actor=actor, work=plan, seen=seen(plan), **words)

    def decide(self, plan: Plan) -> None:
        self.take("send", self.coordinator, plan, reply_by=in_a_week())
        for party, manager in zip(self.parties, self.managers, strict=True):
            self.take("approve", manager, plan, party=party)
        self.take(
            "decide",
            self.coordinator,
            plan,
            body="Nämnden",
            decided_on=timezone.localdate(),
            paragraph="§ 6",
            registry_numbers={party: f"Dnr {party.pk}" for party in self.parties},
        )

    def a_revision_is_written_and_decided(self) -> None:
        new = self.take("revise", self.coordinator, self.plan, reason="Ett mål har ändrats.")
        action = new.areas.filter(actions__isnull=False).first().actions.first()
        typed = {"description": "Skrivet i revisionen"}
        kind = KINDS["action"]
        write(actor=self.coordinator, work=new, kind=kind, row=action.uuid, typed=typed, seen=1)
        self.decide(Plan.objects.with_heading().get(pk=new.pk))
        assert Decision.objects.count() == 2

    def it_is_followed_up_and_the_round_is_closed(self) -> None:
        action = self.plan.areas.filter(actions__isnull=False).first().actions.first()
        round_ = FollowUpRound.objects.filter(period=self.plan.period, closed_at=None).first()
        FollowUp.objects.update_or_create(
            round=round_, action=action.uuid, party=None, defaults={"text": "Skrivet efteråt."}
        )
        now = timezone.now()
        FollowUpRound.objects.update(opened_at=now, closed_at=now)

    def somebody_comments_on_it(self) -> None:
        action = self.plan.areas.filter(actions__isnull=False).first().actions.first()
        commenting.say(
            actor=self.coordinator,
            work=self.plan,
            kind=KINDS["action"],
            row=action.uuid,
            text="Sagt efteråt.",
        )

    def everything_around_it_is_called_something_else(self) -> None:
        for model in (PriorityArea, Catalogue, District, Municipality):
            for thing in model.objects.all():
                thing.name = f"Ett nytt namn {thing.pk}"
                thing.save()
        for party in Party.objects.all():
            party.name = party.short_name = f"Omdöpt {party.pk}"
            party.save()
        Agreement.objects.update(title="En ny titel")

    def those_who_took_part_are_called_something_else_and_leave(self) -> None:
        User.objects.update(name="Någon Annan", is_active=False)
        Membership.objects.update(is_active=False)

    def the_district_becomes_part_of_another(self) -> None:
        District.objects.filter(pk=self.plan.district.pk).update(valid_to=timezone.localdate())
        successor = a_district("Sammanslaget", "sammanslaget")
        successor.predecessors.add(self.plan.district)
        Agreement.objects.get(plans=self.plan).districts.add(successor)

    def the_agreement_gets_another_party(self) -> None:
        new = a_party(self.plan.district, name="Nykomlingen")
        agreement = Agreement.objects.get(plans=self.plan)
        AgreementParty.objects.create(agreement=agreement, party=new, position=9)

    def it_is_closed(self) -> None:
        Plan.objects.filter(pk=self.plan.pk).update(state=PlanState.CLOSED, in_force=False)


LATER: list[Callable[[Decided], None]] = [
    Decided.it_is_followed_up_and_the_round_is_closed,
    Decided.somebody_comments_on_it,
    Decided.a_revision_is_written_and_decided,
    Decided.everything_around_it_is_called_something_else,
    Decided.those_who_took_part_are_called_something_else_and_leave,
    Decided.the_district_becomes_part_of_another,
    Decided.the_agreement_gets_another_party,
    Decided.it_is_closed,
]


def test_it_is_the_same_for_ever():
    about = Decided()
    decision = Decision.objects.get(plan=about.plan)
    assert decision.pdf is not None
    pdf, document = bytes(decision.pdf), bytes(decision.document)
    text = text_of(pdf)
    assert about.parties[0].short_name in text

    for happens in LATER:
        happens(about)
        again = Plan.objects.with_heading().get(pk=about.plan.pk)
        assert decisions.decided_pdf(again) == pdf, happens.__name__
        assert bytes(again.decision.document) == document, happens.__name__
        assert fault_of(again.decision) == "", happens.__name__

    made_anew = write_pdf(
        decode(document),
        standing_of_decision(again.decision),
        decision=decision_doc(again),
    )
    assert text_of(made_anew) == text
