"""Sammanställningen: formulas that count the form as it stands, also when somebody has written in it.

A problem is counted once for each area however many rows it is written on, and a cause once for each
problem (`plans.counting`). No formula of Excel's compares long texts and finds the first of its kind
by itself, so a hidden sheet, Räkning, has a row for each row of each form: the words of its problem
and its cause without regard to case and white space, and whether they are the first of their kind.
It finds the rows by where they stand, so that a row may be put in or taken out anywhere.
"""

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name

from plans.counting import count_commitments_by_party
from plans.document import CommitmentDoc
from plans.presentation import PlanView
from plans.sheets import COUNTING, SUMMARY_TITLE, TABLES, slots
from plans.writing.xlsx_form import Form
from samverkan.documents.charts import INK, PALE, TINT
from samverkan.documents.xlsx import FONT, GREY, Book, Sheet, printable
from samverkan.text import same_words

ROWS_TO_COME = 50  # so many more are counted
COLUMNS = 4  # of each area on the hidden sheet
HEAD, FIRST = 2, 3
COUNTED = ["Antal problem", "Antal identifierade orsaker", "Antal åtgärder"]


def add_summary(sheet: Sheet, plan: PlanView, forms: Sequence[Form]) -> None:
    columns = COUNTED if plan.has_causes else _by_party(plan)
    worksheet = sheet.worksheet
    sheet.head(HEAD, ["Prioriterat område", *columns], [46, *([19] * len(columns))])
    worksheet.set_row(HEAD, 32)
    sheet.across(0, 0, 0, max(len(columns), 3), SUMMARY_TITLE, "title")
    worksheet.set_row(0, 32)
    for place, (form, row) in enumerate(zip(forms, plan.summary, strict=True)):
        at = FIRST + place
        text = sheet.book.style("cell")[0]
        title = printable(row.area.doc.title)
        worksheet.write_formula(at, 0, f"={_sheet(form)}!$A$1", text, title)
        numbers = sheet.book.number_style("cell")
        counts = row.counts
        if plan.has_causes:
            values = [counts.problems, counts.causes, counts.actions]
            formulas = [
                _sum_of_firsts(place, 2, form),
                _sum_of_firsts(place, 3, form),
                _written(form),
            ]
        else:
            parties = [party.key for party in plan.acting_parties]
            values = [counts.actions, *count_commitments_by_party(row.area.doc, parties)]
            formulas = [_written(form), *(_taking_part(row.area.number, key) for key in parties)]
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=1):
            worksheet.write_formula(at, column, formula, numbers, value)
    if forms:
        _add_total(sheet, plan, len(columns), len(forms))
        _add_chart(sheet, plan, columns, len(forms))
    worksheet.freeze_panes(FIRST, 1)


def _by_party(plan: PlanView) -> list[str]:
    return ["Antal aktiviteter", *(printable(party.short_name) for party in plan.acting_parties)]


def _add_total(sheet: Sheet, plan: PlanView, columns: int, areas: int) -> None:
    row = FIRST + areas
    sheet.put(row, 0, "Summa", "sum")
    for column in range(1, columns + 1):
        name = xl_col_to_name(column)
        value = _total(plan, column)
        formula = f"=SUM({name}{FIRST + 1}:{name}{row})"
        sheet.worksheet.write_formula(row, column, formula, sheet.book.number_style("sum"), value)


def _total(plan: PlanView, column: int) -> int:
    total = plan.total
    if plan.has_causes:
        return [total.problems, total.causes, total.actions][column - 1]
    return [total.actions, *(number for _, _, number in plan.taking_part)][column - 1]


def _add_chart(sheet: Sheet, plan: PlanView, columns: Sequence[str], areas: int) -> None:
    series = columns if plan.has_causes else columns[:1]
    chart = sheet.book.workbook.add_chart({"type": "bar"})
    here = f"'{sheet.worksheet.get_name()}'"
    for column, colour in zip(range(1, len(series) + 1), (INK, TINT, PALE), strict=False):
        name = xl_col_to_name(column)
        chart.add_series(
            {
                "name": f"={here}!${name}${HEAD + 1}",
                "categories": f"={here}!$A${FIRST + 1}:$A${FIRST + areas}",
                "values": f"={here}!${name}${FIRST + 1}:${name}${FIRST + areas}",
                "fill": {"color": colour},
                "border": {"color": INK, "width": 0.75},
                "data_labels": {"value": True, "font": {"name": FONT}},
                "gap": 60,
            }
        )
    chart.set_title(
        {"name": "Antal per prioriterat område", "name_font": {"size": 12, "name": FONT}}
    )
    chart.set_y_axis(
        {"reverse": True, "num_font": {"size": 9, "name": FONT}, "line": {"color": INK}}
    )
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend(
        {"position": "bottom", "font": {"name": FONT}} if len(series) > 1 else {"none": True}
    )
    chart.set_size({"width": 760, "height": 110 + areas * (16 * len(series) + 14)})
    said = "; ".join(
        f"{row.area.doc.title}: {row.counts.problems} problem, {row.counts.causes} orsaker, "
        f"{row.counts.actions} åtgärder"
        if plan.has_causes
        else f"{row.area.doc.title}: {row.counts.actions} aktiviteter"
        for row in plan.summary
    )
    sheet.worksheet.insert_chart(
        FIRST + areas + 2,
        0,
        chart,
        {"description": printable(f"Stapeldiagram. {said}.")[:2000], "object_position": 1},
    )


def add_counting(book: Book, forms: Sequence[Form]) -> None:
    worksheet = book.add(COUNTING, GREY).worksheet
    worksheet.hide()
    for place, form in enumerate(forms):
        problems, causes, first_problem, first_cause = (
            xl_col_to_name(place * COLUMNS + column) for column in range(COLUMNS)
        )
        above = ""
        seen: set[str] = set()
        seen_causes: set[tuple[str, str]] = set()
        for number in range(1, _rows(form) + 1):
            problem, cause = form.chain[number - 1] if number <= len(form.chain) else ("", "")
            problem, cause = _words(problem) or above, _words(cause)
            is_first = problem != above and problem not in seen
            is_first_cause = bool(cause) and (problem, cause) not in seen_causes
            above = problem
            seen.add(problem)
            seen_causes.add((problem, cause))
            here, before = number, number - 1
            said_problem, said_cause = _cell(form, "A", number), _cell(form, "B", number)
            inherited = f"{problems}{before}" if before else '""'
            earlier = f"{problems}$1:{problems}{before}={problems}{here}"
            earlier_cause = f"({earlier})*({causes}$1:{causes}{before}={causes}{here})"
            cells = [
                (f'=IF(TRIM({said_problem})="",{inherited},{_same_words(said_problem)})', problem),
                (f"={_same_words(said_cause)}", cause),
                (_first(f"{problems}{here}", f"--({earlier})", before), int(is_first)),
                (_first(f"{causes}{here}", earlier_cause, before), int(is_first_cause)),
            ]
            for column, (formula, value) in enumerate(cells):
                at = place * COLUMNS + column
                worksheet.write_formula(number - 1, at, formula, None, value)


def _first(cell: str, earlier: str, before: int) -> str:
    """1 where the words are there and no row before has them."""
    is_new = f"IF(SUMPRODUCT({earlier})=0,1,0)" if before else "1"
    return f'=IF({cell}="",0,{is_new})'


def _sum_of_firsts(place: int, column: int, form: Form) -> str:
    name = xl_col_to_name(place * COLUMNS + column)
    return f"=SUM('{COUNTING}'!${name}$1:${name}${_rows(form)})"


def _written(form: Form) -> str:
    """How many rows have an åtgärd."""
    column = xl_col_to_name(form.places["action"])
    first, last = form.first_row + 1, form.first_row + _rows(form)
    return f"=SUMPRODUCT(--(LEN(TRIM({_sheet(form)}!${column}${first}:${column}${last}))>0))"


def _taking_part(area: int, party: str) -> str:
    """In how many of the area's activities the party has an åtagande."""
    table = next(table for table in TABLES if table.kind is CommitmentDoc)
    keys = [slot.key for slot in slots(CommitmentDoc)]
    name = xl_col_to_name(len(table.own) + keys.index("party"))
    key, start = party.replace('"', '""'), f"{area}."
    return (
        f"=SUMPRODUCT(EXACT('{table.sheet}'!${name}$2:${name}$5000,\"{key}\")"
        f"*(LEFT('{table.sheet}'!$A$2:$A$5000,{len(start)})=\"{start}\"))"
    )


def _rows(form: Form) -> int:
    return len(form.chain) + ROWS_TO_COME


def _sheet(form: Form) -> str:
    return "'" + form.name.replace("'", "''") + "'"


def _cell(form: Form, column: str, number: int) -> str:
    """What stands so many rows under the help row, whatever has been moved there."""
    sheet = _sheet(form)
    return f"INDEX({sheet}!${column}:${column},ROW({sheet}!$A${form.first_row})+{number})"


def _same_words(cell: str) -> str:
    for space in ("CHAR(10)", "CHAR(9)", '"\u00a0"'):
        cell = f'SUBSTITUTE({cell},{space}," ")'
    return f"LOWER(TRIM({cell}))"


def _words(text: str) -> str:
    return same_words(printable(text))[:15_000]
