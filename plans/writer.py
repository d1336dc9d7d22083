"""Who writes in a plan, and in which of its cells."""

from functools import cached_property
from typing import Any

from plans.access import may_change_agreement
from plans.addresses import work_address
from plans.document import PlanDocument
from plans.editable import KINDS
from plans.models import Plan
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.indicators.register import choices
from samverkan.organisation.models import Party


class Writer:
    kinds = KINDS
    # Beside these all that they say stands on the page already.
    shown_whole = frozenset(("plan", "agreement", "signatory", "section", "area", "extra"))
    with_fields_of_their_own = frozenset(("action",))
    with_more_in_them = frozenset(("area", "problem", "cause"))

    def __init__(self, user: Any, plan: Plan, document: PlanDocument | None = None):
        self.user = user
        self.plan = plan
        self.document = document

    @cached_property
    def writes_shared(self) -> bool:
        return bool(may(self.user, Right.EDIT_SHARED, self.plan))

    @cached_property
    def reads_in(self) -> bool:
        return bool(may(self.user, Right.IMPORT_PLAN, self.plan))

    @cached_property
    def arranges(self) -> bool:
        """Moves and takes away what others have written too."""
        return bool(may(self.user, Right.DELETE_AND_MOVE, self.plan))

    @cached_property
    def own_parties(self) -> list[Party]:
        """The parties whose own fields she writes: all of them, for the samordnare."""
        if self.arranges:
            district = self.plan.district
            city = Party.objects.filter(municipality=district.municipality_id, district=None)
            return [*district.parties.all(), *city]
        mine = [m.party for m in memberships_in(self.user, self.plan) if m.party]
        return [party for party in mine if may(self.user, Right.EDIT_OWN, self.plan, party)]

    @cached_property
    def _own_keys(self) -> set[str]:
        return {party.key for party in self.own_parties}

    def areas_beside(self, doc: Any) -> list[tuple[str, str]]:
        """The areas of the plan that an area or an action can name: all but its own."""
        return [
            (str(area.uuid), area.title)
            for area in (self.document.areas if self.document else ())
            if area.uuid != doc.uuid and all(action.uuid != doc.uuid for action in area.actions)
        ]

    @cached_property
    def indicators(self) -> list[tuple[str, str]]:
        """Those that a goal can be set by."""
        return [(str(one.uuid), one.in_unit) for one in choices(self.user, self.plan.district)]

    @cached_property
    def address(self) -> str:
        return work_address(self.plan)

    @cached_property
    def rows_address(self) -> str:
        """… of its rows: asked for once, not for each of them."""
        return f"{self.address}rad/"

    @cached_property
    def changes_agreement(self) -> bool:
        return bool(may_change_agreement(self.user, self.plan))

    @cached_property
    def changes_parties(self) -> bool:
        """Of the agreement: not those of what has been decided."""
        agreement = self.plan.agreement
        return bool(self.changes_agreement and agreement and not agreement.parties_are_fixed)

    def may_write(self, kind: str, doc: Any) -> bool:
        match KINDS[kind].right:
            case Right.EDIT_OWN:
                return doc.party in self._own_keys
            case Right.EDIT_AGREEMENT:
                return self.changes_agreement
        return self.writes_shared

    def may_arrange(self, kind: str) -> bool:
        """Whether she moves and takes away rows of the kind, whoever wrote them."""
        if not KINDS[kind].container:
            return False
        return self.changes_parties if kind == "signatory" else self.arranges
