from crispy_forms.utils import render_crispy_form

from samverkan.forms import CleanCharField, CleanEmailField, CleanTextField, PageForm


class Form(PageForm):
    action = "Spara texten"
    line = CleanCharField(label="Rad")
    text = CleanTextField(label="Text")
    email = CleanEmailField(label="E-post")


PASTED = "Unga\x0bi riskzon\x07för\x00kriminalitet"


def filled(**changed):
    return {"line": "Rad", "text": "Text", "email": "namn@exempel.se"} | changed


def test_control_characters_pasted_from_word_are_cleaned_without_a_word_lost():
    form = Form(filled(line=PASTED, text=PASTED, email="\x0bnamn@exempel.se\x07"))

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "line": "Unga i riskzon för kriminalitet",
        "text": "Unga\ni riskzon för kriminalitet",
        "email": "namn@exempel.se",
    }


def test_twenty_thousand_characters_are_no_problem():
    text = ("Trygghet på torget. " * 1000).strip()

    form = Form(filled(text=text))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == text


def test_a_form_with_errors_keeps_every_character_typed():
    typed = "  Två mellanslag,\n\nen tom rad & <tecken> "

    form = Form(filled(email="inte en adress", text=typed))

    assert not form.is_valid()
    assert form["text"].value() == typed
    assert "&lt;tecken&gt; </textarea>" in str(form["text"])


def test_the_button_says_what_happens():
    assert ">Spara texten</button>" in render_crispy_form(Form())
