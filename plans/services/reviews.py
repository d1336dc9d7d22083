"""The review of an agreement: who is told that it nears, or has passed, and what waits on the start page.

One letter to each person over all her agreements. That she has been told is a row, so that whoever runs
it twice, or two at once, tells her once; a new day for the review is a new review.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from plans.access import may_edit_agreement
from plans.models import Agreement, ReviewReminder
from plans.vocabulary import ReviewOccasion
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.notices import deliver

A_MONTH = timedelta(days=30)
KEEPERS = (Role.COORDINATOR, Role.CITY)


def review_of(agreement: Agreement, today: date) -> ReviewOccasion | None:
    """What there is to tell of its review today."""
    day = agreement.next_review
    if day is None or day > today + A_MONTH or _is_over(agreement, today):
        return None
    return ReviewOccasion.PASSED if day < today else ReviewOccasion.SOON


@dataclass(frozen=True)
class ReviewTask:
    """On the start page of those who keep it."""

    agreement: Agreement
    is_late: bool

    @property
    def what(self) -> str:
        return "Se över överenskommelsen"

    @property
    def due(self) -> date | None:
        return self.agreement.next_review

    @property
    def url(self) -> str:
        return reverse("agreement", args=[self.agreement.pk])


def reviews_for(user: Any, today: date) -> list[ReviewTask]:
    cities = {m.municipality_id for m in user.standing if m.role in KEEPERS}
    if not cities:
        return []
    return [
        ReviewTask(agreement, occasion == ReviewOccasion.PASSED)
        for agreement, occasion in _due(today)
        if agreement.municipality_id in cities and may_edit_agreement(user, agreement)
    ]


@dataclass
class ReviewLetter:
    user: User
    reviews: list[tuple[Agreement, ReviewOccasion]]


def review_letters(today: date) -> list[ReviewLetter]:
    """To whom something is to be said today that has not been said before."""
    due = _due(today)
    told = set(
        ReviewReminder.objects.filter(agreement__in=[one for one, _ in due]).values_list(
            "agreement", "user", "day", "occasion"
        )
    )
    found = []
    for user in _keepers({one.municipality_id for one, _ in due}) if due else ():
        reviews = [
            (agreement, occasion)
            for agreement, occasion in due
            if may_edit_agreement(user, agreement)
            and (agreement.pk, user.pk, agreement.next_review, occasion.value) not in told
        ]
        if reviews:
            found.append(ReviewLetter(user, reviews))
    return found


def remind_of_reviews(today: date) -> list[ReviewLetter]:
    """Those that were sent."""
    return [letter for letter in review_letters(today) if _send(letter)]


def _send(letter: ReviewLetter) -> bool:
    """Whether it was: another may have told her since it was asked what there is to tell."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=letter.user.pk)
        is_new = [
            ReviewReminder.objects.get_or_create(
                agreement=agreement,
                user=letter.user,
                day=agreement.next_review or date.max,  # there is one, or it would not be due
                occasion=occasion,
            )[1]
            for agreement, occasion in letter.reviews
        ]
        if not any(is_new):
            return False
        rows = [
            (agreement, occasion == ReviewOccasion.PASSED, _address(agreement))
            for agreement, occasion in letter.reviews
        ]
        words = {"user": letter.user, "rows": rows}
        text = render_to_string("plans/email/review.txt", words)
        mail = partial(
            deliver.enqueue,
            address=letter.user.email,
            subject="Överenskommelsen ska ses över",
            text=text,
        )
        transaction.on_commit(mail)
    return True


def _address(agreement: Agreement) -> str:
    return urljoin(settings.SITE_URL, reverse("agreement", args=[agreement.pk]))


def _due(today: date) -> list[tuple[Agreement, ReviewOccasion]]:
    near = Agreement.objects.filter(next_review__lte=today + A_MONTH).order_by("next_review", "pk")
    found = near.select_related("municipality").prefetch_related(
        "districts__municipality", "parties__party"
    )
    return [(one, occasion) for one in found if (occasion := review_of(one, today))]


def _is_over(agreement: Agreement, today: date) -> bool:
    """What holds no longer is not looked over; nor is that of districts that have become others."""
    if agreement.period_end and agreement.period_end < today:
        return True
    districts = list(agreement.districts.all())
    return bool(districts) and all(district.has_ended(today) for district in districts)


def _keepers(cities: Iterable[int]) -> list[User]:
    """Those who may keep one in these cities, each with all her memberships."""
    found: dict[User, list[Membership]] = defaultdict(list)
    for one in (
        Membership.objects.filter(is_active=True, user__is_active=True, municipality__in=cities)
        .select_related("user", "municipality", "district__municipality", "party")
        .order_by("user__email", "role")
    ):
        found[one.user].append(one)
    for user, memberships in found.items():
        user.__dict__["standing"] = memberships
        user.__dict__["predecessors"] = set()  # what has merged is not looked over
    return [user for user, own in found.items() if any(one.role in KEEPERS for one in own)]
