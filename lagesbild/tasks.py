"""What is done in the background about a report: files are made."""

from django_tasks import task

from lagesbild.models import Report
from lagesbild.services.files import KINDS, Wanted
from samverkan.documents import store
from samverkan.edition import Edition


@task()
def make_report_file(*, report_id: int, name: str, edition: str) -> None:
    """What somebody waits for."""
    report = Report.objects.select_related("district").filter(pk=report_id).first()
    if report is None:  # removed since
        return
    wanted = Wanted(report, KINDS[name], Edition(edition))
    store.make(wanted.key, wanted.subject, wanted.make)
