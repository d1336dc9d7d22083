"""Finished documents, kept in the database: every web machine serves them, and none has a disk."""

from django.db import models


class StoredFile(models.Model):
    # Of all that the file is made of: the same key is the same file, whoever asks for it.
    key = models.CharField(max_length=64, unique=True)
    subject = models.CharField(
        max_length=200, db_index=True
    )  # what it is a file of, in any version
    # Of what it is a file of, when that was last seen to be what the file says, and what the file
    # was called then: where the version is the same, there is no more to ask.
    version = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(null=True)
    fault = models.TextField(blank=True)  # why it could not be made, in a sentence
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)  # somebody has been making it since
    made_at = models.DateTimeField(null=True)

    @property
    def is_waiting(self) -> bool:
        """Nobody has begun with it."""
        return not (self.made_at or self.begun_at or self.fault)

    def __str__(self) -> str:
        return f"{self.subject} ({self.key[:12]})"
