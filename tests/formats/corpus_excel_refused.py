"""Files that nobody can read a plan out of, and who leave their sender with one sentence."""

import zipfile
from io import BytesIO

from docx import Document
from openpyxl import Workbook

from tests.formats.corpus_excel import Book, Build, picture, with_parts

REFUSED: dict[str, Build] = {}


def _refused(build: Build) -> Build:
    REFUSED[build.__name__] = build
    return build


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _small() -> bytes:
    book = Book()
    book.sheet("Blad1", [("Problem", "Åtgärd"), ("Mörkt", "Lampor")])
    return book.content()


@_refused
def no_file_at_all() -> bytes:
    """Nothing: the upload was cut off, or the file was never filled."""
    return b""


@_refused
def an_empty_workbook() -> bytes:
    """Three sheets with nothing in them."""
    book = Book()
    for name in ("Blad1", "Blad2", "Blad3"):
        book.sheet(name)
    return book.content()


@_refused
def with_a_password() -> bytes:
    """Excel puts an encrypted workbook in a file of the old sort."""
    return _OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000


@_refused
def an_old_workbook() -> bytes:
    """An .xls, of any name."""
    return _OLE + "Workbook".encode("utf-16-le") + b"\0" * 1000


@_refused
def a_bomb() -> bytes:
    """A hundred kilobytes that become more than a hundred megabytes."""
    return with_parts(_small(), {"xl/worksheets/sheet1.xml": b" " * (101 * 2**20)})


@_refused
def a_million_empty_rows() -> bytes:
    """Somebody gave the rows of the whole sheet a look; Excel wrote them all down."""
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(3, 1_048_577))
    return with_parts(
        _small(),
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(
                b"</sheetData>", rows + b"</sheetData>"
            )
        },
    )


@_refused
def with_entities() -> bytes:
    """XML that tells its reader to fetch a file from the machine that it is read on."""
    declared = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst '
    return with_parts(
        _small(),
        {"xl/sharedStrings.xml": lambda xml: xml.replace(b"<sst ", declared.encode(), 1)},
    )


@_refused
def formulas_without_results() -> bytes:
    """Made by a program that wrote formulas and never worked them out."""
    book = Workbook()
    for name in ("Plan", "Summor"):
        sheet = book.create_sheet(name)
        sheet["A1"] = "Område"
    book["Plan"]["B2"] = '=A1&" 2025"'
    for row in range(2, 22):
        book["Summor"][f"C{row}"] = f"=SUM(A{row}:B{row})"
    del book["Sheet"]
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _hours(number: float) -> bytes:
    book = Workbook()
    book.active["A1"] = "Tid"
    book.active["A2"] = number
    book.active["A2"].number_format = "[h]:mm:ss"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@_refused
def a_time_after_all_calendars() -> bytes:
    """A number that somebody held a key down for, in a cell that shows hours."""
    return _hours(1e20)


@_refused
def a_time_before_all_calendars() -> bytes:
    """The same with a minus before it, which the library does not survive."""
    return _hours(-1e20)


@_refused
def a_picture_of_a_table() -> bytes:
    """The plan was pasted as a picture."""
    book = Book()
    book.sheet("Plan").insert_image("B2", "plan.png", {"image_data": BytesIO(picture("white"))})
    return book.content()


@_refused
def a_large_file() -> bytes:
    """Sixty megabytes, of pictures."""
    made = BytesIO(_small())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/media/image1.png", picture("white") + b"\0" * (60 * 2**20))
    return made.getvalue()


@_refused
def a_word_document() -> bytes:
    """A .docx that somebody has named .xlsx."""
    file = BytesIO()
    document = Document()
    document.add_paragraph("Åtgärdsplan")
    document.save(file)
    return file.getvalue()


@_refused
def a_binary_workbook() -> bytes:
    """An .xlsb, which Excel offers for large files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types><Override PartName="/xl/workbook.bin" ContentType="application/'
            'vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        )
        archive.writestr("xl/workbook.bin", b"\x83\x01\0")
    return made.getvalue()


@_refused
def a_calc_document() -> bytes:
    """An .ods, from LibreOffice."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return made.getvalue()


@_refused
def separated_by_semicolons() -> bytes:
    """A .csv, in the letters of an older Windows."""
    return "Problem;Orsak;Åtgärd\r\nMörkt;Få lampor;Fler lampor\r\n".encode("cp1252")


@_refused
def a_web_page() -> bytes:
    """What systems with a button "till Excel" often give: a table in HTML."""
    return "<html><body><table><tr><td>Åtgärd</td></tr></table></body></html>".encode()


@_refused
def a_damaged_file() -> bytes:
    """Half of a workbook, where the connection was lost."""
    content = _small()
    return content[: len(content) // 2]


@_refused
def a_photograph() -> bytes:
    """A picture that somebody has named .xlsx."""
    return picture("white")


@_refused
def letters_to_read() -> bytes:
    """A text file."""
    return "Här kommer planen, se bifogad fil.".encode()
