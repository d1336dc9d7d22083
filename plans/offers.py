"""Every file that can be made of a plan: what it is called, and where it is to be had."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.addresses import address_of
from plans.document import PlanDocument
from plans.edition import edited
from plans.models import Plan
from plans.presentation import PlanView
from plans.services.files import KINDS, Kind
from samverkan.edition import Edition


@dataclass(frozen=True)
class Form:
    label: str  # "PDF"
    url: str


@dataclass(frozen=True)
class Offer:
    """A document, and the forms that it is to be had in."""

    title: str
    forms: dict[Edition, list[Form]]

    @property
    def internal(self) -> list[Form]:
        return self.forms[Edition.INTERNAL]

    @property
    def public(self) -> list[Form]:
        return self.forms[Edition.PUBLIC]


def offers(plan: Plan, document: PlanDocument, among: Sequence[Plan]) -> list[Offer]:
    """Those of the whole plan first, then those of each party."""
    found: dict[str, Offer] = {}
    for edition in Edition:
        parties = PlanView(edited(document, edition)).acting_parties
        whole = [(kind.title, kind, "") for kind in KINDS.values() if not kind.is_of_party]
        of_parties = [
            (f"{kind.title}, {party.short_name}", kind, party.key)
            for kind in KINDS.values()
            if kind.is_of_party
            for party in parties
        ]
        for title, kind, party in [*whole, *of_parties]:
            offer = found.setdefault(title, Offer(title, {edition: [] for edition in Edition}))
            url = _address(plan, among, kind, edition, party)
            offer.forms[edition].append(Form(kind.label, url))
    return list(found.values())


def _address(plan: Plan, among: Sequence[Plan], kind: Kind, edition: Edition, party: str) -> str:
    asked = {"utgava": "publik"} if edition == Edition.PUBLIC else {}
    return address_of(plan, among, kind.address, **asked | ({"part": party} if party else {}))
