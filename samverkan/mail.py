"""A letter to one person, in plain text."""

from django.core.mail import send_mail

from samverkan.text import clean_line


def send(*, to: str, subject: str, text: str) -> None:
    """A line break in a name would be a header of its own, and such a letter is never sent."""
    send_mail(clean_line(subject), text, None, [to])
