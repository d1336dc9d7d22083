"""Any file that can be a plan, told by what is in it and not by what it is called."""

from datetime import date
from enum import Enum
from io import BytesIO
from zipfile import ZipFile

from msgspec.structs import replace

from plans import exchange
from plans.document import Envelope, NotAPlan, PlanDocument, read_json
from plans.reading.excel import read_excel
from plans.reading.interpret import interpret
from plans.reading.listed import Listed
from plans.reading.our_docx import read_docx
from plans.reading.our_pdf import read_pdf
from plans.reading.our_xlsx import read_xlsx
from plans.reading.outcome import Known, Reading
from plans.reading.refusing import no_plan
from plans.reading.settling import nearest_catalogue
from plans.reading.word import read_word
from plans.sheets import ABOUT_FILE
from plans.writing.docx import NAMESPACE
from samverkan import period
from samverkan.documents import docx
from samverkan.edition import Edition
from samverkan.office.package import EXCEL, NO_ZIP, open_package
from samverkan.reading.outcome import Answers


class FileKind(Enum):
    """What a file is, and what its name usually ends in."""

    EXCEL = "Excelfil", (".xlsx", ".xlsm")
    WORD = "Word-fil", (".docx", ".docm")
    PDF = "PDF", (".pdf",)
    JSON = "JSON-fil", (".json",)

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def endings(self) -> tuple[str, ...]:
        return self.value[1]


_IN_ZIP = {"xl/": FileKind.EXCEL, "word/": FileKind.WORD}


def read_file(content: bytes, *, known: Known, answers: Answers) -> Reading:
    """The plan in the file, for this district and this time; NotAPlan says why there is none."""
    match kind_of(content):
        case FileKind.JSON:
            return _ours(read_json(content), known, answers)
        case FileKind.PDF:
            return _ours(read_pdf(content), known, answers)
        case FileKind.EXCEL:
            if _names_sheet(content, ABOUT_FILE):
                return _ours(read_xlsx(content), known, answers)
            if _names_sheet(content, exchange.SHEET):
                raise NotAPlan(
                    "Filen är en utbytesfil med en parts svar, och ingen plan: läs in den under "
                    "Uppföljning i den plan som den gäller."
                )
            return interpret(read_excel(content), known=known, answers=answers)
        case FileKind.WORD:
            if _carries_a_plan(content):
                return _ours(read_docx(content), known, answers)
            return interpret(read_word(content), known=known, answers=answers)


@no_plan
def kind_of(content: bytes) -> FileKind:
    if not content.strip(b"\0 \t\r\n"):
        raise NotAPlan("Filen är tom.")
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and _is_text(content):
        return FileKind.JSON
    for folder, kind in _IN_ZIP.items():
        if any(name.startswith(folder) for name in _names(content)):
            return kind
    open_package(content, EXCEL)  # which knows what else a file may be, and says so
    raise NotAPlan("Filen är inte av ett slag som kan läsas in.")


def _is_text(content: bytes) -> bool:
    return not content.startswith(b"{\\rtf")


def unpacked(content: bytes) -> int:
    """How many bytes there are to read, as the file itself says."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except NO_ZIP:
        return len(content)


def _names(content: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except NO_ZIP:
        return []


def _names_sheet(content: bytes, sheet: str) -> bool:
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open("xl/workbook.xml") as book:
            return f'name="{sheet}"'.encode() in book.read(1_000_000)
    except (KeyError, *NO_ZIP):
        return False


def _carries_a_plan(content: bytes) -> bool:
    try:
        return docx.open_word(content).attached(NAMESPACE) is not None
    except docx.NotWord:
        return False


def _ours(envelope: Envelope, known: Known, answers: Answers) -> Reading:
    """What we have written says what it is; only whose plan it becomes, and for when, is said anew, and
    which its areas are where the city's list does not have them."""
    document, warnings = _for(envelope.document, known)
    document, listed = _as_listed(document, known, answers)
    warnings += listed.warnings
    if envelope.edition == Edition.PUBLIC:
        warnings.append(
            "Filen är den publika utgåvan. Det som är internt i planen är inte med i den."
        )
    return Reading(
        document,
        questions=tuple(listed.questions),
        warnings=tuple(warnings),
        decision=envelope.decision,
    )


def _as_listed(
    document: PlanDocument, known: Known, answers: Answers
) -> tuple[PlanDocument, Listed]:
    catalogue = next(
        (one for one in known.catalogues if one.year == document.catalogue.year), None
    ) or nearest_catalogue(known)
    listed = Listed(known.areas, catalogue, answers, document.areas, named=document.catalogue)
    areas = tuple(listed.settle(area) for area in document.areas)
    return replace(document, catalogue=catalogue, areas=areas), listed


def _for(document: PlanDocument, known: Known) -> tuple[PlanDocument, list[str]]:
    warnings = []
    if document.district.slug != known.district.slug:
        warnings.append(
            f"Filen säger att planen gäller {document.district.name}. "
            f"Den läses in för {known.district.name}."
        )
    start, end = document.period_start, document.period_end
    if not _is_year(known.period_start, known.period_end) or start.year != known.period_start.year:
        start, end = known.period_start, known.period_end
    if (start, end) != (document.period_start, document.period_end):
        said = period.words(document.period_start, document.period_end)
        warnings.append(
            f"Filen säger att planen gäller {said}. Den läses in för {period.words(start, end)}."
        )
    return replace(document, district=known.district, period_start=start, period_end=end), warnings


def _is_year(start: date, end: date) -> bool:
    return (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31))
