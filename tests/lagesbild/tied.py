"""A lägesbild with a priority that points to a figure, and the plan of the year after."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from lagesbild.document import TableDoc
from lagesbild.models import Block, Priority, Report, Section
from lagesbild.vocabulary import BlockForm, ReportKind, SectionForm
from plans.models import Plan
from samverkan.document import as_part, as_plain
from samverkan.organisation.models import District, User
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_district,
    a_member,
    a_plan,
    administration_of,
    an_agreement,
    police_of,
)

YEAR = 2025
WORDS = "Fler vuxna på torget när det är mörkt."
NUMBERS = as_plain(
    as_part(
        {
            "labels": ["2023", "2024", "2025"],
            "series": [{"name": "Anmälda rån", "values": ["12", "19", "27"]}],
        },
        TableDoc,
    )
)


class Tied:
    def __init__(self, district: District | None = None, **of_plan: Any) -> None:
        self.district = district or a_district("Tallbacken", "tallbacken")
        self.sdf, self.police = administration_of(self.district), police_of(self.district)
        self.agreement = an_agreement(self.district)
        self.plan: Plan = a_plan(self.district, YEAR + 1, agreement=self.agreement, **of_plan)
        self.report = self.a_report()
        described = self.report.all_sections.create(heading="Brottsligheten", position=0)
        self.figure: Block = described.blocks.create(
            form=BlockForm.BARS, caption="Anmälda rån på torget", table=NUMBERS, position=1
        )
        described.blocks.create(
            form=BlockForm.BARS, caption="Anmälda inbrott", table=NUMBERS, position=0
        )
        self.section: Section = self.a_section()
        self.priority: Priority = self.section.priorities.create(
            text=WORDS, figure=self.figure.uuid
        )
        self.samordnare: User = a_member(Role.COORDINATOR, self.district, self.sdf)

    def a_report(self, **fields: Any) -> Report:
        said = {"kind": ReportKind.PICTURE, "year": YEAR, "catalogue": self.plan.catalogue}
        report = Report.objects.create(district=self.district, **said | fields)
        for position, party in enumerate((self.sdf, self.police)):
            report.behind.create(party=party, position=position)
        return report

    def a_section(self, **fields: Any) -> Section:
        area = fields.pop("area", None) or self.plan.catalogue.areas.first()
        said = {"heading": area.name, "form": SectionForm.AREA, "area": area, "position": 1}
        return self.report.all_sections.create(**said | fields)

    def take_up_address(self, priority: Priority | None = None, plan: Plan | None = None) -> str:
        place = [self.district.slug, self.report.pk, (priority or self.priority).uuid]
        return reverse("report-take-up", args=[*place, (plan or self.plan).pk])

    def take_up(self, client: Any, user: User | None = None, **said: Any) -> HttpResponse:
        client.force_login(user or self.samordnare)
        address = self.take_up_address(said.pop("priority", None), said.pop("plan", None))
        return client.post(address, {"som": "atgard"} | said, follow=said.pop("follow", True))

    def read(self, client: Any, user: User | None = None) -> str:
        """The page of the report."""
        client.force_login(user or self.samordnare)
        return client.get(reverse("report", args=[self.district.slug, self.report.year])).text

    def read_plan(self, client: Any, user: User | None = None, page: str = "plan") -> str:
        client.force_login(user or self.samordnare)
        answer = client.get(reverse(page, args=[self.district.slug, self.plan.year]))
        return "".join(part.decode() for part in answer)
