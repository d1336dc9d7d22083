from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samverkan.organisation.models import Membership
from samverkan.site import demonstration


class Command(BaseCommand):
    help = "Läser in demonstrationen en gång och skriver ut dess inloggningar."

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("Demonstrationen läses aldrig in i skarp drift.")
        is_new = demonstration.load()
        self.stdout.write(
            "Demonstrationen är inläst." if is_new else "Demonstrationen är redan inläst."
        )
        self.stdout.write(f"\nAlla loggar in med lösenordet {demonstration.PASSWORD}\n\n")
        for line in table():
            self.stdout.write(line)


def table() -> list[str]:
    """The log-ins in columns, district by district as the fixture lists them."""
    memberships = Membership.objects.filter(
        user__email__in=[
            user["email"] for user in demonstration.read("demonstration.json")["users"]
        ]
    ).select_related("user", "district", "party", "municipality")
    rows: list[tuple[str, ...]] = [("Område", "Roll", "Part", "E-postadress")]
    rows += [
        (
            str(membership.district or membership.municipality),
            membership.get_role_display(),
            membership.party.name if membership.party else "",
            membership.user.email,
        )
        for membership in memberships.order_by("pk")
    ]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
