from datetime import date


def words(start: date, end: date) -> str:
    """ "2025", "2024–2025", or the dates where the period is not whole years."""
    if (start.month, start.day, end.month, end.day) != (1, 1, 12, 31):
        return f"{start:%Y-%m-%d} – {end:%Y-%m-%d}"
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
