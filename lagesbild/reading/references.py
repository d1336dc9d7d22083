""" "Se figur 4" in the text becomes a reference that follows its figure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lagesbild.reading.figures import Figure

_TAG = re.compile(r"(<[^>]*>)")
_KINDS = "figur|fig|diagram|tabell|karta|bild|graf"
_ONE = r"\d{1,3}(?:\s?[a-h]\b)?(?!\d)"
_REFERENCE = re.compile(
    rf"(?P<word>\b(?P<kind>{_KINDS})(?:\.|er|erna|en|et|erna|or|orna|n)?)(?P<space>[ \u00a0]+)"
    rf"(?P<numbers>{_ONE}(?:\s*(?:,|och|samt|eller|respektive|[–-])\s*{_ONE})*)",
    re.I,
)
_NUMBER = re.compile(r"(\d{1,3})(?:\s?([a-h])\b)?")


@dataclass(frozen=True)
class _Target:
    uuid: UUID
    is_numbered: bool
    parts: tuple[UUID, ...]
    letters: Mapping[str, UUID]

    def of(self, letter: str) -> UUID | None:
        if not letter:
            return self.uuid
        at = ord(letter) - ord("a")
        return self.letters.get(letter) or (self.parts[at] if at < len(self.parts) else None)


class References:
    def __init__(self, figures: Iterable[Figure]):
        self._targets: dict[tuple[str, int], _Target] = {}
        self.unknown: dict[
            str, None
        ] = {}  # what is referred to and was not found, as it is written
        for one in figures:
            if one.number is not None:
                parts = tuple(part.uuid for part in one.block.parts)
                target = _Target(one.block.uuid, one.block.is_numbered, parts, one.letters)
                self._targets.setdefault((one.kind, one.number), target)

    def tied(self, html: str) -> str:
        """The same text, in which each reference that has a figure leads to it."""
        said, inside = "", 0
        for piece in _TAG.split(html):
            if piece.startswith("<a"):
                inside += 1
            elif piece == "</a>":
                inside -= 1
            is_words = not inside and not piece.startswith("<")
            said += _REFERENCE.sub(self._tie, piece) if is_words else piece
        return said

    def _tie(self, found: re.Match[str]) -> str:
        kind = found["kind"].lower()
        kind = "figur" if kind == "fig" else kind
        word = found["word"]
        numbers = list(_NUMBER.finditer(found["numbers"]))
        targets = [self._targets.get((kind, int(one[1]))) for one in numbers]
        uuids = [
            target.of((one[2] or "").lower()) if target else None
            for target, one in zip(targets, numbers, strict=True)
        ]
        if None in uuids:
            missing = (one[0] for one, uuid in zip(numbers, uuids, strict=True) if uuid is None)
            self.unknown |= dict.fromkeys(f"{kind} {one}" for one in missing)
            if uuids[0] is None:
                return found[0]
        said, at = "", 0
        for number, (target, uuid, one) in enumerate(zip(targets, uuids, numbers, strict=True)):
            between = found["numbers"][at : one.start()]
            at = one.end()
            before = f"{word}{found['space']}" if not number else ""
            if target is None or uuid is None:
                said += between + one[0]
            elif target.is_numbered:  # the number comes of where the figure stands
                said += f'{between}<a href="#{uuid}">{word if not number else ""}</a>'
            else:
                said += f'{between}<a href="#{uuid}">{before}{one[0]}</a>'
        return said + found["numbers"][at:]
