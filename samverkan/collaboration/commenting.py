"""Comments on rows: said, answered, changed, taken back, and settled."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.collaboration.comments import Thread, comments_of, mentioned, people_of, threads_of
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import find
from samverkan.collaboration.models import Comment
from samverkan.collaboration.tasks import send_mention
from samverkan.organisation.models import User
from samverkan.text import clean

LONGEST = 5_000  # characters: what is longer belongs in what is written


def say(
    *,
    actor: Any,
    work: Any,
    kind: Editable,
    row: UUID,
    text: str,
    field: str = "",
    answers: int | None = None,
    uuid: UUID | None = None,
) -> Comment:
    """A new thread about the row or the field, or an answer in one that is there."""
    said = _cleaned(text)
    uuid = uuid or uuid4()
    with _turn(actor, work):
        if there := work.comments.filter(uuid=uuid, by=actor).first():
            return there  # a second press of the same button
        first = None
        if answers is not None:
            first = get_thread(work, answers).first
            kind_name, row, field = first.kind, first.row, first.field
        else:
            find(work, kind, row)
            kind_name = kind.name
            if field and field not in kind.fields:
                raise Http404("Det finns inget sådant fält.")
        comment = work.comments.create(
            uuid=uuid,
            kind=kind_name,
            row=row,
            field=field,
            parent=first,
            text=said,
            by=actor,
        )
        if first and first.resolved_at:  # whoever has more to say opens it again
            work.comments.filter(pk=first.pk).update(resolved_by=None, resolved_at=None)
        _mention(comment, actor, work)
    return comment


def change(*, actor: Any, work: Any, pk: int, text: str) -> Comment:
    said = _cleaned(text)
    with _turn(actor, work):
        thread, comment = _hers(actor, work, pk)
        if not thread.may_be_changed_by(actor, comment):
            raise ValidationError(
                "Någon har svarat på kommentaren. Skriv ett nytt svar i stället för att ändra den."
            )
        if said != comment.text:
            comment.text, comment.edited_at = said, timezone.now()
            comment.save(update_fields=["text", "edited_at"])
            _mention(comment, actor, work)
    return comment


def take_back(*, actor: Any, work: Any, pk: int) -> Comment:
    """The words go for good. That something was said stays, so that the answers can be read."""
    with _turn(actor, work):
        _, comment = _hers(actor, work, pk)
        comment.text, comment.taken_back_at = "", timezone.now()
        comment.save(update_fields=["text", "taken_back_at"])
        comment.mentions.clear()
    return comment


def resolve(*, actor: Any, work: Any, pk: int) -> Comment:
    with _turn(actor, work):
        first = get_thread(work, pk).first
        if not first.resolved_at:
            first.resolved_by, first.resolved_at = actor, timezone.now()
            first.save(update_fields=["resolved_by", "resolved_at"])
    return first


def reopen(*, actor: Any, work: Any, pk: int) -> Comment:
    with _turn(actor, work):
        first = get_thread(work, pk).first
        first.resolved_by = first.resolved_at = None
        first.save(update_fields=["resolved_by", "resolved_at"])
    return first


def get_thread(work: Any, pk: int) -> Thread:
    """The thread that the comment stands in; that of another is not there."""
    row = work.comments.filter(pk=pk).values_list("row", flat=True).first()
    if row is not None:
        for thread in threads_of(comments_of(work, row)):
            if any(comment.pk == pk for comment in thread.comments):
                return thread
    raise Http404("Det finns ingen sådan kommentar.")


@contextmanager
def _turn(actor: Any, work: Any) -> Iterator[None]:
    """The whole to herself meanwhile, and the right asked for again as both now are."""
    rows = type(work)._default_manager.filter(pk=work.pk)
    with transaction.atomic():
        state = rows.select_for_update().values_list("state", flat=True).first()
        if state is None:
            raise Http404(f"{work.word_for_it} finns inte längre.")
        work.state = state
        demand_now(actor, Right.COMMENT, work)
        yield
        rows.update(comments_version=F("comments_version") + 1)
        work.refresh_from_db(fields=["comments_version"])


def _hers(actor: Any, work: Any, pk: int) -> tuple[Thread, Comment]:
    thread = get_thread(work, pk)
    comment = next(one for one in thread.comments if one.pk == pk)
    if comment.by_id != actor.pk:
        raise PermissionDenied("Du kan bara ändra och ta bort det som du själv har skrivit.")
    if comment.taken_back_at:
        raise Http404("Kommentaren är borttagen.")
    return thread, comment


def _cleaned(text: str) -> str:
    said = clean(text)
    if not said:
        raise ValidationError("Skriv något först.")
    if len(said) > LONGEST:
        raise ValidationError(
            f"Kommentaren är {len(said)} tecken. Den får vara högst {LONGEST} tecken."
        )
    return said


def _mention(comment: Comment, actor: Any, work: Any) -> None:
    """Whoever is named is told once; who was named already when it was changed is not told again."""
    users = _named_in(comment.text, actor, work)
    before = set(comment.mentions.values_list("pk", flat=True)) if comment.edited_at else set()
    if not users and not before:
        return
    comment.mentions.set(users)
    for user in users:
        if user.pk not in before:
            told = partial(
                send_mention.enqueue,
                of=comment._meta.label_lower,
                comment_id=comment.pk,
                user_id=user.pk,
            )
            transaction.on_commit(told)


def _named_in(text: str, actor: Any, work: Any) -> Iterable[User]:
    if "@" not in text:
        return []
    return [user for user in mentioned(text, people_of(work)) if user.pk != actor.pk]
