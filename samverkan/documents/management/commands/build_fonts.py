from django.core.management.base import BaseCommand

from samverkan.documents import fonts


class Command(BaseCommand):
    help = "Gör teckensnitten för skärm och papper. Gör ingenting om de redan är gjorda."
    requires_system_checks = []

    def handle(self, **options):
        if fonts.build():
            self.stdout.write("Teckensnitten är gjorda.")
