"""What the forms of both wings have in common: words that come in clean, and buttons that say what
happens."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from django import forms

from samverkan import rich
from samverkan.pasted_html import from_clipboard
from samverkan.text import clean, clean_line

_TOO_LONG: Any = {
    "max_length": "Texten är %(show_value)s tecken. Här får den vara högst %(limit_value)s tecken."
}


class CleanCharField(forms.CharField):
    """One line. Control characters pasted from Word go before anything is checked; no word does."""

    default_error_messages = _TOO_LONG

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class CleanTextField(forms.CharField):
    """Running text with its line breaks, as long as it needs to be."""

    widget = forms.Textarea
    default_error_messages = _TOO_LONG

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean(value) if isinstance(value, str) else value)


class RichTextField(CleanTextField):
    """The small HTML of a plan's running text, whatever HTML comes in; an empty paragraph is nothing."""

    is_prose = False

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        html = from_clipboard(value, is_prose=self.is_prose)
        return html if rich.plain(html) else ""


class ProseField(RichTextField):
    """The same with footnotes and references, as a lägesbild has."""

    is_prose = True


class NumberField(forms.DecimalField):
    """A number as it is written in Swedish: 1 234,5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": "Skriv ett tal, till exempel 12 eller 12,5."}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace("\u2212", "-")
        return super().to_python(value)


class CleanEmailField(forms.EmailField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class DateField(forms.DateField):
    """A date, picked or typed as 2026-01-31."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PageForm(forms.Form):
    """A form that stands on a page of its own, with one button that says what it does."""

    action = "Spara"
    fault = "Rätta det här och försök igen"  # what stands over the errors

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.render_hidden_fields = True
        # The page itself, without the #field that a line of the error summary may have led to:
        # with it the browser would go there again, and not to what is wrong now.
        helper.form_action = "."
        helper.attrs = {"novalidate": True}  # our sentences, not the browser's
        helper.layout.append(StrictButton(self.action, type="submit", css_class="btn-primary"))
        return helper
