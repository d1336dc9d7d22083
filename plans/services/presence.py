"""Who is in a plan now, and in which field."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from plans.models import Plan, Presence

# A screen says that it is still there every ten seconds; after three of them missed it is not.
RENEWED = timedelta(seconds=10)
GONE = timedelta(seconds=30)


def be_there(*, user: Any, plan: Plan, place: str) -> None:
    Presence.objects.update_or_create(
        plan=plan, user=user, defaults={"seen_at": timezone.now(), "place": place[:120]}
    )


def leave(*, user: Any, plan: Plan) -> None:
    Presence.objects.filter(plan=plan, user=user).delete()


def others_in(plan: Plan, user: Any) -> list[Presence]:
    there = plan.presences.filter(seen_at__gt=timezone.now() - GONE).exclude(user=user)
    return list(there.select_related("user").order_by("user__name"))
