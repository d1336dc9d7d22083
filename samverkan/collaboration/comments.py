"""What is said about what several work in, row by row: threads, who hears them, how many are open.

Only for those who work with it (Right.READ_COMMENTS). No document, file or paper knows of it.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.collaboration.models import Comment
from samverkan.collaboration.wings import wing_of
from samverkan.organisation.models import Membership, Party, User
from samverkan.swedish import sort_key


@dataclass
class Thread:
    """A comment and the answers to it."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)

    @property
    def comments(self) -> list[Comment]:
        return [self.first, *self.answers]

    @property
    def living(self) -> list[Comment]:
        return [comment for comment in self.comments if not comment.taken_back_at]

    @property
    def is_open(self) -> bool:
        return bool(self.living) and not self.first.resolved_at

    @property
    def last(self) -> Comment:
        return self.comments[-1]

    @property
    def field_label(self) -> str:
        first = self.first
        kind, name = wing_of(first.work).kinds.get(first.kind), first.field
        return kind.fields[name].label if kind and name in kind.fields else ""

    def may_be_changed_by(self, user: Any, comment: Comment) -> bool:
        """Her own, until somebody has answered: no answer comes to stand under something else."""
        return comment.by_id == user.pk and not comment.taken_back_at and comment == self.last

    def waits_for(self, user: Any, named: Container[int]) -> bool:
        """Whether she is named in it (in one of these) since she last said something."""
        hers = [place for place, one in enumerate(self.comments) if one.by_id == user.pk]
        return any(one.pk in named for one in self.comments[max(hers, default=-1) + 1 :])


def threads_of(comments: Iterable[Any]) -> list[Thread]:
    """In the order in which they began. One in which everything is taken back is none."""
    found: dict[int, Thread] = {}
    for comment in comments:
        if comment.parent_id is None:
            found[comment.pk] = Thread(comment)
        elif comment.parent_id in found:
            found[comment.parent_id].answers.append(comment)
    return [thread for thread in found.values() if thread.living]


def comments_of(work: Any, row: UUID | None = None) -> QuerySet:
    comments = work.comments.select_related("by", "resolved_by").prefetch_related("mentions")
    return comments.filter(row=row) if row else comments


def address_of(work: Any, kind: str, row: UUID) -> str:
    """Where what is said about a row is read, and more is said."""
    return f"{wing_of(work).address(work)}rad/{kind}/{row}/kommentarer/"


def open_words(number: int) -> str:
    return "1 öppen kommentar" if number == 1 else f"{number} öppna kommentarer"


class Talk:
    """What its rows show of it: how many threads are open, and how much is said."""

    def __init__(self, user: Any, work: Any):
        self.work = work
        self.is_heard = bool(may(user, Right.READ_COMMENTS, work))

    @cached_property
    def _threads(self) -> list[Thread]:
        # The counter says whether there is anything to ask for.
        if not self.is_heard or not self.work.comments_version:
            return []
        return threads_of(self.work.comments.all())

    @cached_property
    def marks(self) -> dict[str, dict[str, int]]:
        """Open threads by row and field."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for thread in self._threads:
            if thread.is_open:
                found[str(thread.first.row)][thread.first.field] += 1
        return found

    @property
    def told(self) -> dict[str, Any]:
        """What the screens are told."""
        return {
            "version": self.work.comments_version,
            "open": self.open_threads,
            "marks": {row: dict(fields) for row, fields in self.marks.items()},
        }

    @cached_property
    def open_threads(self) -> int:
        return sum(thread.is_open for thread in self._threads)

    def open_of(self, row: UUID) -> int:
        return sum(self.marks.get(str(row), {}).values())

    @cached_property
    def _said(self) -> dict[UUID, int]:
        said: dict[UUID, int] = defaultdict(int)
        for thread in self._threads:
            said[thread.first.row] += len(thread.living)
        return said

    def said_of(self, rows: Iterable[UUID]) -> int:
        return sum(self._said.get(row, 0) for row in rows)


@dataclass(frozen=True)
class Person:
    """Somebody who can be spoken to."""

    user: User
    party: Party | None
    handle: str  # what is written after the @: the name, with the party where two have it


def people_of(work: Any) -> list[Person]:
    """Those who read its comments, in a fixed number of queries."""
    members = Membership.objects.filter(
        district=work.district, is_active=True, user__is_active=True
    ).select_related("user", "party", "municipality", "district__municipality")
    standing: dict[User, list[Membership]] = defaultdict(list)
    for member in members:
        standing[member.user].append(member)
    parties = {member.party_id for member in members if member.party_id}
    known = wing_of(work).known(work, parties)
    found = []
    for user, hers in standing.items():
        user.__dict__["standing"] = hers  # known already: no query for each
        if may(user, Right.READ_COMMENTS, known):
            found.append((user, next((m.party for m in hers if m.party), None)))
    names = [_folded(user.name) for user, _ in found]
    return sorted(
        (Person(user, party, _handle(user, party, names)) for user, party in found),
        key=lambda person: sort_key(person.handle),
    )


def mentioned(text: str, people: Iterable[Person]) -> list[User]:
    """Those whose names stand after an @. Where two have the same name, and the party is not said,
    both are meant."""
    handles: dict[str, dict[int, User]] = defaultdict(dict)
    for person in people:
        for name in (person.handle, person.user.name):
            if name.strip():
                handles[_folded(name)][person.user.pk] = person.user
    found = {
        user.pk: user
        for match in _after_at(handles).finditer(text)
        for user in handles[_folded(match.group(1))].values()
    }
    return list(found.values())


def _after_at(names: Iterable[str]) -> re.Pattern:
    """Finds @ and one of the names, the longest that fits; the name is its only group."""
    return re.compile(rf"(?<![\w@.])@({_any_of(names)})(?!\w)", re.IGNORECASE)


def split_at_mentions(text: str, users: Iterable[User]) -> list[str]:
    """The text in pieces, of which every other one is a mention."""
    names = _any_of(_folded(user.name) for user in users)
    return re.split(rf"(?<![\w@.])(@(?:{names}))(?!\w)", text, flags=re.IGNORECASE)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    choices = (r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return "|".join(choices) or "(?!)"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _handle(user: User, party: Party | None, names: list[str]) -> str:
    is_alone = names.count(_folded(user.name)) == 1
    return user.name if is_alone or party is None else f"{user.name} ({party.short_name})"
