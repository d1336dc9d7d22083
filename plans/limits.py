"""How often an address that is a key may be asked for: by one caller, and with one key.

Counted as the log-in's attempts are, in the cache that all web processes share.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

# One who answers saves each field as she leaves it; a whole house may stand behind one number.
RATES = {
    "answer-link": "300/m/ip,120/m/key",
    "calendar": "300/m/ip,60/h/key",
}


def is_within(request: HttpRequest, what: str, key: str) -> bool:
    return bool(
        ratelimit.consume(
            request, app="samverkan", action=what, config=RATES, key=key, limit_get=True
        )
    )
