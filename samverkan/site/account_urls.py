"""Log-in and one's own account: of django-allauth's pages, those that we offer and no others.

Nobody signs up, changes e-mail address or connects accounts here: members are invited.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.urls import build_provider_urlpatterns
from django.urls import path, re_path

from samverkan.site import kept, views

urlpatterns = [
    path("", views.account, name="account"),
    path("kvar/", kept.page, name="kept"),
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("inaktivt/", account.account_inactive, name="account_inactive"),
    path("inbjudan/", account.signup, name="account_signup"),  # closed, and says why
    path("losenord/byt/", account.password_change, name="account_change_password"),
    path("losenord/valj/", account.password_set, name="account_set_password"),
    path("losenord/glomt/", account.password_reset, name="account_reset_password"),
    path("losenord/skickat/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("tvasteg/", mfa.index, name="mfa_index"),
    path("tvasteg/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("tvasteg/bekrafta/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tvasteg/satt-pa/", totp.activate_totp, name="mfa_activate_totp"),
    path("tvasteg/stang-av/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "tvasteg/reservkoder/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "tvasteg/reservkoder/nya/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tvasteg/reservkoder/fil/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # Single sign-on; not there (404) until the municipality's directory is set up.
    path("stadens/avbruten/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("stadens/fel/", social.login_error, name="socialaccount_login_error"),
    path("stadens/inbjudan/", social.signup, name="socialaccount_signup"),
    *build_provider_urlpatterns(),
]
