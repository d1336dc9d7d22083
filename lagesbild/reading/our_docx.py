"""Our own Word file of a report, read back after somebody has edited it (decision 16).

What is changed in its texts, its boxes and its tables is read from there; all else comes back as the
file carried it. What has been added comes in where it stands, where that can be told: a paragraph as
a piece of its section, a point as a row of its list, a picture as a figure. Else it is kept as extra.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import replace as replaced
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from msgspec.structs import replace

from lagesbild import prose
from lagesbild.document import (
    AimDoc,
    BlockDoc,
    Envelope,
    NotAReport,
    PriorityDoc,
    ReportDocument,
    ResultDoc,
    SectionDoc,
    SourceDoc,
    TableDoc,
    blocks_of,
)
from lagesbild.edition import pointing_inside, uuids_in
from lagesbild.presentation import NOTHING_MEASURED, ReportView
from lagesbild.reading.images import image_of, what_it_is
from lagesbild.vocabulary import BlockForm, SectionForm
from lagesbild.writing.docx import NAMESPACE
from plans.document import ExtraDoc
from samverkan import rich
from samverkan.document import Part, Prose, as_part, as_plain, decode_as
from samverkan.documents import docx
from samverkan.documents.docx_carried import Carried
from samverkan.documents.docx_edited import CannotStand, Edited, NoPlaces, short
from samverkan.documents.docx_places import (
    HEADING,
    TICKED,
    Paragraph,
    Stands,
    digest,
    said,
)
from samverkan.documents.docx_rich import is_listed, to_prose
from samverkan.office.package import NotOffice
from samverkan.office.word import COMMENT, ENDNOTE, text_of
from samverkan.office.word_file import WordFile
from samverkan.text import clean, list_of

# What is not read from the file: it comes back as the file carried it, whatever stands there. A field
# alone is that field of every part.
NOT_READ = (
    # Which report it is, for whom and for when.
    "CatalogueDoc.name",
    "DistrictDoc.name",
    "PartyDoc.name",
    "described_on",
    "instruction",
    "kind",
    "municipality",
    "revision",
    "short_name",
    "year",
    # What a thing is called by machines, and what points from one to another.
    "SectionDoc.name",
    "action",
    "figure",
    "handled_in",
    "indicator",
    "key",
    "own",
    "slug",
    "uuid",
    # How a figure is made, and what is said of it to those who do not see it. A picture that is changed
    # for another is read.
    "BlockDoc.description",
    "form",
    "height",
    "is_numbered",
    "labels_are",
    "media_type",
    "sha256",
    "shows_table",
    "unit",
    "width",
    # What is chosen among others.
    "grounds",
    "handled_as",
    "is_internal",
)

_NO_PLACES = (
    "Filen är hämtad ur Samverkan, men märkena runt texterna finns inte i den. Den läses därför som "
    "vilken Wordfil som helst: se efter att allt har hamnat rätt."
)
_BROKEN = "Filen är hämtad ur Samverkan, men lägesbildens data i den är trasig."
_OUTSIDE, _COPIED = "Skrivet utanför lägesbildens fält", "Kopierad text"

# Where something new can stand: after a row of a list, after a piece of a section, under a heading.
_ROW = re.compile(
    r"(?:(?P<of>.+)\.)?(?P<rows>aims|results|priorities|sources)\.(?P<place>\d+)\.\w+"
)
_BLOCK = re.compile(r"(?P<of>sections\.\d+(?:\.sections\.\d+)*)\.blocks\.(?P<place>\d+)(?:\..+)?")
_HEADING = re.compile(r"(?P<of>sections\.\d+(?:\.sections\.\d+)*)\.heading")
_KINDS: dict[str, Any] = {
    "aims": AimDoc,
    "results": ResultDoc,
    "priorities": PriorityDoc,
    "sources": SourceDoc,
}
_LABEL = re.compile(r"(?P<table>.+\.table)\.labels\.(?P<place>\d+)")
_VALUE = re.compile(r"(?P<table>.+\.table)\.series\.\d+\.values\.(?P<place>\d+)")


class AsAnyOther(Exception):
    """The file is ours, and can only be read as any Word file is; says why."""


@dataclass(frozen=True)
class ReadBack:
    envelope: Envelope
    warnings: tuple[str, ...]  # what differs from what the file carried


def read_docx(content: bytes) -> ReadBack | None:
    """The report in the file; nothing where the file is not one of ours."""
    try:
        opened = docx.open_word(content)
        text = opened.attached(NAMESPACE)
    except docx.NotWord:
        return None  # the reader of any Word file says what is wrong with it
    if text is None:
        return None
    try:
        carried = Carried.from_text(text)
    except (LookupError, TypeError, ValueError):
        raise AsAnyOther(_NO_PLACES) from None
    try:
        envelope = decode_as(carried.envelope, Envelope)
        return _Report(carried, envelope, opened, content).read_back(content)
    except NotAReport:
        raise
    except NoPlaces:
        raise AsAnyOther(_NO_PLACES) from None
    except (CannotStand, NotOffice) as error:
        raise NotAReport(str(error)) from error
    except msgspec.ValidationError as error:
        # What the report itself says against it is the cause, where there is one.
        raise NotAReport(f"Wordfilen går inte ihop: {error.__cause__ or error}.") from error
    except (LookupError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise NotAReport(_BROKEN) from error


@dataclass
class _New:
    """A row that has come in among others: after some of them, or first."""

    rows: list[dict]
    before: list[dict]  # those that stood before it
    row: dict

    def put_in(self) -> None:
        """After the last of them that still stands there."""
        places = [n for n, one in enumerate(self.rows) if any(one is row for row in self.before)]
        self.rows.insert(places[-1] + 1 if places else 0, self.row)


class _Report(Edited):
    def __init__(
        self, carried: Carried, envelope: Envelope, opened: docx.Opened, content: bytes
    ) -> None:
        super().__init__(carried, envelope.document, opened)
        self.envelope = envelope
        self.view = ReportView(envelope.document)
        self.names = list(carried.places)
        self.print = sha256(content).hexdigest()
        self.images: dict[str, bytes] = {}
        self.new: list[_New] = []
        self.extras: list[ExtraDoc] = []
        self.remarks: list[str] = []
        self.hidden = set(self._hidden_tables())

    def read_back(self, content: bytes) -> ReadBack:
        self._take_pictures()
        self._take_copies()
        self._take_what_is_new()
        self._keep_comments(content)
        # Known before anything is taken out, which moves what comes after it.
        blocks = {name: self.field_at(name)[0] for name in self.was if name.endswith(".table")}
        self.put_in()
        for table in self.hidden:
            blocks[table]["shows_table"] = False
        for table, place in self._labels_removed():
            _take_out_label(blocks[table]["table"], place)
        for one in reversed(self.new):
            one.put_in()
        self.plain["extras"] += [msgspec.to_builtins(extra) for extra in self.extras]
        document = self._whole()
        named = {block.image.sha256 for block in blocks_of(document) if block.image}
        images = {name: self.images[name] for name in sorted(named)}
        envelope = replace(self.envelope, document=document, images=images)
        return ReadBack(envelope, tuple(self._warnings()))

    def _uuid(self) -> UUID:
        """The same each time the same file is read."""
        return uuid5(NAMESPACE_URL, f"{self.print} {len(self.new)} {len(self.extras)}")

    # What has been changed and removed ---------------------------------------------------------

    def is_changed(self, name: str, value: str | None) -> bool:
        return super().is_changed(name, value) and not any(
            name.startswith(f"{table}.") for table in self.hidden
        )

    def value(self, name: str, words: str) -> Any:
        kind = self.type_of(name)
        if kind is bool:
            return TICKED in words
        if kind == Prose:
            return self._with_silent_references(name, words)
        if _VALUE.fullmatch(name) and words.strip() == NOTHING_MEASURED:
            return None
        return super().value(name, words)

    def _with_silent_references(self, name: str, html: str) -> str:
        """A reference that had no words shows the name of what it leads to, which is not its own."""
        before = prose.references_in(self.value_before(name))
        silent = {one.target for one in before if not one.words}

        def said_by(one: prose.Reference) -> str:
            target = self.view.targets.get(one.target)
            is_silent = one.target in silent and target and rich.plain(one.words) == target.name
            return replaced(one, words="").html if is_silent else one.html

        return prose.with_references(html, said_by)

    def is_left(self, name: str, value: str | None) -> bool:
        """A text that has been emptied is gone: a row that says nothing else goes with it."""
        if value is None:
            return False
        is_as_it_was = digest(value) == self.carried.places[name]
        return bool(value.strip()) or self.type_of(name) is None or is_as_it_was

    def parts_removed(self) -> set[str]:
        return {
            name
            for name in super().parts_removed()
            if not any(f"{name}.".startswith(f"{table}.") for table in self.hidden)
        }

    def _hidden_tables(self) -> Iterator[str]:
        """The numbers under charts, that somebody has taken away while the chart still stands there."""
        tables: dict[str, bool] = {}
        for name, value in self.now.items():
            table, within, _ = name.partition(".table.")
            if within:
                tables[table] = tables.get(table, False) or value is not None
        for block, is_left in tables.items():
            if not is_left and self.now.get(block) is not None:
                yield f"{block}.table"

    def _labels_removed(self) -> list[tuple[str, int]]:
        """Rows or columns of numbers whose head and numbers are all gone, from the end."""
        left: dict[tuple[str, int], bool] = {}
        for name, value in self.now.items():
            found = _LABEL.fullmatch(name) or _VALUE.fullmatch(name)
            if found and not self.is_under(name, self.removed):
                key = found["table"], int(found["place"])
                is_left = value is not None or found["table"] in self.hidden
                left[key] = left.get(key, False) or is_left
        return sorted((key for key, is_left in left.items() if not is_left), reverse=True)

    def _whole(self) -> ReportDocument:
        """Nothing points to what has been removed."""
        plain = self.plain
        if self.removed:
            sections = [as_part(section, SectionDoc) for section in plain["sections"]]
            here = {uuid for section in sections for uuid in uuids_in(section)}
            pointing = [as_plain(pointing_inside(section, here)) for section in sections]
            plain = plain | {"sections": pointing}
        document: ReportDocument = as_part(plain, ReportDocument)
        return document

    # Pictures ----------------------------------------------------------------------------------

    def _take_pictures(self) -> None:
        for number, name in enumerate(self.names):
            is_mark = self.type_of(name) is None
            text = self.opened.found.text(name, number, self.type_of(name) == Prose)
            pictures = [one for paragraph in text or () for one in paragraph.pictures]
            image = getattr(self.was[name], "image", None) if is_mark else None
            if image is not None:
                self._take_image(name, pictures[:1])
                pictures = pictures[1:]
            self._take_new_pictures(name, pictures)

    def _take_image(self, name: str, pictures: list[bytes]) -> None:
        """That of a figure, which may have been changed for another."""
        rows, place = self.field_at(name)
        block = rows[place]
        made = self._image(pictures[0]) if pictures else None
        if made is None or made["sha256"] != block["image"]["sha256"]:
            block["image"] = made
            figure = self._called(self.was[name])
            self.remarks.append(
                f"Bilden i {figure} är en annan än den som filen hämtades med."
                if made
                else f"Bilden i {figure} finns inte i filen."
            )

    def _image(self, content: bytes) -> dict | None:
        made = image_of(content)
        if made is None:
            self.remarks.append(f"En bild kan inte läsas in ({what_it_is(content)}).")
            return None
        self.images[made.sha256] = content
        return msgspec.to_builtins(made)

    def _take_new_pictures(self, name: str, pictures: list[bytes]) -> None:
        for content in pictures:
            image = self._image(content)
            if image and not self._add_piece(name, {"form": BlockForm.IMAGE.value, "image": image}):
                self.remarks.append(
                    f"En bild efter {self._near(name)} har ingen plats i lägesbilden och är inte med."
                )

    # What has been added -----------------------------------------------------------------------

    def _take_copies(self) -> None:
        for name, copy in self.copies():
            if not self._add_row(name, said(copy)):
                self._keep(_COPIED, name, said(copy))

    def _take_what_is_new(self) -> None:
        for heading in self.retitled():
            self._keep(_OUTSIDE, "", said([heading]))
        for name, paragraphs in groupby(self._added_after(), key=lambda found: found[0]):
            self._take_new(name, [paragraph for _, paragraph in paragraphs])

    def _added_after(self) -> Iterator[tuple[str, Paragraph]]:
        """What is new, with the place that it stands after; none where that says nothing of it."""
        new = list(self.added())
        under_fixed_heading = None  # what stands under it stands after no place before it
        for paragraph in self.opened.found.loose:
            if not any(paragraph is one for one in new):
                if HEADING.match(paragraph.style):
                    under_fixed_heading = paragraph.after
                continue
            name = self._name_before(paragraph)
            stands = Stands.BELOW if ".table." in name else Stands.BESIDE
            is_known = paragraph.after != under_fixed_heading and paragraph.stands == stands
            yield name if is_known and not paragraph.has_place else "", paragraph

    def _take_new(self, name: str, paragraphs: list[Paragraph]) -> None:
        if _ROW.fullmatch(name):
            for paragraph in paragraphs:
                words = said([paragraph])
                if not (is_listed(paragraph) and self._add_row(name, words)):
                    self._keep(_OUTSIDE, name, words)
        else:
            html = to_prose(paragraphs, self.opened.is_numbered, self.carried.anchors)
            if html and not self._add_piece(name, {"text": html}):
                for paragraph in paragraphs:
                    self._keep(_OUTSIDE, self._name_before(paragraph), said([paragraph]))
        pictures = [one for paragraph in paragraphs for one in paragraph.pictures]
        self._take_new_pictures(name, pictures)

    def _name_before(self, paragraph: Paragraph) -> str:
        """Of the place that it stands after."""
        number = -1 if paragraph.after is None else paragraph.after
        return self.names[number] if 0 <= number < len(self.names) else ""

    def _add_row(self, name: str, words: str) -> bool:
        """A point among the others of its list."""
        found = _ROW.fullmatch(name)
        words = clean(words)
        if not found or not words:
            return False
        rows, place = self.field_at(name.rpartition(".")[0])
        kind = _KINDS[found["rows"]]
        field = "name" if kind is SourceDoc else "text"
        try:
            row = as_part({"uuid": str(self._uuid()), field: words}, kind)
        except msgspec.ValidationError:  # there is no room for so much
            return False
        self._add(rows[: place + 1], rows, row)
        return True

    def _add_piece(self, name: str, content: dict) -> bool:
        """A piece of the section: after the one where it stands, or first in it."""
        block, heading = _BLOCK.fullmatch(name), _HEADING.fullmatch(name)
        found = block or heading
        if not found:
            return False
        sections, place = self.field_at(found["of"])
        section = sections[place]
        if heading and (self.view.is_status or section["form"] != SectionForm.TEXT):
            return False
        rows = section["blocks"]
        before = rows[: int(block["place"]) + 1] if block else []
        self._add(before, rows, as_part({"uuid": str(self._uuid())} | content, BlockDoc))
        return True

    def _add(self, before: list[dict], rows: list[dict], row: Part) -> None:
        """What stands beside something internal is as internal, until somebody says otherwise."""
        plain = as_plain(row)
        for field in ("is_internal", "internal_reason"):
            if before and field in plain:
                plain[field] = before[-1][field]
        self.new.append(_New(rows, before, plain))

    def _keep_comments(self, content: bytes) -> None:
        """What stands beside the words: a comment may say what nobody has written in the text yet."""
        for note in text_of(WordFile.opened(content)).notes:
            if note.label in (COMMENT, ENDNOTE):
                where = f"Wordfilen, {note.where}"[:300]
                self.extras.append(ExtraDoc(where, note.label, note.text, uuid=self._uuid()))

    def _keep(self, label: str, name: str, words: str) -> None:
        words = clean(words)
        if words:
            where = f"Wordfilen, efter {self._near(name)}" if name else "Wordfilen"
            self.extras.append(ExtraDoc(where, label, words, uuid=self._uuid()))

    # What there is to say ----------------------------------------------------------------------

    def _warnings(self) -> Iterable[str]:
        counted = [
            f"{len(things)} {one if len(things) == 1 else several}"
            for things, one, several in (
                (self.changed, "text är ändrad", "texter är ändrade"),
                (self.new, "har kommit till", "har kommit till"),
                (self._rows_removed(), "är borttagen", "är borttagna"),
            )
            if things
        ]
        if counted:
            yield f"Filen är ändrad sedan den hämtades: {list_of(counted)}."
        if removed := self._rows_removed():
            yield f"Borttaget i filen: {list_of(self._called(self.was[name]) for name in removed)}."
        for table in sorted(self.hidden):
            figure = self._called(self.was[table.removesuffix(".table")])
            yield f"Siffrorna under {figure} är borttagna i filen. Diagrammet finns kvar med sina siffror."
        for name, value in self.now.items():
            part = self.was.get(name)
            is_chart = isinstance(part, BlockDoc) and part.image is None
            if is_chart and value is None and not self.is_under(name, self.removed):
                yield f"Diagrammet i {self._called(part)} är borttaget i filen, men inte figuren. Det finns kvar."
        yield from self.remarks
        if self.extras:
            kept = list_of(f"”{short(extra.text)}”" for extra in self.extras)
            yield f"Har ingen plats i lägesbilden och sparas som övrigt: {kept}."

    def _rows_removed(self) -> list[str]:
        return [name for name in self.was if name in self.removed]

    def _near(self, name: str) -> str:
        """What stands at a place, or what that is a part of."""
        words = "" if self.type_of(name) is None else self.words_before(name)
        while name not in self.was:
            name = name.rpartition(".")[0]
        return f"”{short(words)}”" if words.strip() else self._called(self.was[name])

    def _called(self, part: Part | None) -> str:
        """What a part is called in a sentence."""
        match part:
            case ReportDocument():
                return "början"
            case TableDoc():
                return "en tabell"
            case SectionDoc():
                return f"avsnittet ”{short(part.heading)}”"
            case BlockDoc() if part.is_figure:
                return f"figuren ”{short(part.caption or part.form.label)}”"
            case BlockDoc():
                return f"stycket ”{short(rich.plain(part.text))}”"
        words = [getattr(part, field, "") for field in ("text", "name", "direction")]
        return f"”{short(next((str(one) for one in words if one), ''))}”"


def _take_out_label(table: dict, place: int) -> None:
    del table["labels"][place]
    for series in table["series"]:
        del series["values"][place]
