"""May she? The answer carries its reason: the same text hides the button and explains the 403."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    reason: str
    hidden: bool = False  # the thing is another's: the answer is 404, as if it were not there

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Denied

ALLOWED = Allowed()
NOT_YOURS = Denied("Sidan finns inte, eller så hör den till ett område du inte är med i.", True)
