"""What is particular to what is worked in: which rows it has, how they hang together, where it is,
and what a turn in it leads to. Each wing registers its own as the app is made ready."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from samverkan.collaboration.editable import Editable

if TYPE_CHECKING:
    from samverkan.collaboration.shape import Shape
    from samverkan.collaboration.turns import Turn


@dataclass(frozen=True)
class Wing:
    kinds: Mapping[str, Editable]
    shape: "Shape"
    turn: type["Turn"]
    # What the addresses of all that is done in it begin with.
    address: Callable[[Any], str]
    # The same, with what decides whether these parties have a right in it: in a few questions for all.
    known: Callable[[Any, Collection[int | None]], Any]


_wings: dict[type[models.Model], Wing] = {}


def register(work: type[models.Model], wing: Wing) -> None:
    _wings[work] = wing


def wing_of(work: Any) -> Wing:
    return _wings[type(work)]
