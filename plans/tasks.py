"""What is done in the background about a plan: files are made, and forgotten."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from plans.models import Agreement, ExchangeFile, Plan, Upload
from plans.services import agreement_files
from plans.services.files import KINDS, PREPARED, Wanted
from plans.services.uploads import UPLOADS
from samverkan.documents import store
from samverkan.edition import Edition

# As long as this without a change, a plan is taken to be left for now.
LEFT_ALONE = timedelta(minutes=1)


@task()
def make_file(*, plan_id: int, name: str, edition: str, party: str = "") -> None:
    """What somebody waits for, or will."""
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None:  # removed since
        return
    wanted = Wanted(plan, KINDS[name], Edition(edition), party)
    store.make(wanted.key, wanted.subject, wanted.make)


@task()
def make_agreement_file(*, agreement_id: int, name: str) -> None:
    """What somebody waits for."""
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    if agreement is not None:
        wanted = agreement_files.Wanted(agreement, agreement_files.KINDS[name])
        store.make(wanted.key, wanted.subject, wanted.make)


@task()
def prepare_files(*, plan_id: int) -> None:
    """Once the plan has been left alone for a while, so that nobody has to wait for them."""
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None:
        return
    left_alone = plan.changed_at + LEFT_ALONE if plan.changed_at else timezone.now()
    if left_alone > timezone.now():
        prepare_files.using(run_after=left_alone).enqueue(plan_id=plan_id)
        return
    for kind, edition in PREPARED:
        make_file.call(plan_id=plan_id, name=kind.name, edition=edition.value)


@task()
def read_upload(*, upload_id: int) -> None:
    """A file that takes longer to read than somebody should wait for a page."""
    upload = Upload.objects.select_related("district__municipality").filter(pk=upload_id).first()
    if upload is not None:
        UPLOADS.read(upload)


@task()
def forget_upload(*, upload_id: int) -> None:
    """A file that nobody has done anything with for a month."""
    UPLOADS.forget_unused(upload_id)


@task()
def forget_exchange_file(*, file_id: int) -> None:
    """One that was looked at, and not read in."""
    ExchangeFile.objects.filter(pk=file_id, read_in_at=None).delete()
