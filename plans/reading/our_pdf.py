"""A plan out of a PDF that Samverkan has made: the data that it carries, whole."""

from plans.document import FORMAT, Envelope, NotAPlan, read_json
from samverkan.documents.carried import NotCarried, carried_in

_OTHERWISE = "Läs i stället in planen ur Word- eller Excelfilen."


def read_pdf(content: bytes) -> Envelope:
    try:
        data = carried_in(content, FORMAT)
    except NotCarried as refusal:
        raise NotAPlan(f"{refusal} {_OTHERWISE}" if refusal.is_pdf else str(refusal)) from refusal
    if data is None:
        raise NotAPlan(f"PDF-filen bär ingen plan att läsa in. {_OTHERWISE}")
    return read_json(data)
