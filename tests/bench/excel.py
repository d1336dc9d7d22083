"""A workbook from outside: what stands in it and where, and what it means, against its library reading
the same file."""

from io import BytesIO

from tests.bench.figures import Figure, measure


def reading_a_workbook() -> list[Figure]:
    from plans.reading.excel import read_excel
    from plans.reading.files import read_file
    from tests.reading.sources import known

    content = seven_sheets()
    district = known()
    return [
        measure(
            "Excel utifrån, 7 flikar med 1 000 rader: läst",
            lambda: read_excel(content),
            "calamine",
            lambda: _bare(content),
        ),
        measure(
            "Samma fil: läst och förstådd",
            lambda: read_file(content, known=district, answers={}),
            "calamine",
            lambda: _bare(content),
        ),
    ]


def seven_sheets(rows: int = 1000) -> bytes:
    """The city's form, with the words of an ordinary plan; no two cells are the same."""
    from tests.formats.corpus_excel import Book

    book = Book()
    for area in range(1, 8):
        book.form(
            f"Område {area}",
            f"Prioriterat område {area}",
            [
                (
                    f"Platsen {area}.{row} är otrygg på kvällarna, särskilt i slutet av veckan.",
                    f"Belysningen är dålig vid {area}.{row} och få går förbi.",
                    f"Vandring {area}.{row}: värdar och poliser går rundan tillsammans.\n"
                    "De börjar vid torget och slutar vid stationen.",
                    f"• Minst {row} vandringar\n• Färre än {area} anmälningar",
                    f"T{row % 3 + 1} {row}",
                    f"Stadsdelsförvaltningen, Polisen ({row})",
                    f"{row} av {row + area} vandringar är gjorda.",
                )
                for row in range(rows)
            ],
        )
    return book.content()


def _bare(content: bytes) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for number in range(len(book.sheet_names)):
        book.get_sheet_by_index(number).to_python(skip_empty_area=False)
