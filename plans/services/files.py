"""A plan as a file: what is made from it now, and what its decision froze."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from hashlib import sha256

import msgspec
from django.conf import settings
from django.http import Http404

from plans.document import Envelope, PlanDocument, RoundDoc, decode, write_json
from plans.edition import edited
from plans.models import Plan
from plans.picture import Beside, shown_round
from plans.services.loading import current_document
from plans.services.pictures import beside_of
from plans.writing import summary
from plans.writing.docx import write_docx
from plans.writing.pdf import (
    write_party_pdf,
    write_pdf,
    write_picture_pdf,
    write_promises_pdf,
)
from plans.writing.xlsx import write_xlsx
from samverkan.document import encode
from samverkan.documents import store
from samverkan.documents.archive import Flavour
from samverkan.documents.attachments import Attachment, Relationship
from samverkan.documents.layout import layout_of
from samverkan.documents.serving import TYPES
from samverkan.documents.standing import Standing
from samverkan.edition import Edition
from samverkan.workflow.decisions import decision_doc, decision_of, standing_now


@dataclass(frozen=True)
class Paper:
    """What a file is made of."""

    envelope: Envelope
    standing: Standing
    party: str  # whose part of the plan it is; none, where it is of the whole
    beside: Beside = field(default_factory=Beside)  # where the file says how it goes

    @property
    def document(self) -> PlanDocument:
        return self.envelope.document


@dataclass(frozen=True)
class Kind:
    """A file that can be made of a plan."""

    name: str  # in the address: "atgardsplan.pdf"
    title: str
    label: str
    write: Callable[[Paper], bytes]
    takes_time: bool = False
    is_of_party: bool = False
    says_how_it_goes: bool = False

    @property
    def address(self) -> str:
        """As the addresses call it: "plan-pdf"."""
        first, _, extension = self.name.partition(".")
        return f"plan-{extension}" if first == "atgardsplan" else f"plan-{first}-{extension}"

    @property
    def is_shown(self) -> bool:
        """A browser shows a PDF, and is asked to keep the rest."""
        return self.extension == "pdf"

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2]


def _pdf(paper: Paper) -> bytes:
    """With the plan in it as data and as Excel."""
    excel = Attachment(
        name="åtgärdsplan.xlsx",
        content=write_xlsx(paper.envelope, paper.standing),
        mime_type=TYPES["xlsx"],
        description="Åtgärdsplanen i Excel.",
        modified=datetime.combine(paper.standing.printed_on, time(tzinfo=UTC)),
        relationship=Relationship.ALTERNATIVE,
    )
    return write_pdf(
        paper.document,
        paper.standing,
        decision=paper.envelope.decision,
        edition=paper.envelope.edition,
        attachments=[excel],
    )


KINDS = {
    kind.name: kind
    for kind in (
        Kind("atgardsplan.pdf", "Åtgärdsplan", "PDF", _pdf, takes_time=True),
        Kind(
            "atgardsplan.docx",
            "Åtgärdsplan",
            "Word",
            lambda paper: write_docx(paper.document, paper.standing, paper.envelope),
            takes_time=True,
        ),
        Kind(
            "atgardsplan.xlsx",
            "Åtgärdsplan",
            "Excel",
            lambda paper: write_xlsx(paper.envelope, paper.standing),
        ),
        Kind("atgardsplan.json", "Åtgärdsplan", "JSON", lambda paper: write_json(paper.envelope)),
        Kind(
            "arkiv.pdf",
            "Åtgärdsplan för arkiv, utan bifogade filer",
            "PDF/A-2",
            lambda paper: write_pdf(paper.document, paper.standing, flavour=Flavour.WITHOUT_FILES),
            takes_time=True,
        ),
        Kind(
            "atagande.pdf",
            "Åtaganden",
            "PDF",
            lambda paper: write_party_pdf(paper.document, paper.standing, paper.party),
            takes_time=True,
            is_of_party=True,
        ),
        Kind(
            "medborgarloften.pdf",
            "Medborgarlöften",
            "PDF",
            lambda paper: write_promises_pdf(paper.document, paper.standing),
            takes_time=True,
        ),
        Kind(
            "uppfoljning.pdf",
            "Läget på en sida",
            "PDF",
            lambda paper: write_picture_pdf(
                paper.document,
                paper.standing,
                edition=paper.envelope.edition,
                beside=paper.beside,
            ),
            takes_time=True,
            says_how_it_goes=True,
        ),
        Kind(
            "sammanstallning.svg",
            "Sammanställning",
            "SVG",
            lambda paper: summary.write_summary_svg(paper.document),
        ),
        Kind(
            "sammanstallning.png",
            "Sammanställning",
            "PNG",
            lambda paper: summary.write_summary_png(paper.document),
            takes_time=True,
        ),
        Kind(
            "sammanstallning.csv",
            "Sammanställning",
            "CSV",
            lambda paper: summary.write_summary_csv(paper.document),
        ),
    )
}

# What is made beforehand, when a plan has been left alone and when it has been decided.
PREPARED = [(KINDS["atgardsplan.pdf"], edition) for edition in Edition]


@dataclass(frozen=True)
class Wanted:
    """A file of a plan as the plan stands now, with its follow-ups so far."""

    plan: Plan
    kind: Kind
    edition: Edition = Edition.INTERNAL
    party: str = ""

    @cached_property
    def _paper(self) -> Paper:
        plan = Plan.objects.with_heading().get(pk=self.plan.pk)
        whole = current_document(plan)
        document = edited(whole, self.edition)
        known = {party.key for party in document.parties}
        if self.kind.is_of_party and self.party not in known:
            raise Http404("Parten finns inte i planen.")
        envelope = Envelope(document, decision_doc(plan), edition=self.edition)
        beside = self._beside(shown_round(whole.rounds))
        if self.edition == Edition.PUBLIC:
            beside = beside.public(whole)
        return Paper(envelope, standing_of(plan, whole, self.edition), self.party, beside)

    def _beside(self, shown: RoundDoc | None = None) -> Beside:
        return beside_of(self.plan.period_id, shown) if self.kind.says_how_it_goes else Beside()

    @property
    def key(self) -> str:
        """Of all that it says. The day that it happens to be made is not a part of that."""
        paper = self._paper
        return store.key_of(
            self.kind.name.encode(),
            self.party.encode(),
            encode(paper.envelope),
            msgspec.json.encode(replace(paper.standing, printed_on=date.min)),
            msgspec.json.encode(paper.beside),
            _layout(),
        )

    @property
    def version(self) -> str:
        """Another whenever the key may be: read before anything that the key is made of."""
        version = f"{self.plan.paper_version}/{_layout().hex()}"
        if not self.kind.says_how_it_goes:
            return version
        # What stands beside the plan does not raise its version.
        return f"{version}/{sha256(msgspec.json.encode(self._beside())).hexdigest()[:16]}"

    @property
    def subject(self) -> str:
        return f"plan/{self.plan.pk}/{self.kind.name}/{self.edition}/{self.party}"

    @property
    def title(self) -> str:
        """ "Åtgärdsplan", "Polisens åtaganden"."""
        if not self.kind.is_of_party:
            return self.kind.title
        parties = {party.key: party.short_name for party in self._paper.document.parties}
        return f"{self.kind.title}, {parties[self.party]}"

    @property
    def file_name(self) -> str:
        plan = self.plan
        revision = f", revision {plan.revision}" if plan.revision > 1 else ""
        edition = ", publik utgåva" if self.edition == Edition.PUBLIC else ""
        name = f"{self.title} {plan.period} {plan.district}{revision}{edition}"
        return f"{name}.{self.kind.extension}"

    def make(self) -> bytes:
        return self.kind.write(self._paper)


def _layout() -> bytes:
    base = settings.BASE_DIR
    return layout_of(
        base / "plans",
        base / "samverkan",
        base / "templates" / "plans" / "pdf",
        base / "static" / "css",
    )


def decided_json(plan: Plan) -> bytes | None:
    """The document that the decision froze, in the envelope of every file."""
    decision = decision_of(plan)
    if decision is None:
        return None
    return write_json(Envelope(decode(bytes(decision.document)), decision_doc(plan)))


def standing_of(plan: Plan, whole: PlanDocument, edition: Edition) -> Standing:
    return standing_now(
        plan,
        content_hash=edited(whole, edition).content_hash(),
        whole_hash=whole.content_hash(),
        edition=edition,
    )
