"""How sure it is what a piece of a file became, and what can be asked about it."""

from collections.abc import Mapping

import msgspec
from django.db.models import TextChoices

from samverkan.document import DecisionDoc

# What somebody has said about words that the reading was unsure of: the key of a question, and the
# value of the option that she chose. It holds for the next file with the same words too.
Answers = Mapping[str, str]


class Sureness(TextChoices):
    CERTAIN = "saker", "säker"
    LIKELY = "trolig", "trolig"
    UNSURE = "osaker", "osäker"
    EXTRA = "ovrigt", "sparas som övrigt"
    # A heading, a help text, a figure of the summary: the form's own, and no part of what is read.
    FORM = "formular", "formulärets egen text"


class Option(msgspec.Struct, frozen=True):
    value: str
    words: str


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """What can be set right with a click. With no options the answer is typed."""

    key: str
    asks: str  # "Vad står i kolumnen ”Ansv. pers.”?"
    answer: str  # that the reading went by
    sureness: str
    options: tuple[Option, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What holds of a file whatever it became."""

    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    decision: DecisionDoc | None = None  # in the file: where it comes from, never an approval
