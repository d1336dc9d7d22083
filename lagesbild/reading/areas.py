"""What the form of a prioritised area says: under its labels, by its boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lagesbild.document import AimDoc, DeviationDoc, PriorityDoc, ResultDoc
from lagesbild.reading import labels
from lagesbild.reading.draft import Draft
from lagesbild.reading.figures import Figure
from lagesbild.reading.flow import Rows, Text
from lagesbild.reading.labels import Box, Label
from lagesbild.reading.lines import as_item, cut, plain, raw, rows_of
from plans.reading.words import folded
from samverkan.office.word_pieces import Line, Run
from samverkan.reading.outcome import Option, Question, Sureness

Piece = Text | Rows | Figure


@dataclass
class AreaForm:
    """What has been filled in. `pieces` are those of its comment, and its figures, in their order."""

    description: list[Text | Rows] = field(default_factory=list)
    working_together: str = ""
    aims: list[AimDoc] = field(default_factory=list)
    boxes: dict[Box, bool] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    results: list[ResultDoc] = field(default_factory=list)
    priorities: list[PriorityDoc] = field(default_factory=list)
    deviations: list[DeviationDoc] = field(default_factory=list)
    has_labels: bool = False


_WORDS = "text"  # the answer that a line is none of the form's
_ANSWERED = {"ja": True, "nej": False}


def _about(text: Text) -> str:
    return f"label:{folded(text.line.text)[:400]}"


def read_form(draft: Draft, name: str, pieces: Sequence[Piece], year: int) -> AreaForm:
    return _Form(draft, name, year).read(pieces)


class _Form:
    def __init__(self, draft: Draft, name: str, year: int):
        self._draft, self._name, self._year = draft, name, year
        self._form = AreaForm()
        self._under: Label | None = None  # the label that what follows stands under
        self._had_boxes = False
        self._rest = ""  # what the aims begin with, as the label says: "säkerställa"

    def read(self, pieces: Sequence[Piece]) -> AreaForm:
        for piece in pieces:
            if isinstance(piece, Figure):
                self._form.pieces.append(piece)
            elif isinstance(piece, Text):
                self._text(piece)
            elif labels.is_form(piece.grid):
                for text in _unfolded(piece):
                    self._text(text)
            else:
                self._rows(piece)
        self._doubt_boxes()
        return self._form

    def _text(self, text: Text) -> None:
        rows = list(rows_of(text.line))
        if len(rows) > 1 and any(labels.is_of_form(row.text) for row in rows):
            for row in rows:
                self._line(Text(row, text.where))
        else:
            self._line(text)

    def _line(self, text: Text) -> None:
        said = text.line.text
        like = labels.find(said)
        found = like if like is None or like.is_sure else self._as_answered(like, text)
        if found:
            self._label(found, text)
        elif like:
            self._put(text)
            self._draft.ask_about_last(self._ask(text, None))
        elif length := labels.before_colon(said):
            before = len(raw(text.line)) - len(raw(text.line).lstrip())
            self._line(Text(cut(text.line, 0, before + length), text.where))
            rest = replace(cut(text.line, before + length), heading=None)
            self._put(Text(rest, text.where))
        elif box := labels.box_in(said):
            self._box(box, text)
        elif self._had_boxes and labels.is_of_box(said):
            self._draft.form(text.where, said)
        else:
            self._put(text)

    def _label(self, found: labels.Found, text: Text) -> None:
        form, draft, said = self._form, self._draft, text.line.text
        form.has_labels = True
        self._under = found.label
        if found.label == Label.AIMS and found.who:
            form.working_together = found.who
            self._rest = found.rest
        question = "" if found.is_sure else self._ask(text, found.label)
        is_sure = found.is_sure or bool(draft.answer(question))
        sureness = Sureness.FORM if is_sure else Sureness.UNSURE
        draft.note(text.where, said, f"Rubrik: {found.label.value}", sureness, question=question)
        if not is_sure:
            draft.doubt(
                text.where, f"”{said}” är inläst som rubriken ”{found.label.value}”.", question
            )
        if found.label == Label.PRIORITIES and found.year not in (None, self._year + 1):
            draft.doubt(
                text.where,
                f"Prioriteringarna gäller {found.year}, men lägesbilden läses in för {self._year}.",
            )

    def _as_answered(self, found: labels.Found, text: Text) -> labels.Found | None:
        """What is like a label, as somebody has said what it is: another, or words."""
        said = self._draft.answer(_about(text))
        if said == _WORDS:
            return None
        label = next((one for one in Label if one.value == said), found.label)
        return replace(found, label=label)

    def _ask(self, text: Text, label: Label | None) -> str:
        key = _about(text)
        is_said = bool(self._draft.answer(key))
        return self._draft.ask(
            Question(
                key=key,
                asks=f"Vad är ”{text.line.text}”?",
                answer=label.value if label else _WORDS,
                sureness=(Sureness.CERTAIN if is_said else Sureness.UNSURE).value,
                options=(
                    *(Option(one.value, f"Rubriken ”{one.value}”") for one in Label),
                    Option(_WORDS, "Vanlig text"),
                ),
            )
        )

    def _box(self, box: labels.Ticked, text: Text) -> None:
        self._form.has_labels = self._had_boxes = True
        self._under = None
        is_ticked, question = box.is_ticked, ""
        if is_ticked is None:
            question = self._ask_if_ticked(box.box)
            is_ticked = _ANSWERED.get(self._draft.answer(question))
        if is_ticked is not None:
            self._form.boxes[box.box] = is_ticked
        state = {True: "i kryssad", False: "inte i kryssad", None: "går inte att se"}[is_ticked]
        sureness = Sureness.UNSURE if is_ticked is None else Sureness.FORM
        became = f"{box.box.value}: {state}"
        self._draft.note(text.where, text.line.text, became, sureness, question=question)

    def _ask_if_ticked(self, box: Box) -> str:
        key = f"box:{box.name.lower()}:{folded(self._name)}"
        said = self._draft.answer(key)
        return self._draft.ask(
            Question(
                key=key,
                asks=f"Är ”{box.value}” i kryssat för ”{self._name[:80]}”?",
                answer=said or "nej",
                sureness=(Sureness.CERTAIN if said else Sureness.UNSURE).value,
                options=(Option("ja", "Ja"), Option("nej", "Nej")),
            )
        )

    def _doubt_boxes(self) -> None:
        unknown = [box.value.lower() for box in Box if box not in self._form.boxes]
        if self._had_boxes and len(unknown) == len(Box):
            self._draft.doubt(
                self._name,
                f"Det går inte att se vad som är i kryssat för ”{self._name}”: kryssa i det.",
            )
        elif self._had_boxes and unknown:
            self._draft.doubt(
                self._name, f"Det går inte att se om {unknown[0]} är i kryssat för ”{self._name}”."
            )

    def _put(self, text: Text) -> None:
        form, draft = self._form, self._draft
        if text.line.heading is not None and self._under not in (Label.DESCRIPTION, None):
            self._under = Label.COMMENT  # a heading begins something else
        match self._under:
            case Label.AIMS:
                self._each(form.aims, AimDoc, text, "Mål", self._rest)
            case Label.RESULTS:
                self._each(form.results, ResultDoc, text, "Resultat")
            case Label.PRIORITIES:
                self._each(form.priorities, PriorityDoc, text, "Prioritering")
            case Label.DESCRIPTION:
                form.description.append(text)
                draft.note(text.where, text.line.text, "Beskrivning")
            case None if not form.has_labels and not self._had_boxes:
                form.pieces.append(text)
                draft.note(text.where, text.line.text, "Kommentar", Sureness.LIKELY)
            case _:
                form.pieces.append(text)
                draft.note(text.where, text.line.text, "Kommentar")

    def _each(self, rows: list, kind: type, text: Text, became: str, first: str = "") -> None:
        """Each item is one; what stands deeper belongs to the one above it."""
        for line in _typed(text.line):
            said = plain(line)
            if not said:
                continue
            if first:
                said = f"{first[:1].upper()}{first[1:]}: {said}"
            if rows and (line.item or 0) > 1:
                rows[-1] = kind(rows[-1].uuid, f"{rows[-1].text}\n– {said}")
            else:
                rows.append(kind(self._draft.name(text.where, became), said))
            self._draft.note(text.where, said, became)

    def _rows(self, rows: Rows) -> None:
        """A table of words, under some label."""
        if self._under in (Label.AIMS, Label.RESULTS, Label.PRIORITIES):
            for row in rows.grid.rows:
                words = [plain(line) for box in row for line in box.lines if line.text]
                line = Line(" – ".join(words), None, 1, False)
                self._put(Text(replace(line, runs=_as_runs(line.text)), rows.where))
            return
        place = self._form.description if self._under == Label.DESCRIPTION else self._form.pieces
        place.append(rows)
        note_table(self._draft, rows)


def note_table(draft: Draft, rows: Rows) -> None:
    words = " ".join(box.text for row in rows.grid.rows for box in row if box.text)
    draft.note(rows.where, words, "Tabell med text, som en lista", Sureness.LIKELY)
    draft.doubt(rows.where, "Tabellen har text och inte bara tal, och är inläst som en lista.")


def _typed(line: Line) -> list[Line]:
    rows = [as_item(row) for row in rows_of(line)]
    return rows if any(row.item and not line.item for row in rows) else [as_item(line)]


def _unfolded(rows: Rows) -> Iterator[Text]:
    """The lines of a table that is a form; a sign in a cell of its own goes with what it is for."""
    for row in rows.grid.rows:
        mark = ""
        lines = [line for box in row for line in box.lines if line.text]
        if len(lines) > 1 and labels.is_mark(lines[-1].text):  # it may stand after as well
            lines.insert(0, lines.pop())
        for line in lines:
            if labels.is_mark(line.text):
                mark = line.text
            elif mark:
                words = (*_as_runs(f"{mark} "), *line.runs)
                yield Text(replace(line, text=f"{mark} {line.text}", runs=words), rows.where)
                mark = ""
            else:
                yield Text(line, rows.where)


def _as_runs(words: str) -> tuple[Run, ...]:
    return (Run(words),)
