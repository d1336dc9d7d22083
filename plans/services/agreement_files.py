"""An agreement as a file: what is made from it now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import msgspec
from django.conf import settings
from django.utils import timezone

from plans.agreement import AgreementDocument, write_json
from plans.models import Agreement
from plans.services.agreements import agreement_document
from plans.writing.agreement import write_docx, write_pdf
from samverkan.document import encode
from samverkan.documents import store
from samverkan.documents.layout import layout_of
from samverkan.documents.standing import Standing


@dataclass(frozen=True)
class Kind:
    extension: str
    label: str
    write: Callable[[AgreementDocument, Standing], bytes]
    takes_time: bool = True

    @property
    def is_shown(self) -> bool:
        """A browser shows a PDF, and is asked to keep the rest."""
        return self.extension == "pdf"


KINDS = {
    f"overenskommelse.{kind.extension}": kind
    for kind in (
        Kind("pdf", "PDF", write_pdf),
        Kind("docx", "Word", write_docx),
        Kind("json", "JSON", lambda document, standing: write_json(document), takes_time=False),
    )
}


@dataclass(frozen=True)
class Wanted:
    """A file of an agreement as it stands now."""

    agreement: Agreement
    kind: Kind

    @cached_property
    def _document(self) -> AgreementDocument:
        return agreement_document(self.agreement)

    @cached_property
    def _standing(self) -> Standing:
        document = self._document
        return Standing(
            state="Undertecknad" if document.signed_on else "Att underteckna",
            content_hash=document.content_hash(),
            printed_on=timezone.localdate(),
            is_decided=True,  # what is to be signed is no draft on paper
            decided_on=document.signed_on,
        )

    @property
    def key(self) -> str:
        """Of all that it says. The day that it happens to be made is not a part of that."""
        standing = msgspec.json.encode(replace(self._standing, printed_on=date.min))
        base = settings.BASE_DIR
        layout = layout_of(
            base / "plans",
            base / "samverkan",
            base / "templates" / "plans" / "agreement",
            base / "templates" / "documents",
            base / "static" / "css",
        )
        return store.key_of(self.kind.extension.encode(), encode(self._document), standing, layout)

    version = ""  # the document itself is quick to read

    @property
    def subject(self) -> str:
        return f"agreement/{self.agreement.pk}/{self.kind.extension}"

    @property
    def title(self) -> str:
        return self.agreement.title

    @property
    def file_name(self) -> str:
        return f"{self.agreement.title}.{self.kind.extension}"

    def make(self) -> bytes:
        return self.kind.write(self._document, self._standing)
