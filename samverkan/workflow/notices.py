"""What the members are told by mail about a step: who, what, and where to go.

A mail says that something waits and leads to it. What is written in a plan or a report, and the
reasons that its parties give each other, stay in here: a mail is read where nobody has the right to it.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django_tasks import task

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.mail import send
from samverkan.organisation.models import Membership, Party, User
from samverkan.organisation.vocabulary import Role
from samverkan.text import list_of
from samverkan.workflow.wings import wing_named, wing_of


class Notice(StrEnum):
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    POSTPONED = "postponed"
    APPROVED = "approved"
    RETURNED = "returned"
    VOIDED = "voided"
    DECIDED = "decided"
    REVISED = "revised"


SUBJECTS = {
    Notice.SENT: "På samråd: {work}",
    Notice.WITHDRAWN: "Samrådet är avbrutet: {work}",
    Notice.POSTPONED: "Nytt svarsdatum: {work}",
    Notice.APPROVED: "{parties} har godkänt: {work}",
    Notice.RETURNED: "{parties} har återsänt: {work}",
    Notice.VOIDED: "Godkännandet gäller inte längre: {work}",
    Notice.DECIDED: "Beslutad: {work}",
    Notice.REVISED: "Ny revision: {work}",
}

_WORKING = (Role.EDITOR, Role.CONTRIBUTOR, Role.MANAGER)
# Those who are told something else than the parties: what the samordnare has to go on with.
_TO_COORDINATORS = {Notice.APPROVED, Notice.RETURNED, Notice.VOIDED}


def tell(
    notice: Notice,
    work: Any,
    *,
    by: Any,
    parties: Iterable[Party],
    also: Iterable[int] = (),
) -> None:
    """When all is stored, in the background. `also` are users who are told whatever their role."""
    transaction.on_commit(
        partial(
            spread.enqueue,
            notice=notice.value,
            wing=wing_of(work).name,
            work_id=work.pk,
            by_id=by.pk if by else None,
            party_ids=[party.pk for party in parties],
            also=list(also),
        )
    )


@task()
def spread(
    *,
    notice: str,
    wing: str,
    work_id: int,
    by_id: int | None,
    party_ids: list[int],
    also: list[int],
) -> None:
    """One mail to each of those concerned, but not to whoever did it: she knows."""
    kind, ours = Notice(notice), wing_named(wing)
    work = ours.with_heading().get(pk=work_id)
    parties = list(Party.objects.filter(pk__in=party_ids))
    by = User.objects.get(pk=by_id) if by_id else "Systemet"
    subject = SUBJECTS[kind].format(work=work, parties=list_of(p.short_name for p in parties))
    link = urljoin(settings.SITE_URL, ours.address(work))
    for user, memberships in _concerned(kind, work, parties, also).items():
        if user.pk == by_id or not may(user, Right.READ, work):
            continue
        own = [m.party for m in memberships if m.party and m.party in parties]
        words = {
            "user": user,
            "work": work,
            "the": work.word_for_it.lower(),
            "by": by,
            "parties": list_of(party.short_name for party in parties),
            "approves": any(may(user, Right.APPROVE, work, party) for party in own),
            "has_parts": ours.has_parts,
            "share": ours.share_of(work, own),
            "is_coordinator": any(m.role == Role.COORDINATOR for m in memberships),
            "link": link,
        }
        text = render_to_string(f"workflow/email/{kind.value}.txt", words)
        deliver.enqueue(address=user.email, subject=subject, text=text)


@task()
def deliver(*, address: str, subject: str, text: str) -> None:
    send(to=address, subject=subject, text=text)


def _concerned(
    notice: Notice, work: Any, parties: list[Party], also: list[int]
) -> dict[User, list[Membership]]:
    members = Membership.objects.filter(
        district=work.district, is_active=True, user__is_active=True
    ).select_related("user", "party")
    found: dict[User, list[Membership]] = {}
    for member in members:
        if notice in _TO_COORDINATORS:
            concerned = member.role == Role.COORDINATOR or member.user_id in also
        else:
            concerned = member.role in _WORKING and member.party in parties
        if concerned:
            found.setdefault(member.user, []).append(member)
    return found
