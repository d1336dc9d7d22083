from decimal import Decimal


def swedish(value: Decimal | int | None) -> str:
    """1234.50 is written 1 234,5, with a space that does not break; nothing is written as nothing."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():,f}".replace(",", "\u00a0").replace(".", ",")
