"""The page of differences: two of a district's plans, or reports, or one as it was and as it is."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.collaboration.comparing import Comparison
from samverkan.workflow.models import Approval
from samverkan.workflow.wings import wing_of


class Held(Protocol):
    """What there is to compare in a district, the latest first; and what of it the user may read."""

    district: Any
    all: list[Any]
    readable: list[Any]


@dataclass(frozen=True)
class Side:
    """One of them, now or as it was at a version."""

    work: Any
    title: str
    version: int | None = None

    @property
    def value(self) -> str:
        return f"{self.work.pk}" if self.version is None else f"{self.work.pk}:{self.version}"


class SideBySide:
    words: dict[str, str]  # what the page says of what it compares

    # What a wing says

    def held(self, request: HttpRequest, district: str) -> Held:
        raise NotImplementedError

    def name(self, work: Any) -> str:
        """Åtgärdsplan 2025, revision 2"""
        raise NotImplementedError

    def as_of(self, work: Any, version: int | None) -> Any:
        """Its document, as it was at the version; at none as it is now."""
        raise NotImplementedError

    def compared(self, before: Any, after: Any) -> Comparison:
        raise NotImplementedError

    def one_before(self, work: Any, readable: list[Any]) -> Any:
        """What one would compare it with, if there is anything."""
        raise NotImplementedError

    def around(self, request: HttpRequest, held: Held, after: Any) -> dict[str, Any]:
        """The frame, and `after_url` and `history_url` of what is compared, if there is anything."""
        raise NotImplementedError

    # What holds for all

    def page(self, request: HttpRequest, district: str) -> HttpResponse:
        held = self.held(request, district)
        after = self._side(request, held, request.GET.get("till", ""))
        since = request.GET.get("sedan", "")
        before: Side | None
        if after and _is_version(since):
            before = self._at_version(request, after.work, int(since))
        else:
            before = self._side(request, held, request.GET.get("fran", ""))
        if after is None and held.readable:
            after = self._now(held.readable[0])
        if before is None and after is not None:
            found = self.one_before(after.work, held.readable)
            before = self._now(found) if found else None
        sides = [side for side in (before, after) if side]
        comparison = None
        if before and after and before.value != after.value:
            comparison = self.compared(
                self.as_of(before.work, before.version), self.as_of(after.work, after.version)
            )
        offered = self._offered(request, held.readable)
        known = {side.value for side in offered}
        offered += [side for side in sides if side.value not in known]
        context = {
            "before": before,
            "after": after,
            "offered": offered,
            "comparison": comparison,
            "is_same": bool(before and after and before.value == after.value),
            "words": self.words,
        }
        context |= self.around(request, held, after.work if after else None)
        return render(request, "collaboration/differences.html", context)

    def _side(self, request: HttpRequest, held: Held, said: str) -> Side | None:
        """ "17", or "17:34" for it as it was at version 34."""
        if not said:
            return None
        key, _, version = said.partition(":")
        work = next((work for work in held.all if str(work.pk) == key), None)
        if work is None or (version and not _is_version(version)):
            raise Http404(f"{self.words['none_such']} i {held.district}.")
        demand(request.user, Right.READ, work)
        return self._at_version(request, work, int(version)) if version else self._now(work)

    def _now(self, work: Any) -> Side:
        return Side(work, f"{self.name(work)} ({work.state_words})")

    def _at_version(self, request: HttpRequest, work: Any, version: int) -> Side:
        demand(request.user, Right.READ_HISTORY, work)
        last = work.changes.filter(turn__lte=version).order_by("number").last()
        if last is None:
            return Side(work, f"{self.name(work)}, innan något ändrades", version)
        at = localtime(last.at)
        return Side(work, f"{self.name(work)}, som den var {at:%Y-%m-%d} kl. {at:%H.%M}", version)

    def _offered(self, request: HttpRequest, readable: list[Any]) -> list[Side]:
        """All of them, and under each what a party has approved."""
        may_rewind = [work for work in readable if may(request.user, Right.READ_HISTORY, work)]
        approved = _approved(may_rewind)
        sides = []
        for work in readable:
            sides.append(self._now(work))
            for version, one in approved[work.pk].items():
                said = f"{one.party.short_name} godkände {localtime(one.at):%Y-%m-%d}"
                sides.append(Side(work, f"{self.name(work)}, som {said}", version))
        return sides


def _approved(works: list[Any]) -> dict[Any, dict[int, Approval]]:
    """What the parties have approved, by version: the last who did so."""
    found: dict[Any, dict[int, Approval]] = defaultdict(dict)
    if works:
        wing = wing_of(works[0])
        rows: Any = wing.approval._default_manager.filter(**{f"{wing.name}__in": works})
        for one in rows.filter(answer=Approval.Answer.APPROVED).select_related("party"):
            found[getattr(one, f"{wing.name}_id")][one.version] = one
    return found


def _is_version(text: str) -> bool:
    return text.isdecimal() and len(text) < 10
