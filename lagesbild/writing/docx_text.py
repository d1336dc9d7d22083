"""The running text of a report in Word: its footnotes, and references that Word keeps right itself."""

from collections.abc import Sequence

from lagesbild.document import ReportDocument
from lagesbild.presentation import NO_BREAK, NoteView, ProseView, ReferenceView, ReportView
from samverkan.document import Part
from samverkan.documents.docx import Margins, Paper, bookmark
from samverkan.documents.docx_blocks import Blocks
from samverkan.documents.docx_carried import parts_with_names
from samverkan.documents.docx_places import Places
from samverkan.documents.docx_rich import to_runs
from samverkan.documents.standing import Standing
from samverkan.documents.wordml import Element, field_of, link, paragraph, run
from samverkan.values import words_of

# Of what the contents name. The headings of an area's form come one level under it, and are not named.
DEEPEST = 3


class Text(Blocks):
    def __init__(self, report: ReportView, standing: Standing) -> None:
        self.report, self.standing = report, standing
        self.document: ReportDocument = report.document
        self.places = Places()
        self.names = {id(part): name for name, part in parts_with_names(self.document)}
        state = "" if standing.is_decided else f" ({standing.state.lower()})"
        self.paper = Paper(
            title=f"{report.title}, {report.places}{state}",
            author=self.document.district.municipality,
            made_on=standing.printed_on,
            margins=Margins(
                f"{report.title} · {report.places}",
                standing.in_short,
                f"Kontrollsumma {standing.short_hash}",
            ),
            contents_depth=min([DEEPEST, *(area.depth for area in report.areas)]),
        )

    def _name(self, part: Part, field: str) -> str:
        """Of the place that the field is read back from."""
        return f"{self.names[id(part)]}.{field}".lstrip(".")

    def _said(self, part: Part, field: str, *, bold: bool = False) -> list[Element]:
        words = words_of(getattr(part, field))
        return self.places.line(self._name(part, field), words, bold=bold)

    def _prose(
        self, part: Part, field: str, prose: ProseView, under: int, heading: Element | None = None
    ) -> list[Element]:
        inserted: dict[str, Sequence[Element]] = {}
        html = prose.said(
            lambda note: _kept(inserted, [self._note(note)]),
            lambda reference: _kept(inserted, self.reference(reference)),
        )
        made = self.paper.rich(html, under, inserted)
        if not made:
            return [] if heading is None else [heading]
        name = self._name(part, field)
        if heading is None:
            return self.places.between(name, made)
        return [self.places.blocks(name, heading, made)]

    def _note(self, note: NoteView) -> Element:
        inserted: dict[str, Sequence[Element]] = {}
        html = "".join(
            piece if isinstance(piece, str) else _kept(inserted, self.reference(piece))
            for piece in note.pieces
        )
        return self.paper.note(html, inserted)

    def reference(self, reference: ReferenceView) -> list[Element]:
        """Words that lead to their figure; the number of it is a field."""
        target = reference.target
        if target is None:
            return to_runs(reference.words, link_to=_no_link)
        words = to_runs(reference.words, link_to=_no_link)
        if not target.number:
            return [link(bookmark(target.anchor), words or [run(target.name)])]
        number = target.number.rstrip("abcdefghijklmnopqrstuvwxyz")
        letter = target.number.removeprefix(number)
        place = bookmark(target.anchor.removesuffix(letter))
        shown = [
            *words,
            *([run(NO_BREAK)] if words else []),
            *field_of(f"REF {place} \\h", number),
            *([run(letter)] if letter else []),
        ]
        return [link(bookmark(target.anchor), shown)]

    def _internal(self, part: Part) -> list[Element]:
        is_internal: bool = getattr(part, "is_internal", False)
        reason: str = getattr(part, "internal_reason", "")
        if not (is_internal or reason):
            return []
        label = "Internt" if is_internal else "Skäl för internt"
        said = [run(f"{label}: "), *self._said(part, "internal_reason")] if reason else [run(label)]
        return [paragraph(said, "Internal")]


def _kept(inserted: dict[str, Sequence[Element]], elements: Sequence[Element]) -> str:
    """Puts elements aside, and gives what stands for them in the HTML."""
    key = f"inne-{len(inserted)}"
    inserted[key] = elements
    return f'<span id="{key}"></span>'


def _no_link(address: str, content: list[Element]) -> list[Element]:
    return content
