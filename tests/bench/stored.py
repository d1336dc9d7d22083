"""A PDF that is made already, against a file of the same size that Django sends from the disk: to
anybody who is logged in, and to those who may read the plan."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.http import FileResponse, HttpRequest
from django.test import Client
from django.urls import path, reverse
from msgspec.structs import replace

import samverkan.urls
from plans.access import DistrictPlans, get_district
from plans.models import Plan
from plans.services.files import KINDS, Wanted
from samverkan.access.table import Right
from samverkan.documents import store
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.decisions import freeze
from tests.bench.figures import Figure, measure
from tests.factories import a_member, settle
from tests.formats.samples import large
from tests.plans.storing import stored

SIZE = 200_000


def decide(plan: Plan) -> None:
    with patch("plans.services.workflow.write_pdf", lambda *given, **more: b"%PDF-"):
        freeze(
            plan,
            body="Nämnden",
            decided_on=date(2042, 1, 20),
            paragraph="",
            registry_numbers={},
            by=None,
        )
    settle(plan)


def a_stored_file() -> list[Figure]:
    figures = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        file.write_bytes(b"%PDF-" + bytes(SIZE))

        def from_disk(request: HttpRequest) -> FileResponse:
            return FileResponse(file.open("rb"), content_type="application/pdf")

        def from_disk_to_whom_may_read(
            request: HttpRequest, district: str, year: int
        ) -> FileResponse:
            place = get_district(request.user, Right.ENTER_DISTRICT, district)
            DistrictPlans(request.user, place, lightly=True).get(Right.READ, year)
            return from_disk(request)

        samverkan.urls.urlpatterns[:0] = [
            path("golv.pdf", from_disk),
            path("golv/<district>/<int:year>.pdf", from_disk_to_whom_may_read),
        ]
        for label, year in (("utkast", 2041), ("beslutad plan", 2042)):
            period = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
            plan = stored(replace(large(60), rounds=(), **period))
            if year == 2042:
                decide(plan)
            plan = Plan.objects.with_heading().get(pk=plan.pk)
            wanted = Wanted(plan, KINDS["atgardsplan.pdf"])
            store.make(wanted.key, wanted.subject, file.read_bytes)
            client = Client()
            client.force_login(a_member(Role.COORDINATOR, plan.district))
            address = reverse("plan-pdf", args=[plan.district.slug, plan.year])

            def get(address: str, client: Client = client) -> None:
                response = client.get(address)
                assert len(b"".join(response)) == SIZE + 5, response

            asked = f"/golv/{plan.district.slug}/{plan.year}.pdf"
            for floor, name in (
                ("/golv.pdf", "en fil av samma storlek från disken"),
                (asked, "den filen, till den som får läsa planen"),
            ):
                figures.append(
                    measure(
                        f"En färdig PDF hämtas, {label}",
                        lambda get=get, address=address: get(address),
                        name,
                        lambda get=get, floor=floor: get(floor),
                        rounds=50,
                    )
                )
    return figures
