"""Which row of one document is which row of another: by what a wing says that each kind is known by."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any

Key = Callable[[Any], Hashable | None]
Known = tuple[Key, Key]  # what to know a row by, before and after


def match(
    before: Iterable[Any],
    after: Iterable[Any],
    from_the_top: Iterable[Any],
    keys: Callable[[Any, dict[Any, Any]], list[Known]],
) -> dict[Any, Any]:
    """Each row after that was there before, and the row it was.

    Kinds are matched from the top down, so that what a row hangs on is known before it is. `keys`
    gives in turn what a kind is known by, the surest first, with what has been found so far.
    """
    earlier, later = _by_kind(before), _by_kind(after)
    found: dict[Any, Any] = {}
    # What a row hangs on is the same thing in both documents: it goes by the row it was.
    for kind in from_the_top:
        for of_before, of_after in keys(kind, found):
            taken = set(found.values())
            waiting: dict[Hashable, list[Any]] = defaultdict(list)
            for row in earlier[kind]:
                if row not in taken and (key := of_before(row)) is not None:
                    waiting[key].append(row)
            for row in later[kind]:
                if row not in found and waiting.get(key := of_after(row)):
                    found[row] = waiting[key].pop(0)
    return found


def alike(key: Key) -> Known:
    return key, key


def under(found: dict[Any, Any], key: Key) -> Known:
    """The same key under the same row."""

    def of_before(row: Any) -> Hashable | None:
        said = key(row)
        return None if said is None else (row.container, said)

    def of_after(row: Any) -> Hashable | None:
        said, container = key(row), row.container
        return None if said is None or container is None else (found.get(container), said)

    return of_before, of_after


def the_only_one() -> Known:
    return alike(lambda row: 0)


def _by_kind(walked: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in walked:
        found[row.kind].append(row)
    return found
