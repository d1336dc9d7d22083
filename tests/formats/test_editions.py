"""What is internal is in no file of the public edition: not in its text, nor in anything beside it."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pikepdf
import pytest
from pypdf import PdfReader

from plans.document import Envelope
from plans.edition import public
from plans.services.files import KINDS, Kind, Paper
from plans.vocabulary import Layout
from samverkan.edition import Edition
from tests.formats.samples import full
from tests.formats.test_pdf import DRAFT
from tests.planting import planted


def everything_in(content: bytes) -> str:
    """Every stream of the file, opened, and of the files in it; and its text as it is read."""
    found = [content]
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            found += [packed.read(name) for name in packed.namelist()]
    text = ""
    if content.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(content))
        text = "".join(page.extract_text() for page in reader.pages)
        text += " ".join(str(value) for value in (reader.metadata or {}).values())
        with pikepdf.open(BytesIO(content)) as pdf:
            found += [
                one.read_bytes()
                for one in pdf.objects
                if isinstance(one, pikepdf.Stream)
                and one.get("/Subtype") not in ("/Image",)
                and "/Length1" not in one
            ]
            text += " ".join(str(one) for one in pdf.objects)
            for stream in list(found):
                if stream.startswith(b"PK"):
                    text += everything_in(stream)
    return text + " ".join(one.decode("utf-8", "replace") for one in found)


def files_of(kind: Kind, envelope: Envelope) -> list[bytes]:
    parties = [party.key for party in envelope.document.parties] if kind.is_of_party else [""]
    return [kind.write(Paper(envelope, DRAFT, party)) for party in parties]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_word_that_is_internal_is_anywhere_in_a_public_file(kind, layout):
    document, hidden, shown = planted(full(layout))
    envelope = Envelope(public(document), edition=Edition.PUBLIC)
    text = "".join(everything_in(file) for file in files_of(kind, envelope))
    assert [word for word in hidden if word in text] == []
    # The same search finds what the file does say.
    whole = "".join(everything_in(file) for file in files_of(kind, Envelope(document)))
    if kind.name.startswith("atgardsplan."):
        assert all(word in text for word in shown)
        assert all(word in whole for word in hidden)
