"""Somebody's Word, with a file of ours open."""

from io import BytesIO
from typing import Any, Self

from docx import Document
from docx.oxml.ns import qn


class EditedWord:
    def __init__(self, content: bytes) -> None:
        self.word: Any = Document(BytesIO(content))
        self.body = self.word.element.body

    def controls(self, name: str) -> list[Any]:
        return [
            control
            for control in self.body.iter(qn("w:sdt"))
            if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") is not None
            and control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == name
        ]

    def names(self) -> list[str]:
        found = self.body.xpath(".//w:sdtPr/w:tag/@w:val")
        return list(dict.fromkeys(found))

    def write(self, name: str, text: str) -> Self:
        """In place of what stands there. Lines after the first go, as when all is marked."""
        first, *others = self.controls(name)
        for other in others:
            other.getparent().remove(other)
        run = first.find(f".//{qn('w:r')}")
        for one in list(run):
            if one.tag != qn("w:rPr"):
                run.remove(one)
        for place, line in enumerate(text.split("\n")):
            if place:
                run.append(run.makeelement(qn("w:br")))
            written_there = run.makeelement(qn("w:t"))
            written_there.text = line
            run.append(written_there)
        return self

    def add_words(self, name: str, text: str) -> Self:
        """At the end of a text of paragraphs."""
        (control,) = self.controls(name)
        last = control.findall(f".//{qn('w:t')}")[-1]
        last.text += text
        return self

    def paragraph(self, words: str) -> Any:
        """The first in which those words stand together."""
        return next(
            one
            for one in self.body.iter(qn("w:p"))
            if words in "".join(text.text or "" for text in one.iter(qn("w:t")))
            and not one.xpath("ancestor::w:sdt[w:sdtPr/w:docPartObj]")  # the contents say it too
        )

    def row_of(self, name: str) -> Any:
        return next(self.controls(name)[0].iterancestors(qn("w:tr")))

    def remove(self, element: Any) -> Self:
        element.getparent().remove(element)
        return self

    def remove_marks(self) -> Self:
        """As a program does that knows neither controls nor bookmarks: the words stay."""
        for control in list(self.body.iter(qn("w:sdt"))):
            for one in list(control.find(qn("w:sdtContent"))):
                control.addprevious(one)
            control.getparent().remove(control)
        for mark in self.body.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)
        return self

    def saved(self) -> bytes:
        made = BytesIO()
        self.word.save(made)
        return made.getvalue()
