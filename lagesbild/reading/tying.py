"""The figures as they are numbered, and the text tied to them."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from lagesbild.document import SectionDoc
from lagesbild.reading.draft import Draft
from lagesbild.reading.figures import Figure
from lagesbild.reading.references import References
from samverkan.text import shortened


def number(draft: Draft, figures: Sequence[Figure]) -> None:
    """The numbers in the file against those that come of where the figures stand."""
    kinds = Counter(figure.kind for figure in figures if figure.number is not None)
    counted = "figur" if kinds["figur"] or not kinds else kinds.most_common(1)[0][0]
    running = 0
    for figure in figures:
        if figure.number is None:
            continue
        block = figure.block
        if figure.kind != counted:
            said = f"{figure.kind.capitalize()} {figure.number}. {block.caption}".strip(" .")
            figure.block = replace(block, is_numbered=False, caption=said)
            continue
        running += 1
        figure.block = replace(block, is_numbered=True)
        if figure.number != running:
            draft.warn(
                f"Figuren ”{shortened(block.caption, 60)}” har nummer {figure.number} i filen, men "
                f"blir figur {running}."
            )


def tied(
    draft: Draft, figures: Sequence[Figure], sections: Sequence[SectionDoc]
) -> list[SectionDoc]:
    """The text with its references tied to the figures, and the figures as they have become."""
    references = References(figures)
    blocks = {figure.block.uuid: figure.block for figure in figures}

    def of_section(section: SectionDoc) -> SectionDoc:
        return replace(
            section,
            description=references.tied(section.description),
            blocks=tuple(
                blocks.get(block.uuid) or replace(block, text=references.tied(block.text))
                for block in section.blocks
            ),
            sections=tuple(map(of_section, section.sections)),
        )

    found = list(map(of_section, sections))
    kinds = {"figur", *(figure.kind for figure in figures)}
    for said in references.unknown:
        if said.split()[0] in kinds:
            draft.doubt("texten", f"Texten hänvisar till {said}, som inte finns i filen.")
    return found
