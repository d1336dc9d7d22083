"""Figures: pictures, charts and tables of numbers, with what stands under or over them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from uuid import UUID

from msgspec.structs import replace

from lagesbild.document import BlockDoc
from lagesbild.reading.captions import Caption, caption_in, common_words, source_in, unnumbered
from lagesbild.reading.chart_parts import figures_of
from lagesbild.reading.draft import Draft
from lagesbild.reading.flow import Entry, Medium, Rows, Text
from lagesbild.reading.images import image_of, what_it_is
from lagesbild.vocabulary import BlockForm
from plans.reading.words import folded
from samverkan.reading.outcome import Sureness

_LONGEST = 200  # of what goes on with a caption


@dataclass
class Figure:
    """A figure as it stands in a section, and what it was called in the file."""

    where: str
    block: BlockDoc
    kind: str = ""  # "figur", "tabell"
    number: int | None = None
    letters: dict[str, UUID] = field(default_factory=dict)  # of its parts, as the file has them


@dataclass
class _Under:
    """A caption where it stands, and what it was found to be under."""

    where: str
    caption: Caption
    text: Text
    media: list[Medium] = field(default_factory=list)


class Figures:
    """`parts` are the bytes of the images by their names in the file."""

    def __init__(self, draft: Draft, parts: dict[str, bytes]):
        self._draft, self._parts = draft, parts
        self._taken: set[int] = set()

    def gathered(self, entries: Sequence[Entry]) -> list[Text | Rows | Figure]:
        """What stands in a section, with its figures in their places."""
        marked = [self._marked(entries, at) for at in range(len(entries))]
        self._taken = set()
        for at, one in enumerate(marked):
            if isinstance(one, _Under) and not one.media:
                self._find_media(marked, at, one)
        found: list[Text | Rows | Figure] = []
        drawn: dict[int, _Under] = {
            id(medium): one for one in marked if isinstance(one, _Under) for medium in one.media
        }
        done: set[int] = set()
        for one in marked:
            if isinstance(one, Medium):
                under = drawn.get(id(one))
                if under is None:
                    found += self._figure([one], None)
                elif id(under) not in done:
                    done.add(id(under))
                    found += self._figure(under.media, under)
            elif isinstance(one, _Under):
                if not one.media:
                    found += self._without_media(marked, one)
            elif isinstance(one, Text) and self._is_source(one, found):
                continue
            else:
                found.append(one)
        return self._put_together(found)

    # Captions -------------------------------------------------------------------------------------

    def _marked(self, entries: Sequence[Entry], at: int) -> Entry | _Under:
        entry = entries[at]
        if not isinstance(entry, Text) or entry.line.heading is not None or not entry.line.text:
            return entry
        beside = [*entries[max(0, at - 2) : at], *entries[at + 1 : at + 2]]
        has_medium = any(isinstance(one, Medium | Rows) for one in beside)
        caption = caption_in(entry.line.text)
        is_one = caption is not None and (
            entry.line.is_caption
            or has_medium
            or (caption.is_marked and entry.line.item is None and caption.kind == "figur")
        )
        if caption is None and entry.line.is_caption and has_medium:
            caption, is_one = unnumbered(entry.line.text), True
        return _Under(entry.where, caption, entry) if caption and is_one else entry

    def _find_media(self, marked: Sequence[Entry | _Under], at: int, under: _Under) -> None:
        """Those right before it that are under no other caption; else those in the place after it."""
        after = self._run(marked, at, 1)
        after = [medium for medium in after if medium.group == after[0].group]
        before = self._run(marked, at, -1)
        if under.caption.kind == "tabell":
            tables = [[one] for one in (*after[:1], *before[-1:]) if one.table]
            under.media = (tables or [before or after])[0]
        else:
            together = self._captions_from(marked, at)
            if len(before) == len(together) > 1:  # two in a row, and two captions in the next
                for one, medium in zip(together, before, strict=True):
                    one.media = [medium]
                    self._taken.add(id(medium))
                return
            under.media = before or after
        self._taken |= {id(medium) for medium in under.media}

    @staticmethod
    def _captions_from(marked: Sequence[Entry | _Under], at: int) -> list[_Under]:
        return [
            one
            for one in takewhile(lambda one: isinstance(one, _Under), marked[at:])
            if isinstance(one, _Under)
        ]

    def _run(self, marked: Sequence[Entry | _Under], at: int, step: int) -> list[Medium]:
        found: list[Medium] = []
        at += step
        while 0 <= at < len(marked):
            one = marked[at]
            if isinstance(one, Medium) and id(one) not in self._taken:
                found.append(one)
            elif not (found == [] and isinstance(one, Text) and source_in(one.line.text)):
                break
            at += step
        return found if step > 0 else found[::-1]

    def _is_source(self, text: Text, found: list[Text | Rows | Figure]) -> bool:
        """The rest of what stands under a figure: its source, and the captions of its other parts."""
        last = found[-1] if found else None
        if not isinstance(last, Figure):
            return False
        if (source := source_in(text.line.text)) and not last.block.source:
            last.block = replace(last.block, source=source)
            self._draft.note(text.where, text.line.text, "Källa till en figur")
            return True
        block, line = last.block, unnumbered(text.line.text)
        is_line = text.line.heading is None and text.line.item is None and len(line.text) < _LONGEST
        lines = (block.caption, *line.lines)
        if block.source or not is_line or not block.caption or not common_words(lines):
            return False
        if not block.parts:
            last.block = replace(block, caption=". ".join(lines), source=line.source)
        elif len(block.parts) == len(lines) and not any(part.caption for part in block.parts):
            last.block = replace(_with_captions(block, lines), source=line.source)
        else:
            return False
        self._draft.note(text.where, text.line.text, "Figurtext", Sureness.LIKELY)
        return True

    def _without_media(
        self, marked: Sequence[Entry | _Under], under: _Under
    ) -> list[Text | Rows | Figure]:
        """The words of a figure whose picture is not in the file, or is a table of words."""
        caption = under.caption
        at = next(number for number, one in enumerate(marked) if one is under)
        beside = [*marked[max(0, at - 1) : at], *marked[at + 1 : at + 2]]
        if caption.kind != "figur" or any(isinstance(one, Rows) for one in beside):
            return [under.text]
        self._draft.doubt(
            under.where,
            f"Figur {caption.number} har en figurtext men ingen bild som går att läsa: lägg in den.",
        )
        return self._figure([], under)

    # Figures --------------------------------------------------------------------------------------

    def _figure(self, media: list[Medium], under: _Under | None) -> list[Text | Rows | Figure]:
        draft = self._draft
        caption = under.caption if under else Caption()
        where = under.where if under else media[0].where
        blocks = [block for medium in media if (block := self._block(medium, caption))]
        if under:
            draft.note(under.where, under.text.line.text, "Figurtext")
        if not blocks:
            if under is None:
                return []
            blocks = [BlockDoc(draft.name(where, "figur"), BlockForm.IMAGE)]
        if len(blocks) == 1:
            block = replace(
                blocks[0],
                caption=caption.text or blocks[0].caption,
                source=caption.source or blocks[0].source,
            )
        else:
            forms = {block.form for block in blocks}
            block = BlockDoc(
                draft.name(where, "figur"),
                blocks[0].form if len(forms) == 1 else BlockForm.IMAGE,
                source=caption.source,
                parts=tuple(blocks),
            )
            block = _with_captions(block, caption.lines)
            draft.doubt(
                where, f"{len(blocks)} bilder står tillsammans, och blir delar av en figur."
            )
        is_numbered = caption.number is not None
        if under is None:
            draft.doubt(where, "Figuren har ingen figurtext, och blir onumrerad.")
        return [
            Figure(
                where,
                replace(block, is_numbered=is_numbered),
                caption.kind,
                caption.number,
                ({caption.letter: block.uuid} if caption.letter else {}),
            )
        ]

    def _block(self, medium: Medium, caption: Caption) -> BlockDoc | None:
        if medium.table:
            return self._of_table(medium)
        if medium.chart is not None:
            return self._of_chart(medium, caption)
        return self._of_image(medium)

    def _of_table(self, medium: Medium) -> BlockDoc:
        draft, found = self._draft, medium.table
        assert found
        draft.keep(medium.where, "Överst i tabellens första kolumn", found.corner)
        if found.doubt:
            draft.doubt(medium.where, f"Kontrollera tabellen: {found.doubt}.")
        draft.note(medium.where, found.words, "Tabell", Sureness.LIKELY)
        return BlockDoc(
            draft.name(medium.where, "tabell"), BlockForm.TABLE, unit=found.unit, table=found.table
        )

    def _of_chart(self, medium: Medium, caption: Caption) -> BlockDoc:
        draft, chart = self._draft, figures_of(medium.chart)
        if chart.doubt:
            draft.doubt(medium.where, f"Kontrollera diagrammet: {chart.doubt}.")
        own = chart.title
        if own and caption.lines:
            if folded(own) not in folded(caption.text):
                draft.keep(medium.where, "Diagrammets rubrik", own)
            own = ""
        draft.keep(medium.where, "Diagrammets axel", chart.rest)
        draft.note(medium.where, "Diagram", "Diagram med sina siffror", Sureness.LIKELY)
        return BlockDoc(
            draft.name(medium.where, "diagram"),
            chart.form,
            caption=own,
            unit=chart.unit,
            description=medium.about,
            table=chart.table,
        )

    def _of_image(self, medium: Medium) -> BlockDoc | None:
        draft = self._draft
        content = self._parts.get(medium.image or "", b"")
        image = image_of(content)
        uuid = draft.name(medium.where, "bild")
        if medium.is_cropped:
            draft.doubt(
                medium.where,
                "Bilden är beskuren i Word, men hela bilden finns i filen: se vad den visar.",
            )
        if image is None:
            name = (medium.image or "").rpartition("/")[2]
            why = (
                f"är i ett format som inte visas ({what_it_is(content)})"
                if content
                else "finns inte i filen"
            )
            draft.keep(medium.where, f"Bild som {why}", name or "en länkad bild")
            draft.doubt(medium.where, f"Bilden {why}: spara den som PNG och lägg in den i figuren.")
            return BlockDoc(uuid, BlockForm.IMAGE, description=medium.about)
        draft.images[image.sha256] = content
        draft.note(medium.where, medium.about or "Bild", "Bild")
        return BlockDoc(uuid, BlockForm.IMAGE, image=image, description=medium.about)

    def _put_together(self, found: list[Text | Rows | Figure]) -> list[Text | Rows | Figure]:
        """Figur 3a and figur 3b, one after the other, are parts of one."""
        together: list[Text | Rows | Figure] = []
        for one in found:
            last = together[-1] if together else None
            if (
                isinstance(one, Figure)
                and isinstance(last, Figure)
                and one.letters
                and last.letters
                and (one.kind, one.number) == (last.kind, last.number)
                and not one.block.parts
            ):
                parts = last.block.parts or (last.block,)
                last.block = BlockDoc(
                    last.block.uuid if last.block.parts else self._draft.name(last.where, "figur"),
                    BlockForm.IMAGE if one.block.form != parts[0].form else one.block.form,
                    parts=(*parts, one.block),
                )
                last.letters |= one.letters
            else:
                together.append(one)
        return together


def _with_captions(block: BlockDoc, lines: Sequence[str]) -> BlockDoc:
    """One line for each part; or one more, for the whole; else all of them for the whole."""
    parts = block.parts
    if len(lines) == len(parts):
        common = common_words(tuple(lines))
        own = [line[len(common) :].strip() for line in lines]
        return replace(block, caption=common, parts=_captioned(parts, own))
    if len(lines) == len(parts) + 1:
        return replace(block, caption=lines[0], parts=_captioned(parts, lines[1:]))
    return replace(block, caption=" ".join(lines))


def _captioned(parts: Sequence[BlockDoc], lines: Sequence[str]) -> tuple[BlockDoc, ...]:
    return tuple(
        replace(part, caption=line or part.caption) for part, line in zip(parts, lines, strict=True)
    )
