"""The forms by which the steps are taken: each carries which content whoever takes it has seen."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from samverkan.forms import CleanCharField, CleanTextField, DateField, PageForm
from samverkan.organisation.models import Party
from samverkan.workflow.facts import Seen
from samverkan.workflow.findings import Finding
from samverkan.workflow.models import Decision, RegistryNumber


class StepForm(PageForm):
    """What every step says: on which content it is taken."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    content_hash = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, action: str, address: str, seen: Seen, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.action = action
        self._address = address
        self.fields["version"].initial = seen.version
        self.fields["content_hash"].initial = seen.content_hash

    @property
    def helper(self) -> Any:
        helper = super().helper
        helper.form_action = self._address
        return helper

    @property
    def seen(self) -> Seen:
        """What makes no sense is content that nobody has seen."""
        return Seen(
            self.cleaned_data.get("version") or 0, self.cleaned_data.get("content_hash") or ""
        )

    def look_again(self, seen: Seen) -> None:
        """What was typed stays; the next press is about the plan as it stands now."""
        data: Any = self.data
        data = data.copy()
        data["version"], data["content_hash"] = seen.version, seen.content_hash
        self.data = data

    @property
    def words(self) -> dict[str, Any]:
        """What the service asks for, beside who, what and on which content."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "content_hash")
        }


class SendForm(StepForm):
    reply_by = DateField(
        label="Svar senast",
        error_messages={"required": "Välj när svaren ska vara inne."},
    )

    def __init__(self, *args: Any, now: date | None = None, help_text: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reply_by"].help_text = help_text
        self.fields["reply_by"].initial = now or timezone.localdate() + timedelta(days=14)


class ReasonForm(StepForm):
    reason = CleanTextField(
        label="Skäl", max_length=4000, error_messages={"required": "Skriv ett skäl."}
    )

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or "Skäl"
        self.fields["reason"].help_text = help_text


class PartyChoice(forms.ModelChoiceField):
    def label_from_instance(self, party: Any) -> str:
        return party.name


class ForPartyForm(StepForm):
    """For which party: asked only of whoever is the chef of several."""

    party = PartyChoice(label="För", queryset=Party.objects.none(), empty_label=None)

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["party"]
        field.queryset = Party.objects.filter(pk__in=[party.pk for party in parties])
        if len(parties) == 1:
            field.initial = parties[0].pk
            field.widget = forms.HiddenInput()


class ApproveForm(ForPartyForm):
    pass


class ReturnForm(ForPartyForm, ReasonForm):
    field_order = ["party", "reason"]


class DecisionForm(StepForm):
    """The decision, a diarienummer for each authority, and a tick for each thing to look at."""

    body = CleanCharField(
        label="Beslutat av",
        max_length=Decision._meta.get_field("body").max_length,
        help_text="Till exempel stadsdelsnämnden, eller den som har beslutat på delegation.",
        error_messages={"required": "Skriv vem som har fattat beslutet."},
    )
    decided_on = DateField(
        label="Beslutsdatum", error_messages={"required": "Välj vilken dag beslutet fattades."}
    )
    paragraph = CleanCharField(
        label="Paragraf",
        required=False,
        max_length=Decision._meta.get_field("paragraph").max_length,
        help_text="Till exempel § 6. Tomt om beslutet inte har någon.",
    )

    def __init__(
        self,
        *args: Any,
        parties: Iterable[Party],
        findings: Iterable[Finding],
        body: str = "",
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self._parties = {f"number_{party.pk}": party for party in parties}
        self._findings = {f"confirm_{one.fingerprint}": one for one in findings}
        self.fields["body"].initial = body
        for name, party in self._parties.items():
            self.fields[name] = CleanCharField(
                label=f"Diarienummer, {party.short_name}",
                max_length=RegistryNumber._meta.get_field("number").max_length,
                error_messages={"required": f"Skriv diarienumret hos {party.short_name}."},
            )
        for name, finding in self._findings.items():
            # Not required: what is not ticked is said by the condition, all of it at once.
            self.fields[name] = forms.BooleanField(
                required=False,
                label=f"”{finding.text}” är ingen uppgift om en enskild person.",
                help_text=f"Står i {_where(finding)}.",
            )

    @property
    def words(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        return {
            "body": chosen["body"],
            "decided_on": chosen["decided_on"],
            "paragraph": chosen["paragraph"],
            "registry_numbers": {party: chosen[name] for name, party in self._parties.items()},
            "confirmed": [
                finding.fingerprint for name, finding in self._findings.items() if chosen[name]
            ],
        }


def _where(finding: Finding) -> str:
    title = " ".join(finding.title.split())
    short = title if len(title) <= _LONGEST else f"{title[:_LONGEST]}…"
    return f"{finding.called.lower()} ”{short}”"


_LONGEST = 80
