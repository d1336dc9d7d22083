"""A plan while it is being read: what has been found so far, and where each piece of the file went."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from html import escape
from uuid import UUID

import msgspec

from plans.document import ExtraDoc
from plans.labels import label
from plans.reading.labels import Meaning
from plans.reading.outcome import Known, Piece
from plans.reading.parties import NEW, Parties
from plans.reading.parties import question_about as question_about_party
from plans.reading.source import PAGE_ENDS, At, Note, Origin, Paragraph, Source
from plans.reading.words import folded
from plans.rows import RowKind
from plans.vocabulary import ActionState
from samverkan.reading.outcome import Answers, Option, Question, Sureness
from samverkan.text import same_words

Said = dict[str, list[str]]


@dataclass
class CauseDraft:
    uuid: UUID
    text: str


@dataclass
class ProblemDraft:
    uuid: UUID
    text: str
    _causes: dict[str, CauseDraft] = field(default_factory=dict)  # by their words

    @property
    def causes(self) -> list[CauseDraft]:
        return list(self._causes.values())

    def cause(self, text: str) -> CauseDraft | None:
        return self._causes.get(same_words(text))

    def add(self, cause: CauseDraft) -> CauseDraft:
        self._causes[same_words(cause.text)] = cause
        return cause


@dataclass
class CommitmentDraft:
    uuid: UUID
    party: str
    said: Said = field(default_factory=dict)


@dataclass
class ActionDraft:
    uuid: UUID
    said: Said = field(default_factory=dict)
    goals: list[str] = field(default_factory=list)
    commitments: dict[str, CommitmentDraft] = field(default_factory=dict)
    problem: ProblemDraft | None = None
    cause: CauseDraft | None = None
    result: list[str] = field(default_factory=list)
    state: ActionState | None = None
    ends_on: date | None = None

    @property
    def is_named(self) -> bool:
        return bool(self.said.get("name") or self.said.get("description"))


@dataclass
class AreaDraft:
    uuid: UUID
    title: str
    at: At
    said: Said = field(default_factory=dict)
    actions: list[ActionDraft] = field(default_factory=list)
    _problems: dict[str, ProblemDraft] = field(default_factory=dict)  # by their words

    @property
    def problems(self) -> list[ProblemDraft]:
        return list(self._problems.values())

    def problem(self, text: str) -> ProblemDraft | None:
        return self._problems.get(same_words(text))

    def add(self, problem: ProblemDraft) -> ProblemDraft:
        self._problems[same_words(problem.text)] = problem
        return problem

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.problems or self.actions)


@dataclass
class SectionDraft:
    uuid: UUID
    heading: str
    lines: list[str] = field(default_factory=list)


class Draft:
    """The plan as far as it has been read. Each piece of the source is put somewhere, and noted."""

    def __init__(self, source: Source, known: Known, answers: Answers):
        self.source, self.known, self.answers = source, known, answers
        self.parties = Parties(known.parties, answers)
        self.areas: list[AreaDraft] = []
        self.sections: list[SectionDraft] = []
        self.extras: list[ExtraDoc] = []
        self.annex_label = ""
        self.warnings: list[str] = list(source.warnings)
        self.pieces: dict[At, Piece] = {}
        self.questions: dict[str, Question] = {}
        self._print = sha256(msgspec.json.encode(source))

    def name(self, at: At, what: str) -> UUID:
        """The same each time the same file is read, so that answers change nothing else."""
        print_ = self._print.copy()
        print_.update(f"{at.block} {at.row} {at.column} {what}".encode())
        return UUID(bytes=print_.digest()[:16], version=5)

    # --- Where the pieces went ---

    def note(
        self,
        at: At,
        became: str,
        sureness: Sureness = Sureness.CERTAIN,
        *,
        row: UUID | None = None,
        question: str = "",
    ) -> None:
        self.pieces[at] = Piece(at, sureness.value, became, str(row or ""), question)

    def form(self, at: At, became: str = "Rubrik") -> None:
        """What is the form's own."""
        self.note(at, became, Sureness.FORM)

    def keep(self, at: At, said: str, text: str, question: str = "", *, why: str = "") -> None:
        """What has no place in the plan: kept under its own label, with where it stood."""
        where = self.source.where(at)
        if why:
            self.warn(f"{where}: {why}, och sparas som övrigt.")
        self._leave(
            ExtraDoc(where=where[:300], label=said[:300], text=text, uuid=self.name(at, "övrigt"))
        )
        self.note(at, f"Övrigt: {said}", Sureness.EXTRA, question=question)

    def _leave(self, extra: ExtraDoc) -> None:
        self.extras.append(extra)

    def refusal_of(self, meaning: Meaning) -> str:
        """Why what means this cannot be put where it belongs; nothing where it can."""
        return ""

    def keep_note(self, note: Note) -> None:
        """What stands beside the text. A page heading says it on every page, and the text may too."""
        said = folded(note.text)
        if any(
            isinstance(one, Paragraph) and folded(one.text) == said for one in self.source.blocks
        ):
            return
        is_there = any((one.label, one.text) == (note.label, note.text) for one in self.extras)
        if note.label in PAGE_ENDS and is_there:
            return
        self._leave(
            ExtraDoc(
                where=note.where[:300],
                label=note.label[:300],
                text=note.text,
                uuid=self.name(At(len(self.source.blocks), len(self.extras)), "bredvid"),
            )
        )

    @property
    def asks_of_all(self) -> bool:
        """Whether each label can be set right, and not only those that are unsure."""
        return self.source.origin == Origin.PASTED

    def ask(self, question: Question) -> str:
        """The question, once; what words an answer is about may stand in many places."""
        self.questions.setdefault(question.key, question)
        return question.key

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

    # --- What the pieces became ---

    def add_area(self, title: str, at: At) -> AreaDraft:
        area = AreaDraft(self.name(at, "område"), title, at)
        self.areas.append(area)
        return area

    def add_action(self, area: AreaDraft, at: At) -> ActionDraft:
        action = ActionDraft(self.name(at, "åtgärd"))
        area.actions.append(action)
        return action

    def add_section(self, heading: str, at: At) -> SectionDraft:
        section = SectionDraft(self.name(at, "avsnitt"), heading)
        self.sections.append(section)
        return section

    def problem(self, area: AreaDraft, text: str, at: At) -> ProblemDraft:
        """The area's problem in these words: there already, or new."""
        return area.problem(text) or area.add(ProblemDraft(self.name(at, "problem"), text))

    def cause(self, problem: ProblemDraft, text: str, at: At) -> CauseDraft:
        return problem.cause(text) or problem.add(CauseDraft(self.name(at, "orsak"), text))

    def commitment(
        self, action: ActionDraft, words: str, at: At
    ) -> tuple[CommitmentDraft, Sureness, str]:
        """The party's in the action, by what the file calls the party; and the question it raises."""
        party, sureness = self.parties.find(words)
        if party.key not in action.commitments:
            uuid = self.name(at, f"åtagande {party.key}")
            action.commitments[party.key] = CommitmentDraft(uuid, party.key)
        question = ""
        if sureness != Sureness.CERTAIN or question_about_party(words) in self.answers:
            options = [Option(one.key, one.name) for one in self.parties.known]
            is_new = all(one.key != party.key for one in self.parties.known)
            question = self.ask(
                Question(
                    key=question_about_party(words),
                    asks=f"Vilken part är ”{words}”?",
                    answer=NEW if is_new else party.key,
                    sureness=sureness.value,
                    options=(*options, Option(NEW, f"En ny part: {self._new_name(words)}")),
                )
            )
        return action.commitments[party.key], sureness, question

    def name_of(self, party: str) -> str:
        return next(one.short_name for one in self.parties.everybody if one.key == party)

    @staticmethod
    def _new_name(words: str) -> str:
        return words[:1].upper() + words[1:].removesuffix("s")


def said_in(said: Said, field_name: str) -> str:
    return "\n".join(said.get(field_name, ()))


def put(said: Said, field_name: str, text: str) -> None:
    said.setdefault(field_name, []).append(text)


@cache
def words_for(meaning: Meaning) -> str:
    return label(RowKind(meaning.row), meaning.field)


_ITEM = re.compile(r"^\s*-\s+")


def as_rich(lines: Iterable[str]) -> str:
    """Lines as paragraphs; those that begin with a dash as the items of a list."""
    html: list[str] = []
    in_list = False
    for line in lines:
        for part in line.split("\n"):
            if not part.strip():
                continue
            is_item = bool(_ITEM.match(part))
            if is_item != in_list:
                html.append("<ul>" if is_item else "</ul>")
                in_list = is_item
            said = escape(_ITEM.sub("", part).strip(), quote=False)
            html.append(f"<li>{said}</li>" if is_item else f"<p>{said}</p>")
    return "".join(html) + ("</ul>" if in_list else "")
