"""The one table of rights: who may do what, in which state, and what she is told when she may not.

It is the table in the rules, written out. The interface asks it before it shows a button, the
view asks it before it acts, and a test walks every address with every role against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samverkan.organisation.vocabulary import Role


class Right(StrEnum):
    # in a plan
    READ = "read"
    READ_HISTORY = "read-history"
    COMMENT = "comment"
    READ_COMMENTS = "read-comments"
    EDIT_SHARED = "edit-shared"
    EDIT_OWN = "edit-own"
    EDIT_AGREEMENT = "edit-agreement"
    DELETE_AND_MOVE = "delete-and-move"
    DELETE_PLAN = "delete-plan"
    CHANGE_STATE = "change-state"
    APPROVE = "approve"
    REGISTER_DECISION = "register-decision"
    REVISE = "revise"
    OPEN_ROUNDS = "open-rounds"
    FOLLOW_UP = "follow-up"
    FOLLOW_UP_FOR_ALL = "follow-up-for-all"
    READ_DISPATCHES = "read-dispatches"
    # in a district
    ENTER_DISTRICT = "enter-district"
    CREATE_PLAN = "create-plan"
    CREATE_REPORT = "create-report"  # by hand, or out of a file
    IMPORT_PLAN = "import-plan"  # also in a plan: into it
    KEEP_YEAR = "keep-year"
    MANAGE_MEMBERS = "manage-members"
    READ_JOURNAL = "read-journal"
    # in the city
    READ_CITY = "read-city"
    KEEP_CATALOGUES = "keep-catalogues"
    OPEN_CITY_ROUNDS = "open-city-rounds"
    ADMINISTER = "administer"


class As(StrEnum):
    """In what capacity a membership must stand to the plan for its role to count."""

    ANYONE = "anyone"
    MAIN_PARTY = "main-party"  # the membership's party is a main party of the plan
    TAKING_PART = "taking-part"  # … or has a commitment in it


DRAFT, CONSULTATION, DECIDED, CLOSED = "utkast", "samrad", "beslutad", "avslutad"
OPEN = frozenset({DRAFT, CONSULTATION})
SETTLED = frozenset({DECIDED, CLOSED})
ANY = OPEN | SETTLED


@dataclass(frozen=True)
class Grant:
    role: Role
    states: Iterable[str] = ANY
    as_: As = As.ANYONE
    own_party_only: bool = False  # acts for its own party and no other


@dataclass(frozen=True)
class Rule:
    grants: tuple[Grant, ...]
    # In these {The}, {the} and {noun} are what it is about, as it is called: "Planen", "planen", "plan".
    who: str  # told to those whose role does not count
    when: str = ""  # told to those whose role counts, but not in this state
    whose: str = "Du kan bara fylla i det som hör till din egen part."


_WHILE_OPEN = (
    "{The} är {state} och kan inte ändras. Samordnaren kan öppna en ny revision om något måste "
    "ändras."
)

TABLE: dict[Right, Rule] = {
    Right.READ: Rule(
        grants=(
            Grant(Role.COORDINATOR),
            Grant(Role.EDITOR, as_=As.TAKING_PART),
            Grant(Role.CONTRIBUTOR, as_=As.TAKING_PART),
            Grant(Role.MANAGER, as_=As.TAKING_PART),
            Grant(Role.READER, SETTLED),
            Grant(Role.CITY),
        ),
        who="{The} läses av dem som deltar i den.",
        when="{The} är inte beslutad än. Läsare ser den när den har beslutats.",
    ),
    # What stood in the drafts, and who wrote it: for those who work with the plan.
    Right.READ_HISTORY: Rule(
        grants=(
            Grant(Role.COORDINATOR),
            Grant(Role.EDITOR, as_=As.TAKING_PART),
            Grant(Role.CONTRIBUTOR, as_=As.TAKING_PART),
            Grant(Role.MANAGER, as_=As.TAKING_PART),
            Grant(Role.CITY),
        ),
        who="{The}s historik läses av dem som arbetar med {the}.",
    ),
    Right.COMMENT: Rule(
        grants=(
            Grant(Role.COORDINATOR, ANY - {CLOSED}),
            Grant(Role.EDITOR, ANY - {CLOSED}, As.MAIN_PARTY),
            Grant(Role.CONTRIBUTOR, OPEN, As.TAKING_PART),
            Grant(Role.MANAGER, OPEN, As.MAIN_PARTY),
        ),
        who="Kommentarer skrivs av dem som arbetar med {the}.",
        when="{The} är {state} och tar inte emot fler kommentarer.",
    ),
    # Whoever has had a say reads what was said, also when nothing more can be.
    Right.READ_COMMENTS: Rule(
        grants=(
            Grant(Role.COORDINATOR),
            Grant(Role.EDITOR, as_=As.MAIN_PARTY),
            Grant(Role.CONTRIBUTOR, as_=As.TAKING_PART),
            Grant(Role.MANAGER, as_=As.MAIN_PARTY),
        ),
        who="Kommentarerna läses av dem som arbetar med {the}.",
    ),
    Right.EDIT_SHARED: Rule(
        grants=(
            Grant(Role.COORDINATOR, OPEN),
            Grant(Role.EDITOR, OPEN, As.MAIN_PARTY),
        ),
        who="Den gemensamma analysen skrivs av samordnaren och huvudparternas redaktörer.",
        when=_WHILE_OPEN,
    ),
    Right.EDIT_OWN: Rule(
        grants=(
            Grant(Role.COORDINATOR, OPEN),
            Grant(Role.EDITOR, OPEN, As.TAKING_PART, own_party_only=True),
            Grant(Role.CONTRIBUTOR, OPEN, As.TAKING_PART, own_party_only=True),
        ),
        who="En parts egna fält skrivs av partens redaktörer och av samordnaren.",
        when=_WHILE_OPEN,
    ),
    # Its parties are the plan's main parties, and it may be the ground of other plans too.
    Right.EDIT_AGREEMENT: Rule(
        grants=(Grant(Role.COORDINATOR, OPEN),),
        who="Bara samordnaren ändrar samverkansöverenskommelsen.",
        when=_WHILE_OPEN,
    ),
    Right.DELETE_AND_MOVE: Rule(
        grants=(Grant(Role.COORDINATOR, OPEN),),
        who="Bara samordnaren tar bort och flyttar det som står i {the}.",
        when=_WHILE_OPEN,
    ),
    # Of a draft, and only while nothing is written in it (plans/services/removal.py).
    Right.DELETE_PLAN: Rule(
        grants=(Grant(Role.COORDINATOR, {DRAFT}),),
        who="Bara samordnaren tar bort ett utkast.",
        when="Bara ett utkast kan tas bort. {The} är {state}.",
    ),
    Right.CHANGE_STATE: Rule(
        grants=(Grant(Role.COORDINATOR, ANY - {CLOSED}),),
        who="Bara samordnaren ändrar {the}s status.",
        when="{The} är avslutad.",
    ),
    Right.APPROVE: Rule(
        grants=(Grant(Role.MANAGER, {CONSULTATION}, As.MAIN_PARTY, own_party_only=True),),
        who="{The} godkänns av varje huvudparts chef.",
        when="{The} godkänns när den är på samråd. Nu är den {state}.",
        whose="Du kan bara godkänna för din egen part.",
    ),
    Right.REGISTER_DECISION: Rule(
        grants=(Grant(Role.COORDINATOR, {CONSULTATION}),),
        who="Bara samordnaren registrerar beslutet.",
        when="Beslutet registreras när {the} är på samråd. Nu är den {state}.",
    ),
    Right.REVISE: Rule(
        grants=(Grant(Role.COORDINATOR, {DECIDED}),),
        who="Bara samordnaren öppnar en ny revision.",
        when="En ny revision öppnas ur en beslutad {noun}. Den här är {state}.",
    ),
    Right.OPEN_ROUNDS: Rule(
        grants=(Grant(Role.COORDINATOR, {DECIDED}),),
        who="Planens uppföljning öppnas och stängs av samordnaren.",
        when="En beslutad plan följs upp. Den här är {state}.",
    ),
    Right.FOLLOW_UP: Rule(
        grants=(
            Grant(Role.COORDINATOR, {DECIDED}),
            Grant(Role.EDITOR, {DECIDED}, As.TAKING_PART, own_party_only=True),
            Grant(Role.CONTRIBUTOR, {DECIDED}, As.TAKING_PART, own_party_only=True),
        ),
        who="Uppföljningen skrivs av samordnaren och av parternas redaktörer.",
        when="En beslutad plan följs upp. Den här är {state}.",
        whose="Du kan bara följa upp det som din egen part har åtagit sig.",
    ),
    # What is answered for the action as a whole, and for a party that is to say that it is so.
    Right.FOLLOW_UP_FOR_ALL: Rule(
        grants=(Grant(Role.COORDINATOR, {DECIDED}),),
        who="Den gemensamma uppföljningen skrivs av samordnaren.",
        when="En beslutad plan följs upp. Den här är {state}.",
    ),
    Right.READ_DISPATCHES: Rule(
        grants=(Grant(Role.COORDINATOR), Grant(Role.MANAGER, as_=As.TAKING_PART)),
        who="Det som har skickats och tagits emot läses av samordnaren och av parternas chefer.",
    ),
    Right.ENTER_DISTRICT: Rule(
        grants=(
            Grant(Role.COORDINATOR),
            Grant(Role.EDITOR),
            Grant(Role.CONTRIBUTOR),
            Grant(Role.MANAGER),
            Grant(Role.READER),
            Grant(Role.CITY),
        ),
        who="Systemförvaltaren sköter användare och listor, inte planernas innehåll.",
    ),
    Right.CREATE_PLAN: Rule(
        grants=(Grant(Role.COORDINATOR),),
        who="Bara samordnaren skapar en ny plan.",
    ),
    Right.CREATE_REPORT: Rule(
        grants=(Grant(Role.COORDINATOR),),
        who="Bara samordnaren skapar en ny lägesbild eller statusrapport.",
    ),
    # In a district: a new plan out of a file. In a plan: what a file says goes into it.
    Right.IMPORT_PLAN: Rule(
        grants=(Grant(Role.COORDINATOR, OPEN),),
        who="Bara samordnaren läser in en plan från en fil.",
        when=_WHILE_OPEN,
    ),
    Right.KEEP_YEAR: Rule(
        grants=(Grant(Role.COORDINATOR),),
        who="Bara samordnaren ändrar i årshjulet.",
    ),
    Right.MANAGE_MEMBERS: Rule(
        grants=(Grant(Role.COORDINATOR),),
        who="Bara samordnaren bjuder in och ändrar medlemmar.",
    ),
    Right.READ_JOURNAL: Rule(
        grants=(Grant(Role.COORDINATOR), Grant(Role.MANAGER)),
        who="Händelserna läses av samordnaren och av cheferna.",
    ),
    Right.READ_CITY: Rule(
        grants=(Grant(Role.CITY),),
        who="Stadens samlade bild är till för stadsledningen.",
    ),
    Right.KEEP_CATALOGUES: Rule(
        grants=(Grant(Role.CITY),),
        who="Bara stadsledningen ändrar stadens områdeskataloger.",
    ),
    Right.OPEN_CITY_ROUNDS: Rule(
        grants=(Grant(Role.CITY),),
        who="Bara stadsledningen öppnar en uppföljning i alla stadens planer.",
    ),
    Right.ADMINISTER: Rule(
        grants=(Grant(Role.ADMINISTRATOR),),
        who="Bara systemförvaltaren kommer åt administrationen.",
    ),
}
