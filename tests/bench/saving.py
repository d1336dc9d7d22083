"""A field saved by the script, against the least that a view could do."""

from itertools import count

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

import samverkan.urls
from plans.models import Action, Change
from samverkan.organisation.vocabulary import Role
from tests.bench.figures import Figure, measure
from tests.factories import a_member
from tests.formats.samples import large
from tests.plans.storing import stored

JSON = {"Accept": "application/json"}


def saving_a_field() -> list[Figure]:
    plan = stored(large(300))
    party = plan.agreement.parties.first().party
    mine, other = Action.objects.filter(area__plan=plan)[:2]
    numbers = count(1_000_000)

    def least(request: HttpRequest) -> HttpResponse:
        """Session, user, one guarded UPDATE and one row in the log."""
        number = next(numbers)
        with transaction.atomic():
            written = Action.objects.filter(pk=other.pk, version=request.POST["seen"]).update(
                responsible=request.POST["responsible"], version=F("version") + 1
            )
            Change.objects.create(
                plan=plan,
                number=number,
                turn=number,
                by_id=request.user.pk,
                op=Change.Op.SET,
                kind="action",
                row=other.uuid,
            )
        return HttpResponse(status=200 if written else 409)

    samverkan.urls.urlpatterns.insert(0, path("golv/", least))
    address = reverse("row", args=[plan.district.slug, plan.pk, "action", mine.uuid])
    seen, floor_seen = count(plan.version), count(other.version)
    figures = []
    for role in (Role.COORDINATOR, Role.EDITOR):
        client = Client()
        client.force_login(a_member(role, plan.district, party))

        def save(to: str, version: int, client: Client = client) -> None:
            typed = {"responsible": f"Nummer {version}", "seen": version}
            assert client.post(to, typed, headers=JSON).status_code == 200

        figures.append(
            measure(
                f"Ett fält sparas, {role.label.lower()}",
                lambda save=save: save(address, next(seen)),
                "vy med en UPDATE och en loggrad",
                lambda save=save: save("/golv/", next(floor_seen)),
                rounds=100,
            )
        )
    return figures
