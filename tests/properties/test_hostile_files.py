"""Files that somebody or something has damaged: a plan or a sentence, and never anything else."""

import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.document import NotAPlan, validated
from plans.models import Action, Plan, Upload
from plans.reading.files import read_file
from plans.reading.outcome import Reading
from plans.services.loading import to_document
from plans.services.uploads import UPLOADS
from samverkan.organisation.models import District, Municipality
from samverkan.site import demonstration
from tests.factories import a_district
from tests.formats.corpus_excel import CORPUS as EXCEL
from tests.formats.corpus_word import CORPUS as WORD
from tests.importing.files import an_upload, read_in
from tests.reading.sources import known

FILES = [*EXCEL.values(), *WORD.values()]
SECONDS = 10  # no file may take longer
TEXT = re.compile(rb"(<(?:w:)?t(?: [^>]*)?>)([^<]*)(</(?:w:)?t>)")
REFERENCE = re.compile(rb'((?:\br|ref|w:val)=")([^"]*)(")')
# What finds the joints of a reader: other labels, other areas, nothing, far too much.
WORDS = (
    *("Åtgärd", "Problem", "Orsak", "Uppföljning", "Löptid", "Lägesbild", "Polisens åtagande"),
    *(
        "Aktivitet",
        "Antal problem",
        "[Eget prioriterat område]",
        "Otrygga platser",
        "Samman kallande",
    ),
    *("", " ", "- ", ":", "a:b", "2025-02-30", "45747", "=1+1", "\u202e\u0644", "🚨", "x" * 400),
)
REFERENCES = (
    "A1",
    "XFD1048576",
    "A1:XFD1048576",
    "B2:A1",
    "",
    "0",
    "-1",
    "99999999999",
    "Heading 1",
)
Change = Callable[[Any, bytes], bytes]


@cache
def built(number: int) -> bytes:
    return FILES[number]()


@st.composite
def damaged(draw: Any) -> bytes:
    content = built(draw(st.integers(0, len(FILES) - 1)))
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        content = change(draw, content)
    return content


def _cut(draw: Any, content: bytes) -> bytes:
    return content[: draw(st.integers(0, len(content)))]


def _flip(draw: Any, content: bytes) -> bytes:
    damaged = bytearray(content)
    for place in draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=8)):
        if damaged:
            damaged[place] ^= draw(st.integers(1, 255))
    return bytes(damaged)


def _lose_a_part(draw: Any, content: bytes) -> bytes:
    return _packed(content, lambda parts: parts.pop(draw(st.sampled_from(sorted(parts)))))


def _swap_parts(draw: Any, content: bytes) -> bytes:
    def swap(parts: dict[str, bytes]) -> None:
        one, other = (draw(st.sampled_from(sorted(parts))) for _ in range(2))
        parts[one], parts[other] = parts[other], parts[one]

    return _packed(content, swap)


def _say_something_else(draw: Any, content: bytes) -> bytes:
    return _in_xml(draw, content, TEXT, WORDS)


def _stand_somewhere_else(draw: Any, content: bytes) -> bytes:
    return _in_xml(draw, content, REFERENCE, REFERENCES)


def _repeat_a_piece(draw: Any, content: bytes) -> bytes:
    """A row, a table, a paragraph: once more, or a hundred times."""
    element = draw(
        st.sampled_from((rb"row", rb"c", rb"w:tbl", rb"w:tr", rb"w:tc", rb"w:p", rb"si"))
    )
    whole = re.compile(rb"<%s[ >].*?</%s>" % (element, element), re.DOTALL)
    times = draw(st.sampled_from((0, 2, 100)))

    def repeat(parts: dict[str, bytes]) -> None:
        for name, part in parts.items():
            if found := whole.search(part):
                parts[name] = part.replace(found.group(), found.group() * times, 1)
                return

    return _packed(content, repeat)


CHANGES: tuple[Change, ...] = (
    _cut,
    _flip,
    _lose_a_part,
    _swap_parts,
    _say_something_else,
    _say_something_else,
    _stand_somewhere_else,
    _repeat_a_piece,
)


def _in_xml(draw: Any, content: bytes, where: re.Pattern[bytes], words: tuple[str, ...]) -> bytes:
    """Other words in some of the places, whichever part they are in."""

    def change(parts: dict[str, bytes]) -> None:
        for name in sorted(parts):
            count = len(where.findall(parts[name]))
            if not count or not name.endswith(".xml"):
                continue
            chosen = draw(st.lists(st.integers(0, count - 1), max_size=5))
            number = iter(range(count))

            def other(found: re.Match[bytes], chosen: Any = chosen, number: Any = number) -> bytes:
                if next(number) not in chosen:
                    return found.group()
                word = draw(st.sampled_from(words)).replace("<", "").encode()
                return found.group(1) + word + found.group(3)

            parts[name] = where.sub(other, parts[name])

    return _packed(content, change)


def _packed(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The parts changed and packed again; a file that cannot be opened any more is left as it is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # it was damaged before, in whichever way
        return content
    if parts:
        change(parts)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


@contextmanager
def in_time() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(f"the file took more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@settings(
    max_examples=2 * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(content=damaged())
def test_a_damaged_file_is_a_plan_or_a_sentence(content: bytes) -> None:
    with in_time():
        outcome = read_or_refused(content)
    if isinstance(outcome, Reading):
        assert validated(outcome.document).areas
    else:
        assert outcome.endswith(".")


def read_or_refused(content: bytes) -> Reading | str:
    try:
        return read_file(content, known=known(name="Ängsholmen"), answers={})
    except NotAPlan as refusal:
        return str(refusal)


@pytest.fixture
def place(db: None) -> District:
    data = demonstration.read("organisation.json")
    city = Municipality.objects.create(**data["municipality"])
    demonstration.load_catalogues(city, data["catalogues"])
    return a_district("Tallbacken", "tallbacken", municipality=city)


# Each example is rolled back, so the district is as new for the next.
@settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=damaged())
def test_a_damaged_file_is_read_in_whole_or_not_at_all(content: bytes, place: District) -> None:
    with transaction.atomic():
        upload = an_upload(None, place, content, "plan")
        reading = UPLOADS.reading_of(upload)
        if is_read_in(upload):
            assert reading
            stored = to_document(Plan.objects.with_heading().get())
            assert stored.areas == reading.document.areas
            assert stored.extras == reading.document.extras
        else:
            assert not Plan.objects.exists()
            assert not Action.objects.exists()
        transaction.set_rollback(True)


def is_read_in(upload: Upload) -> bool:
    if UPLOADS.reading_of(upload) is None:
        assert upload.refusal
        return False
    try:
        with transaction.atomic():
            read_in(None, upload)
    except (NotAPlan, ValidationError):
        return False
    return True
