"""What is done in the background for those who write together."""

from urllib.parse import urljoin

from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django_tasks import task

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.comments import address_of
from samverkan.collaboration.wings import wing_of
from samverkan.mail import send
from samverkan.organisation.models import User


@task()
def send_mention(*, of: str, comment_id: int, user_id: int) -> None:
    """That she is spoken to, by whom and where: not what is said, which stays in the app. `of` says
    what kind of comment it is."""
    comments = apps.get_model(of)._default_manager.select_related("by")
    comment = comments.filter(pk=comment_id, taken_back_at=None).first()
    if comment is None:
        return
    user = User.objects.get(pk=user_id)
    parties = {membership.party_id for membership in user.standing} - {None}
    work = wing_of(comment.work).known(comment.work, parties)
    if not may(user, Right.READ_COMMENTS, work):  # her part in it may have ended since
        return
    path = f"{address_of(work, comment.kind, comment.row)}#kommentar-{comment.pk}"
    words = {
        "user": user,
        "comment": comment,
        "work": work,
        "link": urljoin(settings.SITE_URL, path),
    }
    text = render_to_string("collaboration/email/mentioned.txt", words)
    send(to=user.email, subject=f"{comment.by} nämner dig: {work}", text=text)
