"""The comments in reports that name a user, for the start page: until she answers, or they are settled."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from lagesbild.models import Comment, Report
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.comments import open_words, threads_of
from samverkan.organisation.models import District
from samverkan.workflow.waiting import Task


class TalkTask(Task):
    def address(self, among: Iterable[Any] = ()) -> str:
        return reverse("report-comments", args=[self.work.district.slug, self.work.pk])


def waiting_in_talk(user: Any, districts: Iterable[District]) -> list[TalkTask]:
    """One question where nobody has named her, and four however much is said."""
    naming = Comment.objects.filter(mentions=user, report__district__in=districts)
    named = dict(naming.values_list("pk", "report"))
    if not named:
        return []
    reports = Report.objects.with_heading().filter(pk__in=set(named.values()))
    # A report that takes no more comments has none that wait.
    taking = [report for report in reports if may(user, Right.COMMENT, report)]
    by_report = defaultdict(list)
    for comment in Comment.objects.filter(report__in=taking):
        by_report[comment.report_id].append(comment)
    found = []
    for report in taking:
        threads = [thread for thread in threads_of(by_report[report.pk]) if thread.is_open]
        if number := sum(thread.waits_for(user, named) for thread in threads):
            found.append(TalkTask("Svara där du är nämnd", report, why=open_words(number)))
    return found
