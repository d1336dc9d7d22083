"""What the forms of both wings have in common: words that come in clean, and buttons that say what
happens."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from django import forms

from samverkan.text import clean, clean_line


class CleanCharField(forms.CharField):
    """One line. Control characters pasted from Word go before anything is checked; no word does."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class CleanTextField(forms.CharField):
    """Running text with its line breaks, as long as it needs to be."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean(value) if isinstance(value, str) else value)


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
