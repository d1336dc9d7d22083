"""May she take this step, as the thing stands? The rights say who, the transitions say from where."""

from typing import Any

from django.core.exceptions import PermissionDenied

from samverkan.access.answers import Answer, Denied
from samverkan.access.ask import Governed, demand, demand_now, may, told
from samverkan.organisation.models import Party
from samverkan.workflow.table import Transition


def may_take(
    user: Any, transition: Transition, thing: Governed, party: Party | None = None
) -> Answer:
    answer = may(user, transition.right, thing, party)
    if answer and thing.state != transition.source:
        return Denied(told(transition.when, thing))
    return answer


def demand_step(
    user: Any,
    transition: Transition,
    thing: Governed,
    party: Party | None = None,
    *,
    now: bool = False,
) -> None:
    """Go on only with the right and from the right state; `now`, by the memberships of this very
    moment, for whoever holds the lock."""
    (demand_now if now else demand)(user, transition.right, thing, party)
    demand_state(transition, thing)


def demand_state(transition: Transition, thing: Governed) -> None:
    if thing.state != transition.source:
        raise PermissionDenied(told(transition.when, thing))
