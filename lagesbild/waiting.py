"""What in the reports waits for a user on the start page (plans/waiting.py has what does in plans)."""

from collections.abc import Iterable
from typing import Any

from lagesbild.models import Report
from lagesbild.services.workflow import REPORTS
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.organisation.vocabulary import Role
from samverkan.workflow.vocabulary import UNDER_WAY, State
from samverkan.workflow.waiting import Answers, Task, to_approve, to_coordinate


def reports_under_way(user: Any, districts: Iterable[District]) -> list[Report]:
    """Those in the districts that are not decided yet, and that the user may read."""
    reports = Report.objects.with_heading().filter(district__in=districts, state__in=UNDER_WAY)
    return [report for report in reports if may(user, Right.READ, report)]


def waiting_for(user: Any, reports: Iterable[Report]) -> list[Task]:
    reports = list(reports)
    if not reports:
        return []
    sent = [report for report in reports if report.state == State.CONSULTATION]
    answers = Answers(REPORTS, reports)
    return list(
        dict.fromkeys(  # who has two roles for a party is asked once
            [
                *to_approve(user, sent, answers),
                *_to_reply(user, sent),
                *to_coordinate(user, reports, answers),
            ]
        )
    )


def _to_reply(user: Any, reports: Iterable[Report]) -> list[Task]:
    return [
        Task(
            f"Läs igenom {report.word_for_it.lower()}, och ändra det som inte stämmer",
            report,
            report.reply_by,
            membership.party,
        )
        for report in reports
        for membership in memberships_in(user, report)
        if membership.role == Role.EDITOR and may(user, Right.EDIT_OWN, report, membership.party)
    ]
