"""What is said of an area outside its tables: under a label, as a list, or as plain text.

"Lägesbild" on a line of its own goes for what follows it; so do "Åtgärder" and "Problem", where each
paragraph is one. "Ansvar: Polisen" is said of the åtgärd above.
"""

from plans.reading import labels
from plans.reading.draft import ActionDraft, AreaDraft, CauseDraft, Draft, ProblemDraft, put
from plans.reading.labels import (
    CAUSE,
    COMMENT,
    DESCRIPTION,
    PROBLEM,
    SITUATION,
    TITLE,
    UNDERTAKING,
    Found,
    Meaning,
    Setting,
)
from plans.reading.placing import place
from plans.reading.source import At, Cell, Paragraph
from plans.reading.words import folded
from plans.rows import RowKind
from samverkan.reading.outcome import Option, Question, Sureness

# What text without a label may be.
PERHAPS = (SITUATION, labels.OVERALL_GOAL, COMMENT, DESCRIPTION, PROBLEM)


class Prose:
    """The paragraphs of one area, one after the other."""

    def __init__(self, draft: Draft, area: AreaDraft, *, otherwise: Meaning | None = None):
        self.draft, self.area = draft, area
        self._otherwise = otherwise  # what text without a label is; none: that depends on its place
        self._goes_for: Found | None = None
        self._question = ""
        self._problem: ProblemDraft | None = None
        self._cause: CauseDraft | None = None
        self._action: ActionDraft | None = None
        self._undertaking = ""

    def hang_on(self, problem: ProblemDraft | None, cause: CauseDraft | None) -> None:
        """What the åtgärder hang on until a problem or an orsak of their own is named."""
        self._problem, self._cause = problem, cause

    def after_table(self) -> None:
        """What a label went for ends with the table that follows it."""
        self._goes_for, self._question = None, ""

    def takes_label(self, at: At, paragraph: Paragraph) -> bool:
        """A label on a line of its own, or before what it says on the same line."""
        label, colon, rest = paragraph.text.partition(":")
        found = self._label(label, paragraph, has_colon=bool(colon))
        if found is None or (rest.strip() and not colon):
            return False
        if rest.strip():
            self._put(found, at, rest.strip(), paragraph)
        else:
            self._goes_for, self._question = found, ""
            self.draft.form(at, f"Rubrik: {found.meaning.words}")
        return True

    def takes_group(self, at: At, heading: str) -> bool:
        """A heading within a list of åtgärder is what those below it are part of."""
        if self._goes_for is None or self._goes_for.meaning != DESCRIPTION:
            return False
        self._undertaking = heading
        self.draft.note(at, UNDERTAKING.words, Sureness.LIKELY, row=self.area.uuid)
        return True

    def _label(self, label: str, paragraph: Paragraph, *, has_colon: bool) -> Found | None:
        answers = self.draft.answers
        found = labels.find(label, Setting.AREA, answers)
        if found and found.meaning != TITLE and not paragraph.item:
            return found
        is_set_off = has_colon or paragraph.is_bold or bool(paragraph.heading)
        found = labels.find(label, Setting.CHAIN, answers) if is_set_off else None
        if found is None:
            return None
        starts_list = found.meaning in (PROBLEM, CAUSE, DESCRIPTION)
        return found if starts_list or self._action else None

    def read(self, at: At, paragraph: Paragraph) -> None:
        if self._goes_for is None:
            self._goes_for = self._guess(paragraph)
        self._put(self._goes_for, at, paragraph.text, paragraph)

    def _guess(self, paragraph: Paragraph) -> Found:
        """Text with no label: the lägesbild, or after the åtgärder a comment; a list may be them."""
        has_table = bool(self.area.actions or self.area.problems)
        meaning = COMMENT if has_table else DESCRIPTION if paragraph.item else SITUATION
        key = f"text:{folded(self.area.title)}:{'efter' if has_table else 'fore'}"
        where = "efter åtgärderna" if has_table else "före åtgärderna"
        asks = f"Vad är texten {where} under ”{self.area.title[:60]}”?"
        sureness = Sureness.UNSURE if paragraph.item or has_table else Sureness.LIKELY
        if self._otherwise:
            key, asks = "text:utan rubrik", "Vad är texten utan rubrik?"
            meaning, sureness = self._otherwise, Sureness.LIKELY
        if answered := Meaning.of(self.draft.answers.get(key, "")):
            meaning, sureness = answered, Sureness.CERTAIN
        self._question = self.draft.ask(
            Question(
                key=key,
                asks=asks,
                answer=meaning.value,
                sureness=sureness.value,
                options=tuple(
                    Option(one.value, one.words) for one in dict.fromkeys((meaning, *PERHAPS))
                ),
            )
        )
        return Found(meaning, sureness)

    def _put(self, found: Found, at: At, text: str, paragraph: Paragraph) -> None:
        draft, meaning = self.draft, found.meaning
        if meaning.row == RowKind.AREA:
            depth = "  " * ((paragraph.item or 1) - 1)
            cell = Cell(0, 0, f"{depth}- {text}" if paragraph.item else text)
            place(draft, self.area, None, found, cell, at, question=self._question)
        elif meaning == PROBLEM:
            self._problem, self._cause = draft.problem(self.area, text, at), None
            draft.note(at, meaning.words, found.sureness, row=self._problem.uuid)
        elif meaning == CAUSE and self._problem:
            self._cause = draft.cause(self._problem, text, at)
            draft.note(at, meaning.words, found.sureness, row=self._cause.uuid)
        elif meaning == CAUSE:
            draft.keep(at, meaning.words, text, why="orsaken har inget problem")
        else:
            if meaning == DESCRIPTION:
                self._action = draft.add_action(self.area, at)
                self._action.problem, self._action.cause = self._problem, self._cause
                if self._undertaking:
                    put(self._action.said, UNDERTAKING.field, self._undertaking)
            cell = Cell(0, 0, text)
            place(draft, self.area, self._action, found, cell, at, question=self._question)
