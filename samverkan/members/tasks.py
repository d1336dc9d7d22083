"""What is sent in the background, after the invitation has been stored."""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from samverkan.mail import send
from samverkan.organisation.models import User


@task()
def send_invitation(
    *, user_id: int, district: str, inviter: str, site: str, role: str = ""
) -> None:
    """The link is made here, when it is sent: no queue and no log ever holds one."""
    user = User.objects.get(pk=user_id)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    words = {
        "user": user,
        "district": district,
        "role": role,
        "inviter": inviter,
        "link": urljoin(site, path),
        "site": site,
    }
    send(
        to=user.email,
        subject=f"Inbjudan till Samverkan i {district}" if district else "Inbjudan till Samverkan",
        text=render_to_string("organisation/email/invitation.txt", words),
    )
