"""Comments in a report."""

from collections.abc import Iterator
from typing import Any

from lagesbild.models import Report
from lagesbild.rows import RowKind, label_of, rows, title_of
from lagesbild.services.loading import current_document
from lagesbild.services.shape import SHAPE
from lagesbild.views.writing import DESK
from samverkan.collaboration import conversation
from samverkan.collaboration.conversation import Spoken
from samverkan.collaboration.editable import Editable


class Conversation(conversation.Conversation):
    def rows(self, work: Report) -> Iterator[Spoken]:
        for row in rows(current_document(work)):
            if row.kind == RowKind.REPORT:
                yield Spoken(work.uuid, work.word_for_it, str(work))
            elif row.uuid:
                yield Spoken(row.uuid, row.label, row.title)

    def named(self, kind: Editable, found: Any) -> tuple[str, str]:
        if isinstance(found, Report):
            return found.word_for_it, str(found)
        doc = SHAPE.documented(kind, found)
        return label_of(RowKind(kind.name), doc), title_of(doc)


CONVERSATION = Conversation(DESK)
