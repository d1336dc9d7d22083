"""Our own Word file, read back after somebody has edited it (samverkan/documents/docx_edited.py).

What has been added and belongs nowhere is kept among what else stood in the source (`extras`).
"""

from collections.abc import Iterable

import msgspec

from plans.document import Envelope, ExtraDoc, NotAPlan, PlanDocument, read_json
from plans.writing.docx import NAMESPACE
from samverkan.document import as_part, as_plain
from samverkan.documents import docx
from samverkan.documents.docx_carried import Carried
from samverkan.documents.docx_edited import CannotStand, Edited, NoPlaces
from samverkan.documents.docx_places import said

# What is not read from the document: it comes back as the file carried it, whatever stands there.
# A field alone is that field of every part.
NOT_READ = (
    # Whose plan it is, for when, and in what form.
    "AreaDoc.name",
    "CatalogueDoc.name",
    "DistrictDoc.name",
    "PlanDocument.period_end",
    "PlanDocument.period_start",
    "layout",
    "municipality",
    "revision",
    "year",
    # What a thing is called by machines, and what points from one to another.
    "action",
    "also_serves",
    "cause",
    "goal",
    "handled_in",
    "indicator",
    "key",
    "party",
    "predecessor",
    "priority",
    "problem",
    "slug",
    "uuid",
    # What is ticked, and what the service itself has noted.
    "closed_at",
    "continues_next_year",
    "internal_fields",
    "is_internal",
    "opened_at",
    "own",
)

_NOT_OURS = (
    "Filen är inte en Word-fil från Samverkan, eller så har planens data försvunnit ur den. "
    "Det som kan läsas är en Word-fil som har hämtats här, också om den har ändrats i Word sedan."
)
_NO_PLACES = (
    "Filen har sparats av ett program som har tagit bort märkena runt planens texter. "
    "Hämta planen på nytt och ändra den i Word."
)


def read_docx(content: bytes) -> Envelope:
    try:
        opened = docx.open_word(content)
        text = opened.attached(NAMESPACE)
    except docx.NotWord as error:
        raise NotAPlan("Filen går inte att läsa som ett Word-dokument (.docx).") from error
    if text is None:
        raise NotAPlan(_NOT_OURS)
    try:
        carried = Carried.from_text(text)
        envelope = read_json(carried.envelope)
        return _Plan(carried, envelope.document, opened).in_envelope(envelope)
    except NotAPlan:
        raise
    except NoPlaces as error:
        raise NotAPlan(_NO_PLACES) from error
    except CannotStand as error:
        raise NotAPlan(str(error)) from error
    except msgspec.ValidationError as error:
        # What the plan itself says against it is the cause, where there is one.
        raise NotAPlan(f"Planen i Word-filen går inte ihop: {error.__cause__ or error}.") from error
    except (LookupError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise NotAPlan(_NOT_OURS) from error


class _Plan(Edited):
    def in_envelope(self, envelope: Envelope) -> Envelope:
        self.put_in()
        self._let_go_of_what_is_gone()
        self.plain["extras"] += [msgspec.to_builtins(extra) for extra in self._extras()]
        return as_part(as_plain(envelope) | {"document": self.plain}, Envelope)

    def _let_go_of_what_is_gone(self) -> None:
        """Nothing points to what has been removed."""
        document = self.plain
        areas = {area["uuid"] for area in document["areas"]}
        actions, goals = set(), set()
        problem_of = {
            str(cause.uuid): str(problem.uuid)
            for area in self._document.areas
            for problem in area.problems
            for cause in problem.causes
        }
        for area in document["areas"]:
            if area["handled_in"] not in areas:
                area["handled_in"] = None
            problems = {problem["uuid"] for problem in area["problems"]}
            causes = {cause["uuid"] for problem in area["problems"] for cause in problem["causes"]}
            for action in area["actions"]:
                action["also_serves"] = [uuid for uuid in action["also_serves"] if uuid in areas]
                if action["cause"] not in causes:
                    # It stands under the problem now.
                    action["problem"] = action["problem"] or problem_of.get(action["cause"])
                    action["cause"] = None
                if action["problem"] not in problems:
                    action["problem"] = None
                actions.add(action["uuid"])
                goals |= {goal["uuid"] for goal in action["goals"]}
        for round_ in document["rounds"]:
            round_["answers"] = [one for one in round_["answers"] if one["action"] in actions]
            round_["outcomes"] = [one for one in round_["outcomes"] if one["goal"] in goals]

    @property
    def _document(self) -> PlanDocument:
        document = self.was[""]
        assert isinstance(document, PlanDocument)
        return document

    def _extras(self) -> Iterable[ExtraDoc]:
        """What stands in the file and has no place in the plan."""
        for _, copy in self.copies():
            yield ExtraDoc("Word-filen", "Kopierad rad", said(copy).strip())
        for paragraph in (*self.added(), *self.retitled()):
            if words := said([paragraph]).strip():
                yield ExtraDoc("Word-filen", "Skrivet utanför planens fält", words)
