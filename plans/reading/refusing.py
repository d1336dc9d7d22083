"""A file that cannot be opened is no plan either, for the same reason."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from plans.document import NotAPlan
from samverkan.office.package import NotOffice

Given = ParamSpec("Given")
Made = TypeVar("Made")


def no_plan(read: Callable[Given, Made]) -> Callable[Given, Made]:
    @wraps(read)
    def reading(*args: Given.args, **more: Given.kwargs) -> Made:
        try:
            return read(*args, **more)
        except NotOffice as refusal:
            raise NotAPlan(str(refusal)) from refusal

    return reading
