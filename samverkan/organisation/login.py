"""Who comes in: only those who have been invited. Nobody signs up, with a password or without."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot är avstängt. Fråga samordnaren i ditt område.",
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "enter_current_password": "Skriv det lösenord du har nu.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "invalid_login": "Det gick inte att logga in. Försök igen.",
        "invalid_password_reset": "Länken går inte att använda längre. Be om en ny.",
        "too_many_login_attempts": "Det har blivit för många försök. Vänta fem minuter.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Tvåstegsinloggningen kan inte stängas av.",
        "cannot_generate_recovery_codes": (
            "Reservkoder finns bara tillsammans med tvåstegsinloggning. Sätt på den först."
        ),
        "incorrect_code": "Koden stämmer inte. Vänta på nästa kod i appen och försök igen.",
        "rate_limited": "Det har blivit för många försök. Vänta en stund.",
    }
