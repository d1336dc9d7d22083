from decimal import Decimal


def swedish(value: Decimal | int | None) -> str:
    """1234.50 is written 1 234,5, with a space that does not break; nothing is written as nothing."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():,f}".replace(",", "\u00a0").replace(".", ",")


def plain(number: Decimal | None) -> Decimal | None:
    """5.0000 from the database is 5, and the same bytes on both databases."""
    return None if number is None else Decimal(f"{number.normalize() + 0:f}")  # -0 + 0 is 0


_WORDS = (
    *("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"),
    *("elva", "tolv"),
)


def in_words(number: int, *, neuter: bool = False) -> str:
    """As it is written in running text: a word to twelve, figures after that. "ett mål", "en åtgärd"."""
    if number == 1 and neuter:
        return "ett"
    return _WORDS[number] if 0 <= number < len(_WORDS) else swedish(number)
