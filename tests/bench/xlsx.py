"""A plan as Excel, against XlsxWriter writing the same cells with the same looks and nothing more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from io import BytesIO
from typing import Any
from unittest.mock import patch

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.bench.figures import Figure, measure

CELLS = (
    *("write_string", "write_blank", "write_number", "write_datetime", "write_formula"),
    *("merge_range", "set_row", "set_column"),
)


def writing_a_workbook() -> list[Figure]:
    from plans.document import Envelope
    from plans.writing.xlsx import write_xlsx
    from samverkan.documents.standing import Standing
    from tests.formats.samples import large

    document = large(1000)
    envelope = Envelope(document)
    standing = Standing("Utkast", document.content_hash(), printed_on=date(2025, 2, 3))
    with _recorded() as calls:
        write_xlsx(envelope, standing)
    return [
        measure(
            "Excel, 1 000 åtgärder",
            lambda: write_xlsx(envelope, standing),
            "samma celler med XlsxWriter",
            lambda: _write(calls),
            rounds=7,
        )
    ]


Call = tuple[Any, str, tuple]


@contextmanager
def _recorded() -> Iterator[list[Call]]:
    """What is asked of XlsxWriter, and not what it then asks of itself."""
    calls: list[Call] = []
    inside = False

    def recording(method: Callable) -> Callable:
        @wraps(method)
        def recorded(self: Any, *args: Any) -> Any:
            nonlocal inside
            if inside:
                return method(self, *args)
            inside = True
            made = method(self, *args)
            inside = False
            if method.__name__ != "__init__":
                calls.append((made if isinstance(self, Workbook) else self, method.__name__, args))
            return made

        return recorded

    methods: list[tuple[type, str]] = [
        (Workbook, name) for name in ("__init__", "add_worksheet", "add_format")
    ]
    methods += [(Worksheet, name) for name in CELLS]
    patches = [patch.object(kind, name, recording(getattr(kind, name))) for kind, name in methods]
    for one in patches:
        one.start()
    yield calls
    for one in patches:
        one.stop()


def _write(calls: list[Call]) -> bytes:
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True})
    ours: dict[Any, Any] = {}
    for on, name, args in calls:
        if name in ("add_worksheet", "add_format"):
            ours[on] = getattr(workbook, name)(*args)
        else:
            looks = [ours[one] if isinstance(one, Format) else one for one in args]
            getattr(ours[on], name)(*looks)
    workbook.close()
    return file.getvalue()
