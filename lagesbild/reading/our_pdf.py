"""A report out of a PDF that Samverkan has made: the data that it carries, whole."""

from lagesbild.document import FORMAT, Envelope, NotAReport, read_json
from samverkan.documents.carried import NotCarried, carried_in

_OTHERWISE = "Läs i stället in lägesbilden ur den Wordfil som den kom ifrån."


def read_pdf(content: bytes) -> Envelope:
    try:
        data = carried_in(content, FORMAT)
    except NotCarried as refusal:
        raise NotAReport(f"{refusal} {_OTHERWISE}") from refusal
    if data is None:
        raise NotAReport(f"PDF-filen bär ingen lägesbild att läsa in. {_OTHERWISE}")
    return read_json(data)
