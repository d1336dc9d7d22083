"""The one table of transitions: from which state to which, by what right, and on what conditions.

What is not in it cannot be done. Each transition has a name, in Swedish, that its button bears; a
sentence for whoever comes in the wrong state; and conditions, each of which says in a sentence what
is missing. Nothing here knows of the database: the conditions are asked of `Facts`. In the sentences {The},
{the} and {noun} are what it is about, as in samverkan/access/table.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from samverkan.access.table import CLOSED, CONSULTATION, DECIDED, DRAFT, Right
from samverkan.text import list_of

STATES = (DRAFT, CONSULTATION, DECIDED, CLOSED)


@dataclass(frozen=True)
class Facts:
    """What the conditions ask about a thing, gathered by whoever has it before her."""

    main_parties: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()  # those of them whose approval does not stand
    returned: tuple[str, ...] = ()  # those of them who have sent it back as it is now
    unconfirmed: int = 0  # what looks like personal data and nobody has said is not
    in_force: bool = False
    under_way: str = ""  # another revision that is not decided yet
    open_rounds: tuple[str, ...] = ()
    word: str = "Planen"  # what it is called, as a sentence begins

    @property
    def the(self) -> str:
        return self.word.lower()


Condition = Callable[[Facts], str]  # what is missing, in a sentence; nothing, where it is met


def has_main_parties(facts: Facts) -> str:
    if facts.main_parties:
        return ""
    return f"{facts.word} har inga huvudparter som kan godkänna den."


def is_approved_by_all(facts: Facts) -> str:
    if facts.returned:
        return f"{list_of(facts.returned)} har återsänt {facts.the} för ändring."
    if facts.awaited:
        return f"{list_of(facts.awaited)} har inte godkänt {facts.the} som den står nu."
    return ""


def has_no_personal_data(facts: Facts) -> str:
    match facts.unconfirmed:
        case 0:
            return ""
        case 1:
            return "Ett ställe ser ut som en personuppgift. Bekräfta det, eller ändra texten först."
        case many:
            return (
                f"{many} ställen ser ut som personuppgifter. Bekräfta vart och ett, eller ändra "
                "texten först."
            )


def is_in_force(facts: Facts) -> str:
    if facts.in_force:
        return ""
    return f"{facts.word} gäller inte längre. En nyare revision har beslutats."


def is_the_only_one_under_way(facts: Facts) -> str:
    return f"{facts.under_way} är redan på väg." if facts.under_way else ""


def has_no_open_rounds(facts: Facts) -> str:
    if not facts.open_rounds:
        return ""
    return f"Uppföljningen {list_of(facts.open_rounds)} är öppen. Stäng den först."


@dataclass(frozen=True)
class Transition:
    name: str
    source: str
    target: str
    right: Right
    action: str  # what the button says
    page: str  # in its address
    when: str  # told to whoever comes in another state
    conditions: tuple[Condition, ...] = ()
    begins_anew: bool = False  # the target is the state of a new revision; this one stays as it is

    def missing(self, facts: Facts) -> list[str]:
        return [sentence for met in self.conditions if (sentence := met(facts))]


SEND = Transition(
    name="send",
    source=DRAFT,
    target=CONSULTATION,
    right=Right.CHANGE_STATE,
    action="Skicka på samråd",
    page="samrad",
    when="{The} skickas på samråd när den är ett utkast. Nu är den {state}.",
    conditions=(has_main_parties,),
)
WITHDRAW = Transition(
    name="withdraw",
    source=CONSULTATION,
    target=DRAFT,
    right=Right.CHANGE_STATE,
    action="Ta tillbaka till utkast",
    page="till-utkast",
    when="Bara en {noun} på samråd tas tillbaka till utkast. Den här är {state}.",
)
POSTPONE = Transition(
    name="postpone",
    source=CONSULTATION,
    target=CONSULTATION,
    right=Right.CHANGE_STATE,
    action="Ändra svarsdatum",
    page="svarsdatum",
    when="Svarsdatumet ändras när {the} är på samråd. Nu är den {state}.",
)
# Approvals are rows of their own and no state: the plan stays on consultation.
APPROVE = Transition(
    name="approve",
    source=CONSULTATION,
    target=CONSULTATION,
    right=Right.APPROVE,
    action="Godkänn",
    page="godkann",
    when="{The} godkänns när den är på samråd. Nu är den {state}.",
)
RETURN = Transition(
    name="return",
    source=CONSULTATION,
    target=CONSULTATION,
    right=Right.APPROVE,
    action="Återsänd för ändring",
    page="atersand",
    when="{The} återsänds när den är på samråd. Nu är den {state}.",
)
DECIDE = Transition(
    name="decide",
    source=CONSULTATION,
    target=DECIDED,
    right=Right.REGISTER_DECISION,
    action="Registrera beslutet",
    page="beslut",
    when="Beslutet registreras när {the} är på samråd. Nu är den {state}.",
    conditions=(has_main_parties, is_approved_by_all, has_no_personal_data),
)
REVISE = Transition(
    name="revise",
    source=DECIDED,
    target=DRAFT,
    right=Right.REVISE,
    action="Öppna en ny revision",
    page="ny-revision",
    when="En ny revision öppnas ur en beslutad {noun}. Den här är {state}.",
    conditions=(is_in_force, is_the_only_one_under_way),
    begins_anew=True,
)
CLOSE = Transition(
    name="close",
    source=DECIDED,
    target=CLOSED,
    right=Right.CHANGE_STATE,
    action="Avsluta {the}",
    page="avsluta",
    when="Bara en beslutad {noun} avslutas. Den här är {state}.",
    conditions=(is_in_force, is_the_only_one_under_way, has_no_open_rounds),
)

TRANSITIONS = (SEND, WITHDRAW, POSTPONE, APPROVE, RETURN, DECIDE, REVISE, CLOSE)
