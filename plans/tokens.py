"""Addresses that are keys: a row's number, signed with the installation's key.

Whoever has read the database has no addresses, for none is stored. What the key opens, and for how
long, stands in the row.
"""

from django.core.signing import BadSignature, Signer
from django.db import models


def token_of(row: models.Model) -> str:
    return _signer(type(row)).sign(row.pk)


def number_in(token: str, model: type[models.Model]) -> int | None:
    """The number of the row that the token was made for; none where somebody has altered it."""
    try:
        return int(_signer(model).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(model: type[models.Model]) -> Signer:
    """A token for one kind of row opens no other."""
    return Signer(sep=".", salt=f"samverkan.{model._meta.label_lower}")
