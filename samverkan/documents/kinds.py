"""What each element of HTML is to a screen reader, in the words of PDF; others are nothing to it."""

SVG = "{http://www.w3.org/2000/svg}"
NOTE = "small"  # a footnote: it stands where its mark is, and is set at the foot of the page
CALL, MARKER = f"{NOTE}::footnote-call", f"{NOTE}::footnote-marker"
KINDS = {
    "section": "Sect",
    "nav": "Sect",
    "article": "Art",
    "main": "Part",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "figure": "Div",
    "img": "Figure",
    NOTE: "Note",
    CALL: "Reference",
    MARKER: "Lbl",
    f"{SVG}svg": "Figure",
}
