"""The words that a report may use where it has a choice. Models, documents and forms share them."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    PICTURE = "lagesbild", "Lägesbild"
    STATUS = "statusrapport", "Statusrapport"


class SectionForm(TextChoices):
    """What stands in a section besides its heading and its pieces."""

    TEXT = "text", "Avsnitt"
    SOURCES = "kallor", "Källor (listan fylls i av sig själv)"
    AREA = "omrade", "Prioriterat område"


class BlockForm(TextChoices):
    """A piece of a section: words, or a figure of some form."""

    TEXT = "text", "Text"
    LINE = "linje", "Linjediagram"
    BARS = "staplar", "Stapeldiagram"
    GROUPED = "grupperat", "Grupperade staplar"
    STACKED = "staplat", "Staplade staplar"
    TABLE = "tabell", "Tabell"
    IMAGE = "bild", "Bild eller karta"


class Direction(TextChoices):
    """How an area differs from the last time it was described."""

    BETTER = "battre", "Förbättring"
    WORSE = "samre", "Försämring"
    UNCHANGED = "oforandrat", "Ej förändrat"


class Ground(TextChoices):
    """What says so."""

    STATISTICS = "statistik", "statistik"
    INTELLIGENCE = "underrattelse", "underrättelser"
    LOCAL = "lokal_bild", "den lokala bilden"
