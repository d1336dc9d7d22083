"""What every part of the Word file is written with: texts that are read back, and what is internal."""

import re
from collections.abc import Iterable
from typing import Any

from plans.document import PlanDocument
from plans.labels import internal_fields
from plans.presentation import PlanView
from samverkan.document import Part
from samverkan.documents.docx import Margins, Paper
from samverkan.documents.docx_blocks import Blocks
from samverkan.documents.docx_carried import parts_with_names
from samverkan.documents.docx_places import Places
from samverkan.documents.standing import Standing
from samverkan.documents.wordml import Element, paragraph, run
from samverkan.values import words_of


class Ground(Blocks):
    def __init__(self, document: PlanDocument, standing: Standing) -> None:
        self.document, self.standing = document, standing
        self.plan = PlanView(document)
        self.places = Places()
        self.names = {id(part): name for name, part in parts_with_names(document)}
        self.followed_up = any(action.common_answers for action in self.plan.actions)
        district, state = document.district, standing.state.lower()
        self.paper = Paper(
            title=f"{self.plan.title}, {district.name}"
            + ("" if standing.is_decided else f" ({state})"),
            author=district.municipality,
            made_on=standing.printed_on,
            margins=Margins(
                f"{self.plan.title} · {district.name}",
                standing.in_short,
                f"Kontrollsumma {standing.short_hash}",
            ),
            is_landscape=self.plan.has_causes,
        )

    def _said(self, part: Part, field: str) -> list[Element]:
        """What the field says, where it is read back from."""
        words = words_of(getattr(part, field))
        return self.places.line(self._name(part, field), words)

    def _named(self, part: Part, words: str, *, bold: bool = False) -> list[Element]:
        """What stands for a part as a whole: where it is gone, the part has been taken away."""
        return self.places.mark(self.names[id(part)], [run(words, bold=bold)])

    def _name(self, part: Part, field: str) -> str:
        return f"{self.names[id(part)]}.{field}".lstrip(".")

    def _within(self, part: Part, words: str, names: Iterable[str], taken: set[str]) -> list:
        """Words that say some fields of the part among others."""
        made: list[Any] = []
        for field in names:
            value = getattr(part, field)
            sought = words_of(value)
            if not sought or field in taken:
                continue
            if type(value) is str:  # stands last, and may say anything
                found = re.search(f"{re.escape(sought)}$", words)
            else:
                found = re.search(re.escape(sought), words, re.IGNORECASE)
            if found:
                taken.add(field)
                place = self.places.line(self._name(part, field), found.group())
                made += [words[: found.start()], place]
                words = words[found.end() :]
        return [*made, words]

    def _rich(self, part: Part, field: str, heading: Element, under: int) -> None:
        made = self.paper.rich(getattr(part, field), under)
        name = self._name(part, field)
        self.paper.add(self.places.blocks(name, heading, made) if made else heading)

    def _internal(self, part: Any) -> list[Element]:
        fields = internal_fields(part)
        if not (part.is_internal or part.internal_reason or fields):
            return []
        label = "Internt" if part.is_internal or fields else "Skäl för internt"
        if fields and not part.is_internal:
            label = f"{label}: {fields}"
        if not part.internal_reason:
            return [paragraph(label, "Internal")]
        return [paragraph([f"{label}: ", *self._said(part, "internal_reason")], "Internal")]
