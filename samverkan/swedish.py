"""Swedish order: å, ä and ö last, upper and lower case together. The same on both databases.

And the one ending that a name is given in a heading.
"""

import unicodedata

from django.db.backends.signals import connection_created
from django.db.models import F
from django.db.models.functions import Collate

# PostgreSQL has this collation from ICU; on SQLite we register one of the same name.
COLLATION = "sv-x-icu"

_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}


def sort_key(text: str) -> str:
    """What to sort a Swedish text by: accents other than those of å, ä, ö do not count."""
    letters = []
    for letter in unicodedata.normalize("NFC", text.casefold()):
        letters.append(_AFTER_Z.get(letter) or unicodedata.normalize("NFD", letter)[0])
    return "".join(letters)


def genitive(name: str) -> str:
    """Polisens, MTR:s; and SHIS, which has its s already."""
    if name[-1:].casefold() in ("s", "x", "z"):
        return name
    is_abbreviation = name.split(" ")[-1].isupper()
    return f"{name}:s" if is_abbreviation else f"{name}s"


def in_order(field: str):
    """For order_by() and Meta.ordering."""
    return Collate(F(field), COLLATION).asc()


def _compare(one: str, other: str) -> int:
    a, b = (sort_key(one), one), (sort_key(other), other)
    return (a > b) - (a < b)


def register_collation(connection, **_):
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)


def connect():
    connection_created.connect(register_collation, dispatch_uid="swedish-collation")
