"""Files as districts have filled them in: each is read to the plan that it says, and nothing is lost.

What each becomes stands in `expected/`, as text. After a change that is meant,
`python -m tests.formats.test_corpus` writes them anew, for a reader to look through.
"""

from pathlib import Path

import pytest

from plans.reading.excel import read_excel
from plans.reading.interpret import interpret
from plans.reading.outcome import Reading
from plans.reading.source import Paragraph, Source
from plans.reading.word import read_word
from tests.formats.accounts import lost_words
from tests.formats.corpus_excel import CORPUS as EXCEL
from tests.formats.corpus_word import CORPUS as WORD
from tests.reading.outline import outline
from tests.reading.sources import known

FILES = {
    **{f"{name}.xlsx": (build, read_excel) for name, build in EXCEL.items()},
    **{f"{name}.docx": (build, read_word) for name, build in WORD.items()},
}
EXPECTED = Path(__file__).parent / "expected"
# What is no word of the plan, and why.
LEFT_OUT = {
    "a_thread_of_comments.xlsx": {  # what Excel says to older programs
        *("trådad", "kommentar", "din", "version", "av", "excel", "kan", "inte", "visa", "tråden"),
    },
    "with_macros_links_and_odd_characters.xlsx": {  # a control character within a word
        *("grillplatsen_x0007_", "ingen_x000b_städar", "ny_x0001_"),
    },
    "beside_the_text.docx": {"sida", "9"},  # the number of a page
    "front_matter_and_contents.docx": {
        "innehåll",
        "övergripande",
        "mål",
        *"2345",
    },  # Word's own table of contents
    "g1_areas_as_bold_lines.docx": {"samman", "kallande"},  # points to who that is
}


def read(name: str) -> tuple[bytes, Source, Reading]:
    build, reader = FILES[name]
    content = build()
    source = reader(content)
    year = 2025 if name.endswith(".xlsx") else 2022
    return content, source, interpret(source, known=known(year, "Ängsholmen"), answers={})


def told(reading: Reading) -> str:
    lines = [outline(reading.document)]
    lines += [
        f"fråga ({question.sureness}): {question.asks} {question.answer}"
        for question in reading.questions
    ]
    lines += [f"varning: {warning}" for warning in reading.warnings]
    lines += [f"måste besvaras: {fault}" for fault in reading.faults]
    return "\n".join(lines).rstrip() + "\n"


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_read_to_the_plan_that_it_says(name: str) -> None:
    _, _, reading = read(name)
    assert told(reading) == (EXPECTED / f"{name}.txt").read_text()


@pytest.mark.parametrize("name", FILES)
def test_no_word_of_the_file_is_lost(name: str) -> None:
    content, source, reading = read(name)
    for part, words in lost_words(content, source, reading).items():
        assert not words - LEFT_OUT.get(name, set()), part


@pytest.mark.parametrize("name", FILES)
def test_every_cell_and_paragraph_is_told_where_it_went(name: str) -> None:
    _, source, reading = read(name)
    told_of = {piece.at for piece in reading.pieces}
    for number, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            assert any(at.block == number for at in told_of), block.text
        else:
            for cell in block.cells():
                if cell.text:
                    assert any(
                        (at.block, at.row, at.column) == (number, cell.row, cell.column)
                        for at in told_of
                    ), cell.text


def write() -> None:
    EXPECTED.mkdir(exist_ok=True)
    for name in FILES:
        (EXPECTED / f"{name}.txt").write_text(told(read(name)[2]))


if __name__ == "__main__":
    import django

    django.setup()
    write()
