"""A Word file put together for a test, as Word itself would have written it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image

_SPACES = (
    f"{nsdecls('w', 'r', 'wp', 'a', 'pic', 'c', 'm')} "
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def png(width: int = 40, height: int = 30, colour: str = "steelblue") -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "PNG")
    return made.getvalue()


def jpeg(width: int = 50, height: int = 20) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "green").save(made, "JPEG")
    return made.getvalue()


def element(xml: str) -> Any:
    opening, _, rest = xml.partition(">")
    if opening.endswith("/"):
        return parse_xml(f"{opening[:-1]} {_SPACES}/>{rest}")
    return parse_xml(f"{opening} {_SPACES}>{rest}")


def run(words: str, dress: str = "") -> str:
    return f'<w:r><w:rPr>{dress}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def sequence(kind: str, number: int) -> str:
    """The number of a caption, as Word counts it."""
    return (
        f'{run(f"{kind} ")}<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC ">'
        f"{run(str(number))}</w:fldSimple>"
    )


def box(*, is_ticked: bool) -> str:
    """A box of a form, as Word has them since 2010."""
    sign = "☒" if is_ticked else "☐"
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/></w14:checkbox>'
        f"</w:sdtPr><w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"
    )


def old_box(*, is_ticked: bool) -> str:
    """A box of a form, as Word had them before."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        f'<w:checked w:val="{int(is_ticked)}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bars(
    series: dict[str, Sequence[float]],
    labels: Sequence[str],
    kind: str = "barChart",
    grouping: str = "clustered",
    title: str = "",
    code: str = "General",
) -> str:
    """The part of a chart, with its figures as Word saves them."""

    def points(values: Sequence[object], tag: str, more: str = "") -> str:
        said = "".join(
            f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>'
            for at, value in enumerate(values)
            if value is not None
        )
        return f'<c:{tag}>{more}<c:ptCount val="{len(values)}"/>{said}</c:{tag}>'

    drawn = "".join(
        f'<c:ser><c:idx val="{at}"/><c:tx><c:strRef>{points([name], "strCache")}</c:strRef></c:tx>'
        f"<c:cat><c:strRef>{points(labels, 'strCache')}</c:strRef></c:cat><c:val><c:numRef>"
        f"{points(values, 'numCache', f'<c:formatCode>{code}</c:formatCode>')}</c:numRef></c:val></c:ser>"
        for at, (name, values) in enumerate(series.items())
    )
    said = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        if title
        else ""
    )
    return (
        f"<c:chartSpace {nsdecls('c', 'a')}><c:chart>{said}<c:plotArea><c:{kind}>"
        f'<c:grouping val="{grouping}"/>{drawn}</c:{kind}></c:plotArea></c:chart></c:chartSpace>'
    )


class Paper:
    """What is written on it, from the top down."""

    def __init__(self) -> None:
        self.document = Document()
        self._parts = 0
        self._notes: list[str] = []

    def title(self, words: str) -> None:
        self.document.add_heading(words, 0)

    def heading(self, words: str, level: int = 1) -> None:
        self.document.add_heading(words, level)

    def text(self, *words: str) -> None:
        for one in words:
            self.document.add_paragraph(one)

    def bold(self, words: str) -> None:
        self.document.add_paragraph().add_run(words).bold = True

    def items(self, *words: str, style: str = "List Bullet") -> None:
        for one in words:
            self.document.add_paragraph(one, style)

    def xml(self, *content: str, style: str = "") -> None:
        """A paragraph of what no library writes."""
        paragraph = self.document.add_paragraph(style=style or None)
        for child in list(element(f"<w:p>{''.join(content)}</w:p>")):
            paragraph._p.append(child)

    def block(self, xml: str) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, element(xml))

    def caption(self, words: str) -> None:
        self.document.add_paragraph(words, "Caption")

    def picture(self, content: bytes | None = None, about: str = "", *, name: str = "") -> None:
        inner = (
            self.document.add_paragraph()
            .add_run()
            .add_picture(BytesIO(content or png()), width=Cm(4))
        )
        named = inner._inline.docPr
        named.set("descr", about)
        named.set("name", name or "Bildobjekt")

    def chart(self, part: str, about: str = "") -> None:
        made = self._part(f"charts/chart{self._parts + 1}.xml", CONTENT_TYPE.DML_CHART, part)
        identity = self.document.part.relate_to(made, RELATIONSHIP_TYPE.CHART)
        self.xml(
            "<w:r><w:drawing><wp:inline><wp:extent cx='1' cy='1'/>"
            f"<wp:docPr id='1' name='Diagram 1' descr='{about}'/><a:graphic><a:graphicData uri='c'>"
            f'<c:chart r:id="{identity}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )

    def footnote(self, words: str) -> str:
        """The mark of a new one: a run to put in a paragraph."""
        self._notes.append(words)
        return f'<w:r><w:footnoteReference w:id="{len(self._notes)}"/></w:r>'

    def link(self, words: str, address: str) -> str:
        identity = self.document.part.relate_to(
            address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        return f'<w:hyperlink r:id="{identity}">{run(words)}</w:hyperlink>'

    def table(self, *rows: Sequence[str], style: str = "Table Grid") -> Any:
        table = self.document.add_table(len(rows), max(map(len, rows)), style)
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                table.cell(number, column).text = words
        return table

    def written(self) -> bytes:
        if self._notes:
            notes = "".join(
                f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{run(f" {words}")}</w:p>'
                "</w:footnote>"
                for number, words in enumerate(self._notes, 1)
            )
            kind = CONTENT_TYPE.WML_FOOTNOTES
            part = self._part(
                "footnotes.xml", kind, f"<w:footnotes {_SPACES}>{notes}</w:footnotes>"
            )
            self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
            self._notes = []
        made = BytesIO()
        self.document.save(made)
        return made.getvalue()

    def _part(self, name: str, kind: str, content: str) -> Part:
        self._parts += 1
        return Part(PackURI(f"/word/{name}"), kind, content.encode(), self.document.part.package)
