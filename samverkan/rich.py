"""The words of a rich text, without its dress.

A footnote stands where its mark stands: "… i Tallbacken [fotnot: Polisens statistik]."
"""

from html.parser import HTMLParser

# What stands on lines of its own. The rest of the small HTML of samverkan.text runs on.
_BLOCKS = {"p", "br", "ul", "ol", "li", "h3", "h4", "blockquote"}


def paragraphs(html: str) -> list[str]:
    """Each paragraph, heading and list item as it reads; empty ones are none."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = ("".join(parts) for parts in reader.lines)
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def plain(html: str) -> str:
    return "\n".join(paragraphs(html))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self.is_silent = False  # whether a reference that has begun has said nothing yet

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in _BLOCKS:
            self.lines.append([])
        elif tag == "span":
            self.lines[-1].append(" [fotnot: ")
        elif tag == "a":
            self.is_silent = (dict(attrs).get("href") or "").startswith("#")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.lines.append([])
        elif tag == "span":
            self.lines[-1].append("]")
        elif tag == "a" and self.is_silent:
            self.lines[-1].append("[hänvisning]")  # where it is read, the number stands alone
            self.is_silent = False

    def handle_data(self, data: str) -> None:
        self.is_silent = self.is_silent and not data.strip()
        self.lines[-1].append(data)
