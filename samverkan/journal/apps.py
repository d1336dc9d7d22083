from django.apps import AppConfig

from samverkan import triggers


class JournalConfig(AppConfig):
    name = "samverkan.journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        for event in ("UPDATE", "DELETE", "TRUNCATE"):
            triggers.register(
                triggers.Refuse(
                    name=f"journal_is_append_only_{event.lower()}",
                    table="journal_entry",
                    when=f"BEFORE {event}",
                    condition="TRUE",
                    message="Journalen kan inte ändras",
                )
            )
        triggers.follow_migrate(sender=self)
