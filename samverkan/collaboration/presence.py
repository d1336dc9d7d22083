"""Who is in it now, and in which field."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

# A screen says that it is still there every ten seconds; after three of them missed it is not.
RENEWED = timedelta(seconds=10)
GONE = timedelta(seconds=30)


def be_there(*, user: Any, work: Any, place: str) -> None:
    work.presences.update_or_create(
        user=user, defaults={"seen_at": timezone.now(), "place": place[:120]}
    )


def leave(*, user: Any, work: Any) -> None:
    work.presences.filter(user=user).delete()


def others_in(work: Any, user: Any) -> list[Any]:
    there = work.presences.filter(seen_at__gt=timezone.now() - GONE).exclude(user=user)
    return list(there.select_related("user").order_by("user__name"))
