"""Things that have no room beside each other, in rows."""

from collections.abc import Sequence


def spread(items: Sequence, most: int) -> list[Sequence]:
    """In as few parts as hold them, evenly: four, of which at most three together, are two and two."""
    parts = -(-len(items) // most)
    size = -(-len(items) // parts) if parts else 0
    return [items[start : start + size] for start in range(0, len(items), size or 1)]
