"""What was said of each area the last time that the district was told of, beside what is written now.

By the district itself, by another that covers it, or by what it was before: those that the reader
may read. Asks nothing of the database until somebody asks what was said.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from lagesbild.access import reports_before
from lagesbild.addresses import address_of
from lagesbild.document import ReportDocument, SectionDoc
from lagesbild.models import Report
from lagesbild.presentation import ReportView, SectionView
from lagesbild.services.loading import sections_of_all
from lagesbild.vocabulary import ReportKind
from plans.document import CatalogueDoc, DistrictDoc
from plans.models import PriorityArea
from samverkan.text import list_of

Key = tuple[
    int | None, str | None
]  # the catalogue of an area (none, where it is a district's own), its slug


@dataclass(frozen=True)
class Told:
    """What one report said of an area."""

    report: Report
    section: SectionView
    is_elsewhere: bool  # another district's report
    is_internal: bool  # it, or what it stands in

    @property
    def name(self) -> str:
        kind = f"{self.report.get_kind_display()} {self.report.year}"
        return f"{kind} för {self.report.district}" if self.is_elsewhere else kind

    @property
    def url(self) -> str:
        revision = str(self.report.revision)
        return f"{address_of(self.report, revision=revision)}#{self.section.anchor}"


@dataclass(frozen=True)
class Last:
    """What all of them said of it."""

    told: Sequence[Told] = ()

    def __bool__(self) -> bool:
        return bool(self.told)

    @property
    def year(self) -> int:
        return self.told[0].report.year

    @property
    def name(self) -> str:
        return list_of(dict.fromkeys(one.name for one in self.told))

    @property
    def in_a_word(self) -> str:
        """How it had changed then."""
        said = [one.direction for told in self.told for one in told.section.deviations]
        return list_of(dict.fromkeys(word.lower() for word in said))

    @property
    def words(self) -> list[tuple[SectionDoc, bool]]:
        """The text that can come along, and whether it was internal."""
        return [
            (one.section.doc, one.is_internal)
            for one in self.told
            if one.section.doc.description
            or any(not block.is_figure for block in one.section.doc.blocks)
        ]


class Before:
    def __init__(self, user: Any, report: Report):
        self.report = report
        self._user = user

    @cached_property
    def reports(self) -> Sequence[Report]:
        return reports_before(self._user, self.report)

    def of(self, area: SectionDoc) -> Last:
        """What there is to hold an area against, of the latest year; nothing of one that is new."""
        told = self._told.get((None if area.own else self.report.catalogue_id, area.slug), ())
        return Last([one for one in told if one.report.year == told[0].report.year])

    @cached_property
    def _told(self) -> Mapping[Key, Sequence[Told]]:
        found: dict[Key, list[Told]] = defaultdict(list)
        sections = sections_of_all(self.reports) if self.reports else {}
        for report in self.reports:
            is_elsewhere = report.district_id != self.report.district_id
            internal = set(_internal(sections[report.pk]))
            for area in ReportView(_document(report, sections[report.pk])).areas:
                if area.says_nothing:
                    continue
                key = (None if area.doc.own else report.catalogue_id, area.doc.slug)
                for now in self._became.get(key, [key]):
                    is_internal = area.doc.uuid in internal
                    found[now].append(Told(report, area, is_elsewhere, is_internal))
        return found

    @cached_property
    def _became(self) -> dict[Key, list[Key]]:
        """The areas of older catalogues, by what they are in this report's."""
        older = {report.catalogue_id for report in self.reports} - {self.report.catalogue_id}
        if not older:
            return {}
        found: dict[Key, list[Key]] = defaultdict(list)
        pairs = PriorityArea.successors.through.objects.filter(
            from_priorityarea__catalogue__in=older,
            to_priorityarea__catalogue=self.report.catalogue_id,
        ).values_list(
            "from_priorityarea__catalogue", "from_priorityarea__slug", "to_priorityarea__slug"
        )
        for catalogue, slug, became in pairs:
            found[catalogue, slug].append((self.report.catalogue_id, became))
        return found


def _internal(sections: Sequence[SectionDoc], *, within: bool = False) -> Iterator[UUID]:
    """The sections that the public edition leaves out."""
    for section in sections:
        if section.is_internal or within:
            yield section.uuid
        yield from _internal(section.sections, within=section.is_internal or within)


def _document(report: Report, sections: tuple[SectionDoc, ...]) -> ReportDocument:
    """As much of it as its areas are numbered and shown by."""
    district = report.district
    return ReportDocument(
        ReportKind(report.kind),
        DistrictDoc(district.slug, district.name, district.municipality.name),
        report.year,
        CatalogueDoc(report.catalogue.year, report.catalogue.name),
        sections=sections,
    )
