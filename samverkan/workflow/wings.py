"""What is particular to what takes the steps: its document, who its main parties are, its paper, and
what else hangs on it. Each wing registers its own as the app is made ready."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from samverkan.document import DecisionDoc
from samverkan.documents.standing import Standing

if TYPE_CHECKING:
    from samverkan.organisation.models import District, Party
    from samverkan.workflow.findings import Finding
    from samverkan.workflow.models import Approval, Decision, SentDraft


class Wing(ABC):
    approval: "type[Approval]"
    decision: "type[Decision]"
    sent_draft: "type[SentDraft]"
    has_parts = False  # in which each party has undertaken something of its own
    is_followed_up = False

    @property
    def name(self) -> str:
        """What its decision calls it, its addresses begin with and its events are of: "plan"."""
        return self.decision.of

    @abstractmethod
    def with_heading(self) -> QuerySet:
        """All there are, each with what every page says of it."""

    @abstractmethod
    def in_district(self, district: "District") -> QuerySet: ...

    @abstractmethod
    def in_common(self, work: Any) -> dict[str, Any]:
        """What it has in common with its revisions and with nothing else."""

    def revisions(self, work: Any) -> QuerySet:
        """Of the same thing, itself among them."""
        return type(work)._default_manager.filter(**self.in_common(work))

    @abstractmethod
    def address(
        self, work: Any, page: str = "", among: Iterable[Any] | None = None, **show: str
    ) -> str:
        """Where it is read, or another of its pages: "send". `among` are those of its district, where
        whoever asks has them."""

    # What is decided

    @abstractmethod
    def document(self, work: Any) -> Any:
        """What it says now. A decided one says what its decision froze."""

    def part_of(self, document: Any) -> Any:
        """What is decided of the document."""
        return document

    @abstractmethod
    def read(self, content: bytes) -> Any:
        """The document that a decision froze. msgspec.DecodeError, where it is none."""

    @abstractmethod
    def write_pdf(
        self, work: Any, document: Any, standing: Standing, decision: DecisionDoc
    ) -> bytes: ...

    @abstractmethod
    def findings(self, document: Any) -> "list[Finding]":
        """What looks like personal data in what is to be decided."""

    def counted(self, document: Any) -> str:
        """How much there is in it, for whoever approves it: "22 åtgärder"."""
        return ""

    def fault_beside(self, work: Any, document: Any) -> str:
        """What does not agree in what a frozen document names and does not hold."""
        return ""

    def file_of(self, work: Any, content: bytes) -> bytes:
        """A document that was frozen, with what it names and does not hold."""
        return content

    # Who has a part in it

    @abstractmethod
    def main_parties(self, work: Any) -> "list[Party]": ...

    def taking_part(self, work: Any) -> "list[Party]":
        """The main parties, and whoever else has undertaken something in it."""
        return self.main_parties(work)

    def share_of(self, work: Any, parties: "list[Party]") -> str:
        """What these parties have in it, in a sentence."""
        return ""

    # What hangs on it

    def open_rounds(self, document: Any) -> tuple[str, ...]:
        return ()

    @abstractmethod
    def new_revision(self, work: Any, number: int, document: Any = None) -> Any:
        """A draft with the same rows, or with what the document says instead."""

    @abstractmethod
    def has_been_decided(self, work: Any) -> None:
        """What is made ready for those who will read it."""


_wings: dict[type[Model], Wing] = {}


def register(work: type[Model], wing: Wing) -> None:
    _wings[work] = wing


def wing_of(work: Any) -> Wing:
    return _wings[type(work)]


def wing_named(name: str) -> Wing:
    return next(wing for wing in _wings.values() if wing.name == name)


def all_wings() -> Iterator[Wing]:
    yield from _wings.values()
