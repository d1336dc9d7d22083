"""Asking the table: may this user do this here? And the two ways a view can be told no."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import Http404

from samverkan.access.answers import ALLOWED, NOT_YOURS, Answer, Denied
from samverkan.access.table import TABLE, As, Grant, Right
from samverkan.organisation.models import District, Membership, Municipality, Party, User
from samverkan.organisation.vocabulary import Role


class Governed(Protocol):
    """What the table governs by state and party: a plan, a report."""

    state: str

    @property
    def noun(self) -> str: ...

    @property
    def word_for_it(self) -> str: ...

    @property
    def state_words(self) -> str: ...

    @property
    def district(self) -> District: ...

    def is_main_party(self, party: Party) -> bool: ...

    def takes_part(self, party: Party) -> bool: ...


Place = Municipality | District | Governed


def may(user: Any, right: Right, place: Place, party: Party | None = None) -> Answer:
    """Whether the user has the right here; for a party, where the right is a party's."""
    memberships = memberships_in(user, place)
    if not memberships:
        return NOT_YOURS
    rule = TABLE[right]
    reason = rule.who
    for membership in memberships:
        for grant in rule.grants:
            if grant.role != membership.role or not _stands(grant, membership, place):
                continue
            if not _in_state(grant, place):
                reason = rule.when
            elif grant.own_party_only and party is not None and party.pk != membership.party_id:
                reason = rule.whose
            else:
                return ALLOWED
    return Denied(told(reason, place))


def demand(user: Any, right: Right, place: Place, party: Party | None = None) -> None:
    """Go on only with the right: 404 for another's district, 403 with the reason for one's own."""
    answer = may(user, right, place, party)
    if isinstance(answer, Denied):
        raise Http404(answer.reason) if answer.hidden else PermissionDenied(answer.reason)


def demand_now(user: Any, right: Right, place: Place, party: Party | None = None) -> None:
    """As `demand`, by the memberships of this very moment.

    A service asks again when it has its lock: what she was when the request began may have ended
    while she waited.
    """
    if isinstance(user, User):
        user.look_again()
    demand(user, right, place, party)


def may_administer(user: Any) -> Answer:
    """The lists of the installation: for its systemförvaltare, and for whoever installed it."""
    if isinstance(user, User) and user.is_active:
        cities = [m.municipality for m in user.standing if m.district_id is None]
        if user.is_superuser or any(may(user, Right.ADMINISTER, city) for city in cities):
            return ALLOWED
    return Denied(TABLE[Right.ADMINISTER].who)


def memberships_in(user: Any, place: Place) -> Iterable[Membership]:
    """The user's active memberships that reach this place: of the district, or of its city."""
    if not isinstance(user, User):
        return []
    if isinstance(place, Municipality):
        return [m for m in user.standing if m.district_id is None and m.municipality_id == place.pk]
    district = place if isinstance(place, District) else place.district
    there = [
        membership
        for membership in user.standing
        if membership.district_id == district.pk
        or (
            membership.district_id is None
            and membership.municipality_id == district.municipality_id
        )
    ]
    return there + _inherited(user, district)


def parties_asked_of(user: Any, right: Right, place: Place) -> set[int | None]:
    """The user's parties whose part in a plan decides whether she has the right in it."""
    return {
        membership.party_id
        for membership in memberships_in(user, place)
        for grant in TABLE[right].grants
        if grant.role == membership.role and grant.as_ != As.ANYONE
    }


def _inherited(user: User, district: District) -> list[Membership]:
    """Who is in a district reads what its predecessors decided, however long ago they merged."""
    elsewhere = {membership.district_id for membership in user.standing} - {None, district.pk}
    if elsewhere and district.pk in user.predecessors:
        return [Membership(user=user, role=Role.READER, district=district)]
    return []


def _stands(grant: Grant, membership: Membership, place: Any) -> bool:
    """Only rights in a plan ask for a party's standing, so there the place is a plan."""
    match grant.as_:
        case As.ANYONE:
            return True
        case As.MAIN_PARTY:
            return place.is_main_party(membership.party)
        case As.TAKING_PART:
            return place.is_main_party(membership.party) or place.takes_part(membership.party)


def _in_state(grant: Grant, place: Any) -> bool:
    state = getattr(place, "state", None)
    return state is None or state in grant.states


def told(sentence: str, place: Any) -> str:
    """The sentence, about what it is asked of."""
    word, noun = getattr(place, "word_for_it", "Planen"), getattr(place, "noun", "plan")
    state = getattr(place, "state_words", "")
    return sentence.format(The=word, the=word.lower(), noun=noun, state=state)
