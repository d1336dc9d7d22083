"""An utbytesfil that was read, as somebody looks at it before it is read in: what is new, field by field."""

from dataclasses import dataclass

from plans.exchange import ExchangeRow, Filled, FilledRow, Verdict


@dataclass(frozen=True)
class FieldChange:
    name: str
    label: str
    before: str  # in words, as it stood when the file was made
    after: str


@dataclass(frozen=True)
class RowChange:
    row: ExchangeRow
    line: int  # in the sheet
    fields: tuple[FieldChange, ...]
    is_gone: bool  # the plan no longer asks for it: it is not read in


@dataclass(frozen=True)
class Summary:
    rows: tuple[RowChange, ...]
    untouched: int  # rows where nothing is new
    removed: tuple[ExchangeRow, ...]
    warnings: tuple[str, ...]

    @property
    def coming(self) -> list[RowChange]:
        return [row for row in self.rows if not row.is_gone]

    @property
    def fields(self) -> int:
        return sum(len(row.fields) for row in self.coming)

    @property
    def in_short(self) -> str:
        """ "Något nytt i 3 av 8 åtgärder, 5 fält." """
        number = len(self.rows) + self.untouched + len(self.removed)
        if not self.coming:
            return "Inget är nytt i filen."
        of = f"{len(self.coming)} av {number} {'åtgärd' if number == 1 else 'åtgärder'}"
        return f"Något nytt i {of}, {self.fields} fält."


def summary(filled: Filled, verdict: Verdict | None = None) -> Summary:
    verdict = verdict or Verdict()
    changed = [_change(filled, row, verdict) for row in filled.changed]
    return Summary(
        rows=tuple(changed),
        untouched=len(filled.rows) - len(changed),
        removed=filled.removed,
        warnings=(*filled.warnings, *verdict.warnings),
    )


def _change(filled: Filled, one: FilledRow, verdict: Verdict) -> RowChange:
    fields = tuple(
        FieldChange(
            field.name,
            field.label,
            field.words(one.row.values.get(field.name, "")),
            field.words(one.typed[field.name]),
        )
        for field in filled.exchange.open_fields
        if field.name in one.typed
    )
    return RowChange(one.row, one.line, fields, one.row.action in verdict.gone)
