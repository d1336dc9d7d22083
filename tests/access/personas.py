"""Everybody who can come to the door: one person for each role, here and elsewhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.utils import timezone
from msgspec.structs import replace

from lagesbild.document import Envelope as ReportEnvelope
from lagesbild.document import write_json as write_report
from lagesbild.models import Image, Report, Section
from lagesbild.models import Upload as ReportUpload
from lagesbild.services.loading import current_document as document_of_report
from lagesbild.services.loading import images_of
from lagesbild.services.uploads import UPLOADS as REPORT_UPLOADS
from lagesbild.vocabulary import ReportKind
from plans.document import Envelope, write_json
from plans.models import (
    AnswerLink,
    CalendarAddress,
    Change,
    Comment,
    ExchangeFile,
    FollowUpRound,
    Plan,
    PriorityArea,
    SentDraft,
    Upload,
)
from plans.services.exchanging import Place, made_now
from plans.services.loading import current_document
from plans.services.uploads import UPLOADS
from plans.vocabulary import PlanState
from plans.writing.exchange import write_exchange
from samverkan.document import as_plain, encode
from samverkan.indicators.models import Indicator, Reading
from samverkan.organisation.models import District, Membership, Party, User
from samverkan.organisation.vocabulary import PartyKind, Role
from tests.factories import (
    a_catalogue,
    a_decision,
    a_district,
    a_member,
    a_municipality,
    a_party,
    a_plan,
    a_round,
    a_user,
    administration_of,
    an_action,
    an_agreement,
    an_area,
    police_of,
    settle,
)
from tests.indicators.register import read_in
from tests.lagesbild.samples import drawn

_OF_IMAGE = {"media_type": "image/png", "width": 60, "height": 40}

# In this district …
INSIDE = (
    "samordnare",
    "redaktör sdf",
    "kommunpolis",
    "redaktör partner",
    "bidragsgivare",
    "bidragsgivare utan åtagande",
    "chef sdf",
    "chef polis",
    "chef partner",
    "läsare",
)
# … of the whole city, and elsewhere.
CITY = ("stadsledning", "systemförvaltare")
OUTSIDE = (
    "avslutad samordnare",
    "samordnare i annat område",
    "stadsledning i annan stad",
    "utan medlemskap",
    "inte inloggad",
)
EVERYBODY = INSIDE + CITY + OUTSIDE


@dataclass
class Door:
    """A district with a plan, and the people who come to it."""

    state: PlanState = PlanState.DECIDED

    def __post_init__(self) -> None:
        a_catalogue()
        self.district: District = a_district("Skarpnäck", "skarpnack")
        self.sdf: Party = administration_of(self.district)
        self.police: Party = police_of(self.district)
        self.own_party: Party = self.sdf  # that of whoever is at the door
        self.partner: Party = a_party(self.district, PartyKind.PARTNER, name="Bostadsbolaget")
        self.idle: Party = a_party(self.district, PartyKind.PARTNER, name="Föreningen")
        self.plan: Plan = a_plan(self.district, 2025, agreement=an_agreement(self.district))
        self.action = an_action(self.plan, self.sdf, self.police, self.partner)
        self.goal = self.action.goals.create(text="Minst två vandringar")
        settle(self.plan, self.state)
        if self.state in (PlanState.DECIDED, PlanState.CLOSED):
            a_decision(self.plan)

    @cached_property
    def report(self) -> Report:
        """The district's lägesbild of the plan's year, with a map in it."""
        return self._report(ReportKind.PICTURE)

    @cached_property
    def status_report(self) -> Report:
        return self._report(ReportKind.STATUS)

    def _report(self, kind: ReportKind) -> Report:
        """By the administration and the police."""
        report = Report.objects.create(
            kind=kind,
            district=self.district,
            year=2025,
            catalogue=self.plan.catalogue,
        )
        for party in (self.sdf, self.police):
            report.behind.create(party=party)
        image, content = drawn(60, 40)
        report.all_sections.create(heading="Karta").blocks.create(
            form="bild", image=as_plain(image)
        )
        Image.objects.get_or_create(
            district=self.district,
            sha256=image.sha256,
            defaults={"content": content, **_OF_IMAGE},
        )
        area = self.plan.catalogue.areas.first()
        report.all_sections.create(
            heading="Ett område", form="omrade", area=area, position=1
        ).priorities.create(text="Fler vuxna ute")
        settle(report, self.state)
        if self.state in (PlanState.DECIDED, PlanState.CLOSED):
            a_decision(report)
        return report

    @property
    def report_area(self) -> Section:
        """The section of it that is about one of the city's areas, with a priority in it."""
        return self.report.all_sections.get(form="omrade")

    @cached_property
    def later_plan(self) -> Plan:
        """That of the year after, in the same state."""
        plan = a_plan(self.district, 2026, agreement=self.plan.agreement)
        an_action(plan, self.sdf, self.police, self.partner)
        return settle(plan, self.state)

    @cached_property
    def indicator(self) -> Indicator:
        indicator = self.reading.changes.get().indicator
        assert indicator
        return indicator

    @cached_property
    def reading(self) -> Reading:
        return read_in(self.district, "Skadegörelse", {"2024": 142})

    @cached_property
    def round(self) -> FollowUpRound:
        return a_round(self.plan)

    @cached_property
    def closed_round(self) -> FollowUpRound:
        return a_round(self.plan, is_open=False, name="Stängd")

    @cached_property
    def link(self) -> AnswerLink:
        """The police's, to answer without a log-in."""
        return AnswerLink.objects.create(
            round=self.round,
            party=self.police,
            email="polisen@exempel.se",
            created_by=self.somebody.user,
            expires_at=timezone.now() + timedelta(1),
        )

    @cached_property
    def calendar(self) -> CalendarAddress:
        return CalendarAddress.objects.create(user=self.somebody.user)

    def rewritten(self) -> None:
        """The action's time has been another."""
        self._did(Change.Op.SET, field="timing", before="Våren", after=self.action.timing)

    def removed(self) -> int:
        """Somebody has taken a row away; the turn in which that was done."""
        place = {"in": "", "index": 0}
        doc = {"uuid": str(uuid4()), "heading": "Bakgrund"}
        return self._did(
            Change.Op.REMOVED, doc["uuid"], "section", before={"place": place, "doc": doc}
        )

    def _did(self, op: str, row: str = "", kind: str = "action", **said: Any) -> int:
        Change.objects.create(
            plan=self.plan, number=2, turn=2, op=op, kind=kind, row=row or self.action.uuid, **said
        )
        self.plan.version = 2
        Plan.objects.filter(pk=self.plan.pk).update(version=2)
        return 2

    @cached_property
    def somebody(self) -> Membership:
        """A member of the district who is none of those who come to the door."""
        return a_member(Role.READER, self.district).memberships.get()

    @cached_property
    def sent_report(self) -> Any:
        """The draft of the report, as it was when it was sent."""
        document = document_of_report(self.report)
        return self.report.sent_drafts.create(document=encode(document), sha256="0" * 64)

    @property
    def content_hash(self) -> str:
        return current_document(Plan.objects.get(pk=self.plan.pk)).content_hash()

    @cached_property
    def upload(self) -> Upload:
        """A file that somebody is about to read in, for a year that has no plan."""
        document = replace(current_document(self.plan), rounds=())
        upload = UPLOADS.keep(
            actor=None,
            district=self.district,
            name="plan.json",
            content=write_json(Envelope(document)),
            start=date(2031, 1, 1),
            end=date(2031, 12, 31),
        )
        UPLOADS.read(upload)
        return upload

    @cached_property
    def report_upload(self) -> ReportUpload:
        """A file that somebody is about to read in, for a year that has no report."""
        document = document_of_report(self.report)
        upload = REPORT_UPLOADS.keep(
            actor=None,
            district=self.district,
            name="lagesbild.json",
            content=write_report(ReportEnvelope(document, images=images_of(self.report, document))),
            kind=self.report.kind,
            year=2031,
        )
        REPORT_UPLOADS.read(upload)
        return upload

    def exchange_file(self, of_round: FollowUpRound | None = None) -> ExchangeFile:
        """What the police have sent back, of a round or of what they undertake."""
        place = Place(self.plan, self.police, of_round)
        content = write_exchange(made_now(place))
        return ExchangeFile.objects.create(
            plan=self.plan,
            round=of_round,
            party=self.police,
            made_at=timezone.now(),
            name="polisen.xlsx",
            content=content,
            sha256="0" * 64,
            by=self.somebody.user,
        )

    @cached_property
    def sent_draft(self) -> SentDraft:
        return SentDraft.objects.create(plan=self.plan, document=b"{}", sha256="0" * 64)

    @cached_property
    def comment(self) -> Comment:
        """Somebody's, about the action of the plan."""
        where = {"plan": self.plan, "kind": "action", "row": self.action.uuid}
        return Comment.objects.create(**where, text="Hur går det?", by=self.somebody.user)

    @cached_property
    def area(self) -> PriorityArea:
        """An area in the city's catalogue, in no plan."""
        return an_area(self.plan.catalogue, "Ett nytt område")

    @cached_property
    def elsewhere(self) -> District:
        return a_district("Farsta", "farsta")

    def person(self, who: str) -> User | None:
        here = self.district
        match who:
            case "samordnare":
                return a_member(Role.COORDINATOR, here, self.sdf)
            case "redaktör sdf":
                return a_member(Role.EDITOR, here, self.sdf)
            case "kommunpolis":
                return a_member(Role.EDITOR, here, self.police)
            case "redaktör partner":
                return a_member(Role.EDITOR, here, self.partner)
            case "bidragsgivare":
                return a_member(Role.CONTRIBUTOR, here, self.partner)
            case "bidragsgivare utan åtagande":
                return a_member(Role.CONTRIBUTOR, here, self.idle)
            case "chef sdf":
                return a_member(Role.MANAGER, here, self.sdf)
            case "chef polis":
                return a_member(Role.MANAGER, here, self.police)
            case "chef partner":
                return a_member(Role.MANAGER, here, self.partner)
            case "läsare":
                return a_member(Role.READER, here)
            case "stadsledning":
                return a_member(Role.CITY)
            case "systemförvaltare":
                return a_member(Role.ADMINISTRATOR)
            case "avslutad samordnare":
                return a_member(Role.COORDINATOR, here, self.sdf, is_active=False)
            case "samordnare i annat område":
                return a_member(Role.COORDINATOR, self.elsewhere)
            case "stadsledning i annan stad":
                return a_member(Role.CITY, municipality=a_municipality("Lillstad", "lillstad"))
            case "utan medlemskap":
                return a_user()
            case "inte inloggad":
                return None
        raise ValueError(who)
