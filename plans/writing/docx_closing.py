"""What comes after the areas in the Word file: the summary, the rounds, the parties, and about the file."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from plans.charts import charts_of
from plans.writing.docx_ground import Ground, one_line
from samverkan.documents.wordml import Cell, Row, paragraph, share


class Closing(Ground):
    def _summary(self) -> None:
        plan = self.plan
        self._heading(plan.headings["summary"], 1, "sammanstallning", new_page=True)
        if not plan.areas:
            self.paper.add(paragraph("Planen har inga områden.", "Quiet"))
            return
        counted = plan.summary_columns.values()
        rows = [_numbers("Område", counted, is_head=True)]
        for row in plan.summary:
            said = plan.summary_numbers(row.counts)
            rows.append(_numbers(one_line(f"{row.area.number} {row.area.doc.title}"), said))
        rows.append(_numbers("Hela planen", plan.summary_numbers(plan.total)))
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
        heads = ["Uppföljning", "Avser läget", "Svar senast", "Öppen", "Frågor"]
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


def _numbers(label: str, numbers: Iterable[object], *, is_head: bool = False) -> Row:
    first, others = ("CellHead", "CellNumberHead") if is_head else ("Cell", "CellNumber")
    cells = [Cell([paragraph(label, first)])]
    cells += [Cell([paragraph(str(number), others)]) for number in numbers]
    return Row(cells, is_head=is_head)


def _moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H.%M}"
