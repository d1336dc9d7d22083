"""What is sent in the background about a plan."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from plans.models import Comment, Plan
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.organisation.models import User


@task()
def send_mention(*, comment_id: int, user_id: int) -> None:
    """That she is spoken to, by whom and where: not what is said, which stays in the app."""
    comment = Comment.objects.select_related("by").filter(pk=comment_id, taken_back_at=None).first()
    if comment is None:
        return
    user = User.objects.get(pk=user_id)
    plan = Plan.objects.with_heading().get(pk=comment.plan_id)
    if not may(user, Right.READ_COMMENTS, plan):  # her part in it may have ended since
        return
    where = [plan.district.slug, plan.pk, comment.kind, comment.row]
    path = reverse("row-comments", args=where) + f"#kommentar-{comment.pk}"
    words = {
        "user": user,
        "comment": comment,
        "plan": plan,
        "link": urljoin(settings.SITE_URL, path),
    }
    text = render_to_string("plans/email/mentioned.txt", words)
    send_mail(f"{comment.by} nämner dig: {plan}", text, None, [user.email])
