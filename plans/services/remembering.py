"""What somebody chose to see, kept for the next time. No change to any plan, so nothing is journaled."""

from typing import Any

from plans.models import Remembered


def remember(*, user: Any, page: str, query: str) -> None:
    if query:
        Remembered.objects.update_or_create(user=user, page=page, defaults={"query": query})
    else:
        Remembered.objects.filter(user=user, page=page).delete()


def remembered(user: Any, page: str) -> str:
    found = Remembered.objects.filter(user=user, page=page).values_list("query", flat=True).first()
    return found or ""
