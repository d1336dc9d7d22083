"""Tasks are done when they are asked for. What is meant for later is asked for, and no more."""

from typing import Any

from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend


class AtOnce(ImmediateBackend):
    supports_defer = True

    def __init__(self, alias: str, params: dict[str, Any]):
        super().__init__(alias, params)
        self.later = DummyBackend(alias, params)

    def enqueue(self, task, args, kwargs):
        if task.run_after is not None:
            return self.later.enqueue(task, args, kwargs)
        return super().enqueue(task, args, kwargs)
