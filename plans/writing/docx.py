"""PlanDocument to Word: the same content in the same order as the PDF, to be edited and read back.

Each text that can be read back is a place (samverkan/documents/docx_places.py), called after where
it stands in the document: "areas.0.actions.2.timing". The plan's data rides along in the file;
plans/reading/our_docx.py puts what has been edited into them.
"""

from django.utils.text import Truncator
from msgspec.structs import replace

from plans.action_view import ActionView
from plans.document import Envelope, PlanDocument, decode
from plans.writing.docx_areas import Areas
from plans.writing.docx_closing import Closing
from samverkan.document import encode
from samverkan.documents.docx import pages
from samverkan.documents.docx_blocks import one_line
from samverkan.documents.docx_carried import Carried
from samverkan.documents.standing import Standing
from samverkan.documents.wordml import paragraph, run
from samverkan.values import words_of

NAMESPACE = "urn:samverkan:plan:1"


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


class _Writer(Areas, Closing):
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

    def _title(self) -> None:
        document, standing, plan = self.document, self.standing, self.plan
        self.paper.add(paragraph(document.district.municipality, "Subtitle"))
        if document.annex_label:
            annex = self.places.line("annex_label", document.annex_label, bold=True)
            self.paper.add(paragraph(annex, "Subtitle"))
        self.paper.add(
            paragraph([run(f"{one_line(document.district.name)}\n", "Ink"), plan.title], "Title")
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
            self._heading(one_line(f"{area.number} {area.doc.title}"), 2)
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
        return action.anchor, one_line(f"{action.number} {before}{title}")
