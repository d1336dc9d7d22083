"""PlanDocument to Word: the same content in the same order as the PDF, to be edited and read back.

Each text that can be read back is a place (samverkan/documents/docx_places.py), called after where
it stands in the document: "areas.0.actions.2.timing". The plan's data rides along in the file;
plans/reading/our_docx.py puts what has been edited into them.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.timezone import localtime
from msgspec.structs import replace

from plans.carried import NAMESPACE, Carried, parts_with_names
from plans.charts import charts_of
from plans.document import Envelope, Part, PlanDocument, decode, encode
from plans.labels import internal_fields
from plans.presentation import (
    COMMITMENT_ROWS,
    ActionView,
    AnswerView,
    AreaView,
    CommitmentView,
    PartyTable,
    PlanView,
    ProblemGroup,
)
from plans.values import words_of
from plans.writing.standing import Standing
from samverkan.documents.docx import Margins, Paper, bookmark, pages
from samverkan.documents.docx_places import Places
from samverkan.documents.wordml import (
    Cell,
    Element,
    Row,
    Table,
    link,
    paragraph,
    run,
    share,
    w,
    without_empty_columns,
)

PROBLEM, CAUSE = "DFE9ED", "EEF4F6"  # the tints of the bands


def write_docx(
    document: PlanDocument, standing: Standing, envelope: Envelope | None = None
) -> bytes:
    """`envelope` is what rides along; without it, the document alone."""
    # Read anew: each part of it is then an object of its own, known by its identity.
    document = decode(encode(document))
    writer = _Writer(document, standing)
    writer.write()
    envelope = replace(envelope or Envelope(document), document=document)
    carried = Carried.of(envelope, writer.places.names, writer.paper.opened())
    writer.paper.attach(NAMESPACE, carried.to_text())
    return writer.paper.save()


class _Writer:
    def __init__(self, document: PlanDocument, standing: Standing) -> None:
        self.document, self.standing = document, standing
        self.plan = PlanView(document)
        self.places = Places()
        self.names = {id(part): name for name, part in parts_with_names(document)}
        self.followed_up = any(action.common_answers for action in self.plan.actions)
        district, state = document.district, standing.state.lower()
        self.paper = Paper(
            title=f"{self.plan.title}, {district.name}"
            + ("" if standing.is_decided else f" ({state})"),
            author=district.municipality,
            made_on=standing.printed_on,
            margins=Margins(
                f"{self.plan.title} · {district.name}",
                standing.in_short,
                f"Kontrollsumma {standing.short_hash}",
            ),
            is_landscape=self.plan.has_causes,
        )

    def write(self) -> None:
        self._title()
        self.paper.contents("Innehåll")
        for place, section in enumerate(self.document.sections, start=1):
            said = self._said(section, "heading")
            heading = self.paper.heading(said, 1, f"avsnitt-{place}", new_page=place == 1)
            self._rich(section, "text", heading, under=1)
        self._overview()
        for area in self.plan.areas:
            self._area(area)
        self._summary()
        self._rounds()
        self._parties()
        self._extras()
        self._about()

    # Places ---------------------------------------------------------------------------------------

    def _said(self, part: Part, field: str) -> list[Element]:
        """What the field says, where it is read back from."""
        words = words_of(getattr(part, field))
        return self.places.line(self._name(part, field), words)

    def _named(self, part: Part, words: str, *, bold: bool = False) -> list[Element]:
        """What stands for a part as a whole: where it is gone, the part has been taken away."""
        return self.places.mark(self.names[id(part)], [run(words, bold=bold)])

    def _name(self, part: Part, field: str) -> str:
        return f"{self.names[id(part)]}.{field}".lstrip(".")

    def _within(self, part: Part, words: str, names: Iterable[str], taken: set[str]) -> list:
        """Words that say some fields of the part among others."""
        made: list[Any] = []
        for field in names:
            value = getattr(part, field)
            sought = words_of(value)
            if not sought or field in taken:
                continue
            if type(value) is str:  # stands last, and may say anything
                found = re.search(f"{re.escape(sought)}$", words)
            else:
                found = re.search(re.escape(sought), words, re.IGNORECASE)
            if found:
                taken.add(field)
                place = self.places.line(self._name(part, field), found.group())
                made += [words[: found.start()], place]
                words = words[found.end() :]
        return [*made, words]

    def _rich(self, part: Part, field: str, heading: Element, under: int) -> None:
        made = self.paper.rich(getattr(part, field), under)
        name = self._name(part, field)
        self.paper.add(self.places.blocks(name, heading, made) if made else heading)

    def _heading(
        self, content: Any, level: int, anchor: str = "", *, new_page: bool = False
    ) -> None:
        self.paper.add(self.paper.heading(content, level, anchor, new_page=new_page))

    # The parts of the document --------------------------------------------------------------------

    def _title(self) -> None:
        document, standing, plan = self.document, self.standing, self.plan
        self.paper.add(paragraph(document.district.municipality, "Subtitle"))
        if document.annex_label:
            annex = self.places.line("annex_label", document.annex_label, bold=True)
            self.paper.add(paragraph(annex, "Subtitle"))
        self.paper.add(
            paragraph([run(f"{_one_line(document.district.name)}\n", "Ink"), plan.title], "Title")
        )
        if not standing.is_decided:
            self.paper.add(paragraph("UTKAST", "Draft"))
        facts: dict[str, list[str]] = {
            "Period": [f"{document.period_start} – {document.period_end}"],
            "Parter": [party.name for party in plan.main_parties],
            "Status": [standing.state + ("" if standing.is_decided else ", inte beslutad")],
        }
        if standing.is_decided:
            decided = " ".join(filter(None, [standing.body, words_of(standing.decided_on)]))
            facts["Beslut"] = [", ".join(filter(None, [decided, standing.paragraph]))]
        facts["Diarienummer"] = [f"{who}: {number}" for who, number in standing.registry_numbers]
        if document.revision > 1:
            facts["Revision"] = [str(document.revision)]
        self._label_rows(
            (label, [paragraph(line, "Cell") for line in lines])
            for label, lines in facts.items()
            if lines
        )

    def _overview(self) -> None:
        new_page = not self.document.sections
        self._heading("Planen i översikt", 1, "oversikt", new_page=new_page)
        for area in self.plan.areas:
            self._heading(_one_line(f"{area.number} {area.doc.title}"), 2)
            if area.actions:
                self.paper.add(*pages([self._entry(action) for action in area.actions]))
            else:
                said = ["Inga åtgärder i området. ", *self._handled(area)]
                self.paper.add(paragraph(said, "Quiet"))
        if not self.plan.areas:
            self.paper.add(paragraph("Planen har inga områden.", "Quiet"))

    def _entry(self, action: ActionView) -> tuple[str, str]:
        undertaking = "" if self.plan.has_causes else action.doc.undertaking
        title = Truncator(action.title).chars(140)
        before = f"{undertaking}: " if undertaking else ""
        return action.anchor, _one_line(f"{action.number} {before}{title}")

    def _handled(self, area: AreaView, *, is_place: bool = False) -> list:
        if area.handled_in:
            target = bookmark(area.handled_in.anchor)
            words = _one_line(f"{area.handled_in.number} {area.handled_in.title}")
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
                        (one.anchor, _one_line(f"{one.number} {Truncator(one.title).chars(140)}"))
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
        rows = [_head(heads)]
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

    def _internal(self, part: Any) -> list[Element]:
        fields = internal_fields(part)
        if not (part.is_internal or part.internal_reason or fields):
            return []
        label = "Internt" if part.is_internal or fields else "Skäl för internt"
        if fields and not part.is_internal:
            label = f"{label}: {fields}"
        if not part.internal_reason:
            return [paragraph(label, "Internal")]
        return [paragraph([f"{label}: ", *self._said(part, "internal_reason")], "Internal")]

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
                words = _one_line(f"{area.number} {area.title}")
                said += [
                    "; " if place else "",
                    link(bookmark(area.anchor), [run(words, "Hyperlink")]),
                ]
            made.append(paragraph(said, style))
        if action.doc.predecessor:
            said = [run("Fortsätter", "Strong"), " en åtgärd i en tidigare plan."]
            made.append(paragraph(said, style))
        return made

    # After the areas ------------------------------------------------------------------------------

    def _summary(self) -> None:
        plan = self.plan
        self._heading(plan.headings["summary"], 1, "sammanstallning", new_page=True)
        if not plan.areas:
            self.paper.add(paragraph("Planen har inga områden.", "Quiet"))
            return
        counted = {"Problem": "problems", "Orsaker": "causes"} if plan.has_causes else {}
        counted["Åtgärder" if plan.has_causes else "Aktiviteter"] = "actions"
        counted |= {"Mål": "goals", "Åtaganden": "commitments"}
        rows = [_numbers("Område", counted, is_head=True)]
        for row in plan.summary:
            said = [getattr(row.counts, name) for name in counted.values()]
            rows.append(_numbers(_one_line(f"{row.area.number} {row.area.doc.title}"), said))
        rows.append(_numbers("Hela planen", [getattr(plan.total, n) for n in counted.values()]))
        width = self.paper.width
        widths = share(width, [len(counted), *[1] * len(counted)])
        self._table(rows, widths, plan.headings["summary"], has_total=True)
        if not plan.has_causes and plan.taking_part:
            heading = "Aktiviteter som varje part deltar i, per område"
            self._heading(heading, 2)
            heads = [*(str(area.number) for area in plan.areas), "Summa"]
            rows = [_numbers("Part", heads, is_head=True)]
            rows += [
                _numbers(party.short_name, [*numbers, total])
                for party, numbers, total in plan.taking_part
            ]
            self._table(rows, share(width, [4, *[1] * len(plan.areas), 1.6]), heading)
        for chart in charts_of(plan):
            self._heading(chart.title, 2)
            self.paper.chart(chart.description, chart.series, chart.groups)

    def _rounds(self) -> None:
        if not self.document.rounds:
            return
        heading = self.plan.headings["rounds"]
        self._heading(heading, 1, "omgangar")
        rows = []
        for round_ in self.document.rounds:
            moments = [
                paragraph(f"{word} {_moment(at)}", "Cell")
                for word, at in (("från", round_.opened_at), ("till", round_.closed_at))
                if at
            ]
            rows.append(
                Row(
                    [
                        Cell(
                            [
                                paragraph(self._said(round_, "name"), "Cell"),
                                paragraph(self._said(round_, "kind"), "CellLabel"),
                            ]
                        ),
                        Cell([paragraph(self._said(round_, "reporting_date"), "Cell")]),
                        Cell([paragraph(self._said(round_, "due_date"), "Cell")]),
                        Cell(moments),
                        Cell([paragraph(self._said(round_, "questions"), "Cell")]),
                    ]
                )
            )
        heads = ["Omgång", "Avser läget", "Svar senast", "Öppen", "Frågor"]
        self._list(heads, rows, [3, 2, 2, 3.2, 4.5], heading)

    def _parties(self) -> None:
        document, agreement = self.document, self.document.agreement
        if not (document.parties or agreement):
            return
        heading = self.plan.headings["parties"]
        self._heading(heading, 1, "parter")
        rows = [
            Row(
                [
                    Cell([paragraph(self._said(party, "short_name"), "Cell")]),
                    Cell(
                        [paragraph(self._said(party, "name"), "Cell")]
                        if party.name != party.short_name
                        else []
                    ),
                    Cell([paragraph(self._said(party, "kind"), "Cell")]),
                ]
            )
            for party in document.parties
        ]
        if rows:
            self._list(["Part", "Hela namnet", "Slag"], rows, [3, 4, 3], heading)
        if not agreement:
            return
        self._heading(self._said(agreement, "title"), 2)
        start, end = self._said(agreement, "period_start"), agreement.period_end
        valid = (
            [*start, " – ", *self._said(agreement, "period_end")]
            if end
            else ["Från ", *start, " tills vidare"]
        )
        lines = [("Gäller", [paragraph(valid, "Cell")])]
        lines += [
            (label, [paragraph(self._said(agreement, field), "Cell")])
            for label, field in (
                ("Undertecknad", "signed_on"),
                ("Diarienummer", "registry_number"),
                ("Nästa översyn", "next_review"),
            )
            if getattr(agreement, field)
        ]
        self._label_rows(lines, agreement.title)
        rows = [
            Row(
                [
                    Cell([paragraph(self._named(entry, party.short_name), "Cell")]),
                    Cell([paragraph(self._said(entry, "signatory"), "Cell")]),
                    Cell([paragraph(self._said(entry, "registry_number"), "Cell")]),
                ]
            )
            for party, entry in self.plan.signatories
        ]
        if rows:
            heads = ["Part i överenskommelsen", "Undertecknas av", "Diarienummer"]
            self._list(heads, rows, [4, 3, 3], "Överenskommelsens parter")

    def _extras(self) -> None:
        if not self.document.extras:
            return
        headings = self.plan.headings
        self._heading(headings["extras"], 1, "ovrigt")
        self.paper.add(paragraph(headings["about_extras"], "Quiet"))
        rows = []
        for extra in self.document.extras:
            text = [paragraph(self._said(extra, "text"), "Cell")]
            if extra.is_internal:
                text.append(paragraph("Internt", "Internal"))
            rows.append(
                Row(
                    [
                        Cell([paragraph(self._said(extra, "where"), "Cell")]),
                        Cell([paragraph(self._said(extra, "label"), "Cell")]),
                        Cell(text),
                    ]
                )
            )
        heads = [headings["place_in_source"], "Etikett", "Text"]
        self._list(heads, rows, [3, 2.5, 4.5], headings["extras"])

    def _about(self) -> None:
        document, standing = self.document, self.standing
        heading = self.plan.headings["about"]
        self._heading(heading, 1, "om")
        facts = {
            "Plan": f"{self.plan.title} för {document.district.name}, revision {document.revision}",
            "Form": document.layout.label,
            "Områdeskatalog": f"{document.catalogue.name} ({document.catalogue.year})",
            "Framställt": str(standing.printed_on),
            "Kontrollsumma": f"{standing.content_hash} (SHA-256 av planens innehåll utan "
            "uppföljningar)",
        }
        if not standing.is_decided:
            facts["Läsa in igen"] = (
                "Texterna i filen kan ändras i Word och läsas in i Samverkan igen. "
                "Period och status ändras bara i Samverkan."
            )
        self._label_rows(
            ((label, [paragraph(words, "Cell")]) for label, words in facts.items()), heading
        )

    # Tables ---------------------------------------------------------------------------------------

    def _table(
        self, rows: Sequence[Row], widths: Sequence[int], words: str, *, has_total: bool = False
    ) -> None:
        table = Table(widths, rows, _one_line(words), has_total)
        # Two tables with nothing between them would be one.
        self.paper.add(table.element(), paragraph(style="Between"))

    def _list(
        self, heads: Sequence[str], rows: Sequence[Row], parts: Sequence[float], words: str
    ) -> None:
        kept, narrowed = without_empty_columns(_head(heads), rows)
        self._table(narrowed, share(self.paper.width, [parts[column] for column in kept]), words)

    def _label_rows(
        self, lines: Iterable[tuple[Any, Sequence[Element]]], words: str = "Uppgifter"
    ) -> None:
        """A label and what it says, row by row."""
        rows = [
            Row([Cell([paragraph(label, "CellLabel")]), Cell(blocks)]) for label, blocks in lines
        ]
        if rows:
            widest = min(self.paper.width, 9860)
            self._table(rows, [2400, widest - 2400], words)


def _head(heads: Iterable[str]) -> Row:
    cells = [Cell([paragraph(head, "CellHead")]) for head in heads]
    return Row(cells, is_head=True)


def _band(label: str, content: Any, tint: str, columns: int, below: Sequence[Element] = ()) -> Row:
    """A problem or a cause over what hangs on it."""
    style = {PROBLEM: "Problem", CAUSE: "Cause"}[tint]
    said = paragraph([run(label, "Label"), "  ", content], style)
    return Row([Cell([said, *below], columns, tint, left=170)])


def _numbers(label: str, numbers: Iterable[object], *, is_head: bool = False) -> Row:
    first, others = ("CellHead", "CellNumberHead") if is_head else ("Cell", "CellNumber")
    cells = [Cell([paragraph(label, first)])]
    cells += [Cell([paragraph(str(number), others)]) for number in numbers]
    return Row(cells, is_head=is_head)


def _title_field(action: ActionView) -> str:
    return "name" if action.doc.name else "description"


def _evenly(columns: int, parts: int) -> list[int]:
    return [columns // parts + (place < columns % parts) for place in range(parts)]


def _moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H.%M}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
