from django.db.models import TextChoices


class State(TextChoices):
    """Where a plan or a report stands on its way to being decided."""

    DRAFT = "utkast", "Utkast"
    CONSULTATION = "samrad", "Samråd"
    DECIDED = "beslutad", "Beslutad"
    CLOSED = "avslutad", "Avslutad"


UNDER_WAY = (State.DRAFT, State.CONSULTATION)
