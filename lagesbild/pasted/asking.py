"""What is said about a table that was pasted, and what is asked about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass
class Asking:
    answers: Mapping[str, str]
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def say(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def ask(self, id_: str, text: str, choices: Sequence[Choice], likeliest: str) -> str:
        """What somebody has answered, or else what is likeliest."""
        answer = self.answers.get(id_)
        chosen = answer if answer in [choice.value for choice in choices] else likeliest
        self.questions.append(Question(id_, text, tuple(choices), str(chosen)))
        return str(chosen)
