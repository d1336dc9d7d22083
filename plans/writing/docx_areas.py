"""An area in the Word file, with its actions in the form that the plan has."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator

from plans.action_view import COMMITMENT_ROWS, ActionView, AnswerView, CommitmentView, PartyTable
from plans.presentation import AreaView, ProblemGroup
from plans.writing.docx_ground import Ground
from samverkan.document import Part
from samverkan.documents.docx import bookmark, pages
from samverkan.documents.docx_blocks import head, one_line
from samverkan.documents.wordml import Cell, Element, Row, link, paragraph, run, share, w

PROBLEM, CAUSE = "DFE9ED", "EEF4F6"  # the tints of the bands


class Areas(Ground):
    def _handled(self, area: AreaView, *, is_place: bool = False) -> list:
        if area.handled_in:
            target = bookmark(area.handled_in.anchor)
            words = one_line(f"{area.handled_in.number} {area.handled_in.title}")
            return ["Hanteras inom ", link(target, [run(words, "Hyperlink")]), "."]
        if area.doc.handled_as:
            label = area.doc.handled_as.label
            return ["Hanteras ", self._said(area.doc, "handled_as") if is_place else label, "."]
        return []

    def _area(self, area: AreaView) -> None:
        doc = area.doc
        number = run(f"{area.number} ")
        self._heading([number, *self._said(doc, "title")], 1, area.anchor)
        if doc.own:
            self.paper.add(paragraph("Eget område", "Quiet"))
        if doc.name != doc.title:
            self.paper.add(paragraph(f"Område i katalogen: {doc.name}", "Quiet"))
        self.paper.add(*self._internal(doc))
        self._prose(doc, "overall_goal", "Övergripande mål", "Lead")
        if doc.situation:
            self._rich(doc, "situation", self.paper.heading("Lägesbild", 2), under=2)
        self._prose(doc, "comment", "Kommentar")
        self._prose(doc, "not_chosen_reason", "Varför området inte valdes")
        if doc.handled_as or doc.handled_note:
            self._heading("Var området hanteras", 2)
            note = self._said(doc, "handled_note") if doc.handled_note else []
            self.paper.add(
                paragraph([*self._handled(area, is_place=True), " " if note else "", *note])
            )
        if area.served_by:
            self._heading("Åtgärder i andra områden som bidrar hit", 2)
            self.paper.add(
                *pages(
                    [
                        (one.anchor, one_line(f"{one.number} {Truncator(one.title).chars(140)}"))
                        for one in area.served_by
                    ]
                )
            )
        if not area.actions:
            self.paper.add(paragraph([run("Inga åtgärder i området.", italic=True)]))
        if not area.is_empty:
            if self.plan.has_causes:
                self._chain(area)
            else:
                for action in area.actions:
                    self._activity(action)

    def _prose(self, part: Part, field: str, heading: str, style: str = "") -> None:
        if getattr(part, field):
            self._heading(heading, 2)
            self.paper.add(paragraph(self._said(part, field), style))

    # Orsakstabell ---------------------------------------------------------------------------------

    def _chain(self, area: AreaView) -> None:
        heads = ["Åtgärd", self.plan.headings["goals"], "Tid", "Ansvar"]
        parts: list[float] = [27, 31, 19, 23]
        if self.followed_up:
            heads, parts = [*heads, "Uppföljning"], [23, 19, 13, 17, 28]
        rows = [head(heads)]
        for group in area.chain:
            rows += self._problem(area, group, len(heads))
        self.paper.add(paragraph(style="Between"))
        description = f"Problem, orsaker och åtgärder i {area.doc.title}"
        self._table(rows, share(self.paper.width, parts), description)

    def _problem(self, area: AreaView, group: ProblemGroup, columns: int) -> list[Row]:
        rows = []
        if group.problem:
            rows.append(self._band("Problem", group.problem, PROBLEM, columns))
        elif area.doc.problems:
            rows.append(_band("Problem", "Inget angivet", PROBLEM, columns))
        for part in group.causes:
            if part.cause:
                rows.append(self._band("Orsak", part.cause, CAUSE, columns))
            elif group.problem and group.problem.causes:
                rows.append(_band("Orsak", "Ingen angiven", CAUSE, columns))
            for action in part.actions:
                rows += self._action(action, columns)
            if not part.actions:
                nothing = paragraph([run("Ingen åtgärd.", italic=True)], "Cell")
                rows.append(Row([Cell([nothing], columns)]))
        return rows

    def _band(self, label: str, part: Any, tint: str, columns: int) -> Row:
        return _band(label, self._said(part, "text"), tint, columns, self._internal(part))

    def _action(self, action: ActionView, columns: int) -> list[Row]:
        doc = action.doc
        follows = bool(action.says_more or action.commitments or action.party_answers)
        number = run(f"{action.number} ", "Accent")
        title = paragraph([number, *self._said(doc, _title_field(action))], "CellName")
        what = [self.paper.anchored(title, action.anchor)]
        if action.text:
            what.append(paragraph(self._said(doc, "description"), "Cell"))
        what += self._internal(doc)
        time = [paragraph(self._said(doc, "timing"), "Cell"), *self._time_facts(action)]
        cells = [
            Cell(what),
            Cell(self._goals(action)),
            Cell(time),
            Cell([paragraph(self._said(doc, "responsible"), "Cell")]),
        ]
        if columns > len(cells):
            answers = [block for one in action.common_answers for block in self._common(one)]
            cells.append(Cell(answers))
        rows = [Row(cells, is_open=follows)]
        return [*rows, self._more(action, columns)] if follows else rows

    def _more(self, action: ActionView, columns: int) -> Row:
        details = [
            paragraph(
                [run(f"{line.label} ", "Strong"), *self._said(action.doc, line.field)], "CellFact"
            )
            for line in action.details
        ]
        details += self._links(action, "CellFact")
        commitments = [block for view in action.commitments for block in self._commitment(view)]
        answers = [
            block
            for answer in action.party_answers
            for block in self._answer(answer, "CellLead", answer.name)
        ]
        groups = [blocks for blocks in (commitments, answers) if blocks]
        if not details:  # what is said has the whole width
            first, *groups = groups
        else:
            first = details
        if not groups:
            return Row([Cell(first, columns)], goes_on=True)
        lead = 1 if details else columns // 2
        spans = [lead, *_evenly(columns - lead, len(groups))]
        return Row(
            [Cell(blocks, span) for blocks, span in zip([first, *groups], spans, strict=True)],
            goes_on=True,
        )

    def _commitment(self, view: CommitmentView) -> list[Element]:
        party = self._named(view.doc, view.party.short_name, bold=True)
        text = [" ", *self._said(view.doc, "text")] if view.doc.text else []
        asides = [
            paragraph([f"{line.label}: ", *self._said(view.doc, line.field)], "CellFact")
            for line in view.asides
        ]
        return [paragraph([*party, *text], "CellLead"), *asides, *self._internal(view.doc)]

    # Aktivitetstabell -----------------------------------------------------------------------------

    def _activity(self, action: ActionView) -> None:
        doc = action.doc
        if doc.undertaking:
            self.paper.add(paragraph(self._said(doc, "undertaking"), "Undertaking"))
        number = run(f"{action.number} ", "Accent")
        title = [number, *self._said(doc, _title_field(action))]
        heading = self.paper.heading(title, 2, action.anchor)
        if doc.undertaking:
            heading.pPr.append(w("spacing", before=20))
        self.paper.add(heading)
        self.paper.add(*self._internal(doc))
        if action.text:
            self.paper.add(paragraph(self._said(doc, "description")))
        lines = [(line.label, self._row_of(action, line.field)) for line in action.rows]
        if action.goals:
            lines.append((self.plan.headings["goals"], self._goals(action)))
        self._label_rows(lines, action.title)
        for table in action.party_tables():
            self._party_table(table, action)
        after: list[tuple[Any, list[Element]]] = [
            (line.label, [paragraph(self._said(doc, line.field), "Cell")])
            for line in action.rows_after_parties
        ]
        after += [
            (self._named(answer.doc, f"Uppföljning {answer.name}"), self._answer(answer, "Cell"))
            for answer in action.answers
        ]
        self._label_rows(after, action.title)
        self.paper.add(*self._links(action, ""))

    def _row_of(self, action: ActionView, field: str) -> list[Element]:
        said = [paragraph(self._said(action.doc, field), "Cell")]
        if field != "timing":
            return said
        return [*(said if action.doc.timing else []), *self._time_facts(action)]

    def _party_table(self, table: PartyTable, action: ActionView) -> None:
        heads = [Cell([paragraph("Part", "CellLabel")])]
        for view in table.commitments:
            party = self._named(view.doc, view.party.short_name)
            heads.append(Cell([paragraph(party, "CellHead"), *self._internal(view.doc)]))
        rows = [Row(heads, is_head=True)]
        for field, label in COMMITMENT_ROWS.items():
            if any(getattr(view.doc, field) for view in table.commitments):
                cells = [Cell([paragraph(label, "CellLabel")])]
                cells += [
                    Cell([paragraph(self._said(view.doc, field), "Cell")])
                    for view in table.commitments
                ]
                rows.append(Row(cells))
        label_width = min(2200, self.paper.width // 4)
        others = share(self.paper.width - label_width, [1] * len(table.commitments))
        widths = [label_width, *others]
        self._table(rows, widths, f"Parternas åtaganden: {action.title}")

    # What both say --------------------------------------------------------------------------------

    def _goals(self, action: ActionView) -> list[Element]:
        blocks = []
        for goal in action.goals:
            blocks.append(paragraph(self._said(goal.doc, "text"), "Cell"))
            measures: list[Any] = []
            for line in goal.measures:
                before = "; " if measures else ""
                measures += [f"{before}{line.label}: ", *self._said(goal.doc, line.field)]
            if measures:
                blocks.append(paragraph(measures, "CellFact"))
            for (_, outcome), line in zip(goal.outcomes, goal.results, strict=True):
                label = self._named(outcome, f"{line.label}:", bold=True)
                said = self._within(outcome, line.value, ("value", "text"), set())
                blocks.append(paragraph([*label, " ", *said], "CellFact"))
        return blocks

    def _time_facts(self, action: ActionView) -> list[Element]:
        taken: set[str] = set()
        names = ("timing_kind", "starts_on", "ends_on", "meetings_planned")
        return [
            paragraph(self._within(action.doc, fact, names, taken), "CellFact")
            for fact in action.timing_facts
        ]

    def _common(self, answer: AnswerView) -> list[Element]:
        label = self._named(answer.doc, answer.name, bold=True)
        return [paragraph(label, "CellLead"), *self._answer(answer, "Cell")]

    def _answer(self, answer: AnswerView, style: str, who: str = "") -> list[Element]:
        said: list[Any] = []
        if who:
            said += [*self._named(answer.doc, who, bold=True), " "]
        if answer.doc.state:
            said += [run(f"{answer.mark} ", "Accent"), *self._said(answer.doc, "state"), ". "]
        if answer.doc.text:
            said += self._said(answer.doc, "text")
        blocks = [paragraph(said, style)] if said else []
        taken: set[str] = set()
        names = ("commitment_met", "meetings_held", "meetings_planned")
        facts: list[Any] = []
        for fact in answer.facts:
            facts += ["; " if facts else "", *self._within(answer.doc, fact, names, taken)]
        return [*blocks, paragraph(facts, "CellFact")] if facts else blocks

    def _links(self, action: ActionView, style: str) -> list[Element]:
        made = []
        if action.also_serves:
            said: list[Any] = [run("Bidrar även till: ", "Strong")]
            for place, area in enumerate(action.also_serves):
                words = one_line(f"{area.number} {area.title}")
                said += [
                    "; " if place else "",
                    link(bookmark(area.anchor), [run(words, "Hyperlink")]),
                ]
            made.append(paragraph(said, style))
        if action.doc.predecessor:
            said = [run("Fortsätter", "Strong"), " en åtgärd i en tidigare plan."]
            made.append(paragraph(said, style))
        return made


def _band(label: str, content: Any, tint: str, columns: int, below: Sequence[Element] = ()) -> Row:
    """A problem or a cause over what hangs on it."""
    style = {PROBLEM: "Problem", CAUSE: "Cause"}[tint]
    said = paragraph([run(label, "Label"), "  ", content], style)
    return Row([Cell([said, *below], columns, tint, left=170)])


def _title_field(action: ActionView) -> str:
    return "name" if action.doc.name else "description"


def _evenly(columns: int, parts: int) -> list[int]:
    return [columns // parts + (place < columns % parts) for place in range(parts)]
