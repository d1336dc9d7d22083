"""A decided plan's PDF is the same, bit for bit, whatever happens afterwards; and so is its text
when it is made once more from what was frozen."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from plans.document import decode
from plans.models import Catalogue, FollowUp, FollowUpRound, Plan, PriorityArea
from plans.services import files
from plans.services.decisions import fault_of, standing_of_decision
from plans.vocabulary import PlanState
from plans.writing.pdf import write_pdf
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.formats.samples import full
from tests.plans.storing import stored
from tests.workflow.steps import TAKE, in_a_week, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_fonts")]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_it_is_the_same_for_ever():
    plan = stored(full())
    parties = [entry.party for entry in plan.agreement.parties.all()]
    coordinator = a_member(Role.COORDINATOR, plan.district, parties[0])

    def take(step, actor, **words):
        return TAKE[step](actor=actor, plan=plan, seen=seen(plan), **words)

    take("send", coordinator, reply_by=in_a_week())
    for party in parties:
        take("approve", a_member(Role.MANAGER, plan.district, party), party=party)
    decision = take(
        "decide",
        coordinator,
        body="Nämnden",
        decided_on=plan.created_at.date(),
        paragraph="§ 6",
        registry_numbers={party: f"Dnr {party.pk}" for party in parties},
    )
    pdf = bytes(decision.pdf)
    text = text_of(pdf)
    assert parties[0].short_name in text

    new = take("revise", coordinator, reason="Ett mål har ändrats.")
    new.areas.update(title="En ny rubrik")
    action = new.areas.filter(actions__isnull=False).first().actions.first()
    round_ = FollowUpRound.objects.filter(period=plan.period).first()
    FollowUp.objects.update_or_create(
        round=round_, action=action.uuid, party=None, defaults={"text": "Skrivet efteråt."}
    )
    for model in (PriorityArea, Catalogue, District):
        model.objects.update(name="Ett nytt namn")
    Party.objects.update(name="Ett nytt namn", short_name="Omdöpt")
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CLOSED, in_force=False)

    again = Plan.objects.with_heading().get(pk=plan.pk)
    assert files.decided_pdf(again) == pdf
    frozen = decode(bytes(again.decision.document))
    made_anew = write_pdf(frozen, standing_of_decision(again.decision))
    assert text_of(made_anew) == text
    assert fault_of(again.decision) == ""
