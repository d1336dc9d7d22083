"""A plan as it was: as it stands now, taken back through what has been done since."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from plans.document import PartyDoc, PlanDocument
from plans.models import Change, Plan
from plans.places import rewound
from plans.services.loading import current_document, to_document
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key


def as_of(plan: Plan, version: int | None) -> PlanDocument:
    """As the plan was at the version, without its follow-ups; at none as it is now.

    A turn is there whole or not at all.
    """
    if version is None:
        return current_document(plan)
    changes = list(plan.changes.filter(turn__gt=version))
    document = to_document(plan)
    # A document names the parties that have something in it. Then there may have been others.
    parties = _parties(plan, document, changes)
    then = rewound(replace(document, rounds=(), parties=tuple(parties.values())), changes)
    main = [entry.party for entry in then.agreement.parties] if then.agreement else []
    others = [party for key, party in parties.items() if key not in main]
    others.sort(key=lambda party: (sort_key(party.short_name), party.key))
    return replace(then, parties=(*(parties[key] for key in main), *others)).plan_part()


def _parties(plan: Plan, document: PlanDocument, changes: Iterable[Change]) -> dict[str, PartyDoc]:
    known = {party.key: party for party in document.parties}
    missing = {key for change in changes for key in _named(change)} - set(known)
    if missing:
        of_city = Party.objects.filter(municipality=plan.district.municipality_id)
        slugs = [key.removeprefix("stad/") for key in missing]
        for party in of_city.filter(slug__in=slugs):
            if party.key in missing and party.district_id in (None, plan.district.pk):
                known[party.key] = PartyDoc(
                    party.key, party.name, party.short_name, PartyKind(party.kind)
                )
        for key in missing - set(known):  # it is called something else now
            known[key] = PartyDoc(key, key, key[:60], PartyKind.PARTNER)
    return known


def _named(change: Change) -> Iterable[str]:
    """The parties of the commitments, and of the agreement, that came or went."""
    for said in (change.before, change.after):
        doc: Any = said.get("doc") if isinstance(said, dict) else None
        for part in [doc, *doc.get("commitments", ())] if doc else ():
            if "party" in part:
                yield part["party"]
