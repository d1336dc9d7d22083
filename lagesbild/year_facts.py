"""What the year cycle (plans/year.py) is told of a district's reports."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lagesbild.access import DistrictReports
from lagesbild.addresses import WRITE_PAGES, address_of
from lagesbild.models import Approval, Report
from lagesbild.vocabulary import ReportKind
from plans.vocabulary import Moment, PlanState
from plans.year import Do, ReportFact
from plans.year_facts import Reports
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.workflow.vocabulary import UNDER_WAY

_MOMENTS = {ReportKind.PICTURE: Moment.REPORT, ReportKind.STATUS: Moment.STATUS_REPORT}


def reports_of(user: Any, district: District, year: int) -> Reports:
    """Those that are decided, which is no secret, and those being written that the user reads."""
    reports = DistrictReports(user, district)
    shown = [one for one in reports.all if one in reports.readable or one.state not in UNDER_WAY]
    answered = _answered(user, shown)
    facts = [_fact(reports, one, answered) for one in shown]
    return facts, _create_urls(user, district, year)


def _fact(reports: DistrictReports, report: Report, answered: set[tuple[int, int]]) -> ReportFact:
    is_read = report in reports.readable
    do, do_url = _to_do(reports, report, answered) if is_read else (None, "")
    decision = getattr(report, "decision", None)
    return ReportFact(
        moment=_MOMENTS[ReportKind(report.kind)],
        year=report.year,
        name=f"{report.word_for_it} för {report.year}",
        state=PlanState(report.state),
        decided_on=decision.decided_on if decision else None,
        reply_by=report.reply_by,
        url=address_of(report, reports.readable) if is_read else "",
        do=do,
        do_url=do_url,
    )


def _to_do(
    reports: DistrictReports, report: Report, answered: set[tuple[int, int]]
) -> tuple[Do | None, str]:
    user = reports.user
    is_sent = report.state == PlanState.CONSULTATION
    here = address_of(report, reports.all)
    parties = [m.party for m in memberships_in(user, report) if m.party]
    for party in parties:
        if may(user, Right.APPROVE, report, party) and (report.pk, party.pk) not in answered:
            return Do.APPROVE_REPORT, here
    if report.state not in UNDER_WAY:
        return None, ""
    write = address_of(report, reports.all, WRITE_PAGES[ReportKind(report.kind)])
    if may(user, Right.CHANGE_STATE, report):
        return (Do.GATHER, here) if is_sent else (Do.WRITE_REPORT, write)
    if any(may(user, Right.EDIT_OWN, report, party) for party in parties):
        return (Do.READ_REPORT, here) if is_sent else (Do.WRITE_REPORT, write)
    return None, ""


def _answered(user: Any, reports: Iterable[Report]) -> set[tuple[int, int]]:
    """Which reports on consultation have had their answer, by party, as they stand now."""
    sent = {one.pk: one.version for one in reports if one.state == PlanState.CONSULTATION}
    parties = {m.party_id for m in user.standing if m.party_id}
    if not sent or not parties:
        return set()
    answers = Approval.objects.filter(report__in=sent, party__in=parties)
    return {
        (report, party)
        for report, party, version in answers.values_list("report", "party", "version")
        if version == sent[report]
    }


def _create_urls(user: Any, district: District, year: int) -> dict[Moment, str]:
    if not may(user, Right.CREATE_REPORT, district):
        return {}
    page = reverse("report-create", args=[district.slug])
    return {
        moment: f"{page}?{urlencode({'slag': kind.value, 'ar': year})}"
        for kind, moment in _MOMENTS.items()
    }
