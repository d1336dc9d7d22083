"""What a closed round asked for: as it was frozen, whatever the plan or a correction says since."""

from collections.abc import Iterable
from uuid import UUID

from plans.document import RoundDoc
from plans.models import FollowUpRound, RoundSnapshot
from plans.rounds.snapshot import decode_snapshot


def asked_when_closed(
    rounds: Iterable[RoundDoc | FollowUpRound | None],
) -> dict[UUID, tuple[UUID, ...]]:
    """By round. What was closed elsewhere, and came in with a file, has nothing frozen here."""
    closed = {one.uuid for one in rounds if one and one.closed_at}
    if not closed:
        return {}
    latest = dict(
        RoundSnapshot.objects.filter(round__uuid__in=closed)
        .order_by("closed_at", "pk")
        .values_list("round__uuid", "document")
    )
    return {uuid: decode_snapshot(bytes(document)).asked for uuid, document in latest.items()}
