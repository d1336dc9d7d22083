"""How it stands with the reports that are written here."""

from datetime import date

from samverkan.documents.standing import Approval, Standing

DRAFT = Standing("Utkast", content_hash="ab" * 32, printed_on=date(2023, 12, 3))
DECIDED = Standing(
    "Beslutad",
    content_hash="cd" * 32,
    printed_on=date(2024, 1, 4),
    is_decided=True,
    decided_on=date(2023, 12, 20),
    body="Tallbackens stadsdelsnämnd",
    paragraph="§ 12",
    registry_numbers=(("Stadsdelsförvaltningen", "TAL 2023/31"), ("Polisen", "A987.654/2023")),
    approvals=(Approval("Polisen", "Lo Ek", "Chef", date(2023, 12, 10), "cd" * 32),),
)
