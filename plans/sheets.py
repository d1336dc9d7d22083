"""How a plan stands in a workbook. What writes it and what reads it back agree here, and only here.

A part of the plan is a row of cells, one for each field (`slots`); lists in it are rows on a sheet of
their own (`TABLES`). Headings come from `plans.labels`, so a new field needs nothing here.

What a person reads and edits may be put together from several fields: the åtgärd of the city's form
is a name and a description. Such a cell has a print beside it, of what it said when it was written:
where it still says the same, the fields are right; where it does not, somebody has edited the cell,
and then what she wrote goes before the fields.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, get_args, get_origin
from uuid import UUID

import msgspec

from plans.action_view import ACTIVITY_ROWS, ActionView
from plans.document import (
    ActionDoc,
    AnswerDoc,
    CatalogueDoc,
    CauseDoc,
    CommitmentDoc,
    DistrictDoc,
    Envelope,
    ExtraDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    ProblemDoc,
    RoundDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.labels import label
from plans.presentation import HEADINGS
from plans.rows import kind_of
from plans.vocabulary import Layout
from samverkan import rich
from samverkan.document import DecisionDoc, Part, RegistryNumberDoc, Rich
from samverkan.documents.xlsx import CONTINUED
from samverkan.values import Cell, Uuid, Value, bare, value_of

# The sheets that are not areas.
OWN_AREA = "Eget prioriterat område"
OWN_AREA_TITLE = f"[{OWN_AREA}]"
SUMMARY = "Sammanställning"
SUMMARY_TITLE = "Sammanställning över prioriterade områden"
ALL_ACTIONS = "Alla åtgärder"
ABOUT_PLAN = HEADINGS["about"]
ABOUT_FILE = "Om filen"
COUNTING = "Räkning"


# --- A part as cells ---


@dataclass(frozen=True)
class Slot:
    """A cell of a part: what it is headed and what it holds."""

    key: str  # the field; of a field in a field "district.slug"; "text:html" beside a rich text
    heading: str
    value: Value
    default: Any = msgspec.NODEFAULT
    is_hidden: bool = False  # for machines: it binds the rows together
    is_long: bool = False  # may need several lines
    is_rich: bool = False  # read as its words; its HTML and a print of the words stand beside

    @property
    def is_text(self) -> bool:
        return type(self.value) is Value

    @property
    def must_be_there(self) -> bool:
        """A column may be missing where the file is older than the field."""
        return self.default is msgspec.NODEFAULT

    @property
    def is_area(self) -> bool:
        """Whether it names other areas, by their numbers."""
        return self.key in ("also_serves", "handled_in")


# What has no row of its own in the database, and so no label there.
_LABELS: dict[type[Part], dict[str, str]] = {
    DistrictDoc: {"slug": "Kortnamn", "name": "Namn", "municipality": "Kommun"},
    CatalogueDoc: {"year": "År", "name": "Namn"},
    SignatoryDoc: {
        "party": "Part",
        "signatory": "Undertecknare",
        "registry_number": "Diarienummer",
    },
    RegistryNumberDoc: {"party": "Part", "number": "Diarienummer"},
    DecisionDoc: {
        "body": "Beslutande",
        "decided_on": "Beslutad den",
        "sha256": "Kontrollsumma",
        "paragraph": "Paragraf",
    },
    Envelope: {"format": "Filformat", "decision": "Beslut", "edition": "Utgåva"},
}
# Where a part is named by another, or held by it, the row of the other says so in cells of its own.
_BY_ROW = {(ActionDoc, "problem"), (ActionDoc, "cause")}


def _heading(kind: type[Part], field: str) -> str:
    return _LABELS[kind].get(field, field) if kind in _LABELS else label(kind_of(kind), field)


def part_in(kind: Any) -> type[Part] | None:
    """The part that a field of this type is, if it is one."""
    kind = bare(kind)
    return kind if isinstance(kind, type) and issubclass(kind, Part) else None


def parts_in(kind: Any) -> type[Part] | None:
    """The parts that a field of this type lists, if it does."""
    kind = bare(kind)
    return part_in(get_args(kind)[0]) if get_origin(kind) is tuple else None


def _is_long(kind: Any) -> bool:
    limits = [one.max_length for one in get_args(kind) if isinstance(one, msgspec.Meta)]
    return bare(kind) is str and all(most is None or most > 200 for most in limits)


@cache
def slots(kind: type[Part], within: str = "", under: str = "") -> tuple[Slot, ...]:
    """The cells of a part, and of the parts that it has one of."""
    found: list[Slot] = []
    for field in msgspec.structs.fields(kind):
        key, heading = within + field.name, ""
        if (kind, field.name) in _BY_ROW or parts_in(field.type):
            continue
        if inner := part_in(field.type):
            over = "" if field.name == "document" else f"{_heading(kind, field.name)}: "
            found += slots(inner, f"{key}.", over)
            continue
        value = value_of(field.type)
        is_hidden = isinstance(value, Uuid) and field.name != "handled_in"
        heading = under + ("uuid" if field.name == "uuid" else _heading(kind, field.name))
        is_rich = field.type == Rich
        is_long = _is_long(field.type)
        found.append(Slot(key, heading, value, field.default, is_hidden, is_long, is_rich))
        if is_rich:
            text = Value()
            found.append(Slot(f"{key}:html", f"{heading} (HTML)", text, "", is_hidden=True))
            found.append(Slot(f"{key}:print", f"{heading} (avtryck)", text, "", is_hidden=True))
    return tuple(found)


def cells(part: Part, areas: Mapping[UUID, str] | None = None) -> list[Cell]:
    """What stands in the slots of a part that has no parts; areas are named by what they are called."""
    found: list[Cell] = []
    for slot in slots(type(part)):
        field, _, what = slot.key.partition(":")
        value = getattr(part, field)
        if what:
            found.append(value if what == "html" else print_of(rich.plain(value)))
        elif slot.is_rich:
            found.append(rich.plain(value))
        elif value is None:
            found.append(None)
        elif slot.is_area and areas is not None:
            named = value if isinstance(value, tuple) else (value,)
            found.append("\n".join(areas[uuid] for uuid in named))
        else:
            found.append(slot.value.write(value))
    return found


def print_of(text: str) -> str:
    """Short, and another for another text: by it an edited cell is known."""
    return f"{zlib.crc32(text.encode()):08x}"


def as_rich(text: str) -> str:
    """Plain text that somebody has written where a rich one stood."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def named(number: str, title: str) -> str:
    """What another row is called by: its number, which the reader goes by, and its title."""
    return f"{number} {' '.join(title.split())[:80]}".strip()


# --- The lists, each a sheet ---


@dataclass(frozen=True)
class Table:
    """Rows of one kind. They may have a number, by which others name them, and belong to others."""

    kind: type[Part]
    sheet: str
    at: str  # where the list is: in the envelope, or in what its rows belong to
    own: tuple[str, ...] = ()  # the headings before those of the fields
    of_action: bool = False
    of_round: bool = False
    about: str = ""  # the field that says what an answer is about

    @property
    def number(self) -> str:
        """The heading of the numbers by which others name the rows, if they have any."""
        return next((heading for heading in self.own if heading in (NUMBER, GOAL_NUMBER)), "")

    @property
    def headings(self) -> tuple[str, ...]:
        return (*self.own, *(slot.heading for slot in slots(self.kind)))


NUMBER, GOAL_NUMBER = "Nr", "Målets nr"
OF_ACTION, OF_GOAL, OF_ROUND = "Gäller åtgärd", "Gäller mål", "Gäller omgång"
TABLES = (
    Table(GoalDoc, "Mål", "goals", (GOAL_NUMBER, OF_ACTION), of_action=True),
    Table(CommitmentDoc, "Åtaganden", "commitments", (OF_ACTION,), of_action=True),
    Table(RoundDoc, "Uppföljningsomgångar", "document.rounds", (NUMBER,)),
    Table(
        AnswerDoc, "Uppföljning", "answers", (OF_ROUND, OF_ACTION), of_round=True, about="action"
    ),
    Table(OutcomeDoc, "Utfall", "outcomes", (OF_ROUND, OF_GOAL), of_round=True, about="goal"),
    Table(PartyDoc, "Parter", "document.parties"),
    Table(SignatoryDoc, "Undertecknare", "document.agreement.parties"),
    Table(RegistryNumberDoc, "Diarienummer", "decision.registry_numbers", (NUMBER,)),
    Table(SectionDoc, "Avsnitt", "document.sections", (NUMBER,)),
    Table(ExtraDoc, "Övrigt ur källan", "document.extras"),
)
RESERVED = (
    *(OWN_AREA, SUMMARY, ALL_ACTIONS, ABOUT_PLAN, ABOUT_FILE, COUNTING, CONTINUED),
    *(table.sheet for table in TABLES),
)
FACTS = ("Uppgift", "Värde", "Nyckel")
GUIDE = (
    (
        "för ett område",
        "Skriv i formuläret som vanligt. Lägg till en rad var som helst; ta bort en åtgärd genom att ta "
        "bort raden. Till höger, under plustecknet, finns åtgärdens övriga uppgifter. Har både "
        "formuläret och en uppgift till höger eller på en annan flik ändrats gäller formuläret.",
    ),
    (
        OWN_AREA,
        "Ett tomt formulär. Skriv områdets namn överst, i stället för texten inom hakparentes.",
    ),
    (SUMMARY, "Räknas ut ur formulären."),
    (ALL_ACTIONS, "En rad per åtgärd, att sortera och räkna på. En kopia: läses inte in."),
    (
        "Mål, Åtaganden, Uppföljning, Utfall",
        "Första kolumnerna säger vad raden hör till, med numret först. Åtgärdens nummer står till "
        "höger om formuläret; ge en ny åtgärd ett nytt nummer om den ska ha rader här.",
    ),
)


# --- The form ---


@dataclass(frozen=True)
class FormColumn:
    """A column of the form. A key that is a field of the action is that field and no more."""

    key: str
    heading: str
    width: int
    help: str


FORMS: dict[Layout, tuple[FormColumn, ...]] = {
    Layout.CAUSES: (
        FormColumn("problem", "Problem", 18, "Vilket problem eller vilken utmaning gäller det?"),
        FormColumn(
            "cause", "Orsak", 28, "Varför finns problemet? En orsak per ruta; flera går bra."
        ),
        FormColumn(
            "action", "Åtgärd", 30, "Vad ska göras mot orsaken, och hur? En åtgärd per rad."
        ),
        FormColumn("goals", "Operativa mål", 25, "Vad ska åtgärden leda till? Ett mål per rad."),
        FormColumn("timing", "Tid", 14, "När ska det vara gjort, eller är det linjearbete?"),
        FormColumn("responsible", "Ansvar", 18, "Vem ser till att det blir gjort?"),
        FormColumn(
            "result",
            "Uppföljning",
            28,
            "Vad har gjorts, och har parterna gjort det de åtog sig? Fylls i vid uppföljningen.",
        ),
    ),
    Layout.ACTIVITIES: (
        FormColumn("undertaking", "Samverkansåtagande", 19, "Vad parterna samverkar om."),
        FormColumn("action", "Aktivitet", 26, "Vad som ska göras, och hur. En aktivitet per rad."),
        FormColumn("aim", ACTIVITY_ROWS["aim"], 26, "Vad aktiviteten ska leda till."),
        FormColumn("timing", ACTIVITY_ROWS["timing"], 14, "Hur länge den pågår."),
        FormColumn(
            "meeting_frequency", ACTIVITY_ROWS["meeting_frequency"], 15, "Hur ofta man ses."
        ),
        FormColumn("convener", ACTIVITY_ROWS["convener"], 16, "Vem som kallar till möten."),
        FormColumn(
            "parties", "Parternas åtaganden", 32, "Skrivs på fliken Åtaganden, en rad per part."
        ),
        FormColumn("follow_up_plan", "Uppföljning", 18, "Hur och när den ska följas upp."),
    ),
}


def chain_heading(kind: type[Part], slot: Slot) -> str:
    """Of a column to the right of the form: a field of the problem, the cause or the action."""
    return f"{kind_of(kind).label}: {slot.heading}"


CHAIN: tuple[type[Part], ...] = (ProblemDoc, CauseDoc, ActionDoc)
PRINTS = "Avtryck"
# Above the form of an area, beside its fields.
AREA_NUMBER = "Områdets nr"
SERVED_BY = "Även åtgärder i andra områden"
IDENTITY = frozenset({"slug", "name", "own"})  # what an area is known by, and rarely read


def form_cells(view: ActionView, layout: Layout) -> dict[str, str]:
    """What the form says of an action, column by column."""
    return {
        column.key: _FORM_CELLS[column.key](view)
        if column.key in _FORM_CELLS
        else getattr(view.doc, column.key)
        for column in FORMS[layout]
        if column.key not in ("problem", "cause")
    }


def _goals(view: ActionView) -> str:
    texts = [goal.doc.text for goal in view.goals]
    return texts[0] if len(texts) == 1 else "\n".join(f"– {text}" for text in texts)


def _parties(view: ActionView) -> str:
    return "\n".join(
        f"{commitment.party.short_name}: "
        + "; ".join(
            line.value if line.label == "Åtagande" else f"{line.label.lower()}: {line.value}"
            for line in commitment.lines
        )
        for commitment in view.commitments
    )


def _result(view: ActionView) -> str:
    said = [answer.doc.text for answer in view.common_answers if answer.doc.text]
    return said[-1] if said else ""


_FORM_CELLS = {
    "action": lambda view: "\n".join(filter(None, (view.doc.name, view.doc.description))),
    "goals": _goals,
    "timing": lambda view: view.doc.timing or "; ".join(view.timing_facts),
    "parties": _parties,
    "result": _result,
}
