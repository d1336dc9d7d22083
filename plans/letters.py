"""The letters about a round that is to be answered, as tasks.

The address of a link is made here, when it is sent: no queue and no log ever holds one.
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from plans.models import AnswerLink
from plans.services import links, reminding
from plans.vocabulary import Occasion
from samverkan.mail import send


@task()
def send_answer_link(*, link_id: int) -> None:
    link = links.with_place().select_related("created_by").get(pk=link_id)
    if not links.can_be_answered(link):  # it has been taken back meanwhile
        return
    words = _words(link)
    text = render_to_string("plans/email/answer_link.txt", words)
    about = f"Uppföljning: {link.round}, {link.round.period.district}"
    send(to=link.email, subject=about, text=text)


@task()
def remind_by_link(*, link_id: int, left: int) -> None:
    link = links.with_place().get(pk=link_id)
    if not links.can_be_answered(link):
        return
    words = _words(link) | {"left": left}
    text = render_to_string("plans/email/reminder_by_link.txt", words)
    send(to=link.email, subject=reminding.subject([link.round.name]), text=text)


@task()
def tell_of_opened() -> None:
    """Those who have not been told yet of the rounds that are new."""
    reminding.remind(only={Occasion.OPENED})


def _words(link: AnswerLink) -> dict[str, Any]:
    is_late = link.round.due_date < timezone.localdate()
    return {"link": link, "address": links.address_of(link), "is_late": is_late}
