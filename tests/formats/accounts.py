"""What of a file is not found again in the plan that it was read to."""

import re

import msgspec

from plans.reading.outcome import Reading
from plans.reading.source import Source, Table
from plans.vocabulary import ActionState
from samverkan.document import encode
from samverkan.reading.outcome import Sureness
from tests.formats.words_of import words_in, words_of

# What of a file is the form's own, and need not stand in the plan.
FORMS_OWN = re.compile(
    r"Rubrik|Formulärets hjälptext|Part$|Löpnummer|Dokumentets rubrik|Plats för ett eget område"
    r"|Område i sammanställningen|Jämförs med|Sammanställningens rubrik|Aktivitetens namn en gång till"
)

BEFORE_A_TITLE = {"prioriterat", "område"}  # "Prioriterat område: Systemhotande brottslighet"


def lost_words(content: bytes, source: Source, reading: Reading) -> dict[str, set[str]]:
    """By part of the file: the words that stand neither in the plan nor among the form's own."""
    text = msgspec.json.decode(encode(reading.document))
    found = {word for said in _texts(text) for word in words_in(said)}
    found |= {word for said in _of_the_form(source, reading) for word in words_in(said)}
    found |= {word for state in ActionState for word in words_in(state.label)}
    is_excel = any(isinstance(block, Table) and block.is_sheet for block in source.blocks)
    lost = {}
    for part, words in words_of(content).items():
        if part == "xl/workbook.xml":  # what the sheets are called
            continue
        lost[part] = set(words) - found - BEFORE_A_TITLE
        if is_excel:  # a date is a number there, and a number has other decimals
            lost[part] = {word for word in lost[part] if not word.isdecimal()}
    return lost


def _of_the_form(source: Source, reading: Reading) -> list[str]:
    """The words of what is a label, a help text, or a figure that was compared."""
    found = []
    for piece in reading.pieces:
        is_label = piece.became.startswith("Rubrik")
        if piece.sureness != Sureness.FORM and not is_label:
            continue
        assert FORMS_OWN.match(piece.became), piece.became
        block = source.blocks[piece.at.block]
        if isinstance(block, Table):
            found += [
                cell.text
                for cell in block.cells()
                if (cell.row, cell.column) == (piece.at.row, piece.at.column)
            ]
        else:
            found.append(block.text)
    return found


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [re.sub(r"<[^>]+>", " ", str(value))]
