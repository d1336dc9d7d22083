"""What is done in the background about a report: files are made, read, and forgotten."""

from django_tasks import task

from lagesbild.models import Report, Upload
from lagesbild.services.files import KINDS, Wanted
from lagesbild.services.uploads import UPLOADS
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


@task()
def read_report_upload(*, upload_id: int) -> None:
    """A file that takes longer to read than somebody should wait for a page."""
    upload = Upload.objects.select_related("district__municipality").filter(pk=upload_id).first()
    if upload is not None:
        UPLOADS.read(upload)


@task()
def forget_report_upload(*, upload_id: int) -> None:
    """A file that nobody has done anything with for a month."""
    UPLOADS.forget_unused(upload_id)
