"""HTML as it lies in the clipboard after a copy in another program, and what becomes of it.

The server and the browser clean it each by itself; both are held to what stands here.
"""

FIGURE = "0b0c1f6e-1111-4222-8333-444455556666"


def word(body: str) -> str:
    """As Word writes it: styles, settings in a language of its own, marks for where it begins."""
    return (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'"
        " xmlns:w='urn:schemas-microsoft-com:office:word'>\r\n<head>"
        "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>"
        "<link rel=File-List href='file:///C:/Temp/clip_filelist.xml'><title>Dolt</title>"
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>"
        "<![endif]--><style><!-- p.MsoNormal {margin:0cm} --></style></head>\r\n"
        f"<body lang=SV style='tab-interval:65.2pt'>\r\n<!--StartFragment-->{body}"
        "<!--EndFragment-->\r\n</body></html>"
    )


def item(words: str, mark: str = "·", where: str = "l0 level1 lfo1") -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:{where}'>"
        "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span>"
        f"</span></span><![endif]>{words}<o:p></o:p></p>\r\n"
    )


def word_mark(number: int) -> str:
    return (
        f'<a style=\'mso-footnote-id:ftn{number}\' href="#_ftn{number}" name="_ftnref{number}" title="">'
        "<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>"
        f"<![if !supportFootnotes]><span class=MsoFootnoteReference>[{number}]</span><![endif]>"
        "</span></span></a>"
    )


def word_notes(*notes: str) -> str:
    said = "".join(
        f"<div style='mso-element:footnote' id=ftn{number}><p class=MsoFootnoteText>"
        f'<a style=\'mso-footnote-id:ftn{number}\' href="#_ftnref{number}" name="_ftn{number}" title="">'
        f"<span class=MsoFootnoteReference>[{number}]</span></a> {words}<o:p></o:p></p></div>"
        for number, words in enumerate(notes, 1)
    )
    return (
        "<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>"
        f"<hr align=left size=1 width='33%'><![endif]>{said}</div>"
    )


CASES = {
    "Word: emphasis by tags and by looks": (
        word(
            "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Torget</b> är <i>otryggt</i>"
            " och <span style='font-weight:700;font-style:italic'>mörkt</span>.<o:p></o:p></p>"
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        ),
        "<p><strong>Torget</strong> är <em>otryggt</em> och <strong><em>mörkt</em></strong>.</p>",
    ),
    "Word: a word torn apart by the spelling check": (
        word(
            "<p class=MsoNormal><b>Platssam<span class=SpellE>verk</span></b><b>an</b> i"
            "\r\n<st1:place w:st='on'>Tallbacken</st1:place></p>"
        ),
        "<p><strong>Platssamverkan</strong> i Tallbacken</p>",
    ),
    "Word: title and headings with numbers": (
        word(
            "<p class=MsoTitle>Lägesbild</p><h1><![if !supportLists]><span style='mso-list:Ignore'>"
            "1<span>&nbsp;&nbsp;</span></span><![endif]><b>Brott</b></h1><p class=MsoNormal>Ett</p>"
        ),
        "<h3>Lägesbild</h3><h4>Brott</h4><p>Ett</p>",
    ),
    "Word: a list in a list, and numbers": (
        word(
            item("Skolan")
            + item("Fritids", "o", "l0 level2 lfo1")
            + item("Polisen")
            + item("Först", "1.", "l1 level1 lfo2")
            + item("Sedan", "2.", "l1 level1 lfo2")
            + item("Nytt", "a)", "l2 level1 lfo3")
        ),
        "<ul><li>Skolan<ul><li>Fritids</li></ul></li><li>Polisen</li></ul>"
        "<ol><li>Först</li><li>Sedan</li></ol><ol><li>Nytt</li></ol>",
    ),
    "Word through a browser: the marks of its lists as comments": (
        "<p class='MsoListParagraph' style='mso-list:l0 level1 lfo1'><!--[if !supportLists]-->"
        "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><!--[endif]-->Ett</p>",
        "<ul><li>Ett</li></ul>",
    ),
    "Word without its words about lists": (
        "<p class='MsoListParagraphCxSpFirst'><span>·<span>&nbsp;&nbsp;&nbsp; </span></span>Ett</p>"
        "<p class='MsoListParagraphCxSpLast'><span>·<span>&nbsp;&nbsp;&nbsp; </span></span>Två</p>"
        "<p class='MsoListParagraph'>Bara indraget</p>",
        "<ul><li>Ett</li><li>Två</li></ul><p>Bara indraget</p>",
    ),
    "Word: footnotes": (
        word(
            f"<p class=MsoNormal>Stölderna ökar.{word_mark(1)} Rånen minskar.{word_mark(2)}</p>"
            + word_notes("Källa: <i>Polisen</i>, 2023.", "Avser Tallbacken.")
        ),
        '<p>Stölderna ökar.<span class="fotnot">Källa: <em>Polisen</em>, 2023.</span> Rånen '
        'minskar.<span class="fotnot">Avser Tallbacken.</span></p>',
    ),
    "Word: a footnote of two paragraphs": (
        word(
            f"<p class=MsoNormal>Stölderna ökar.{word_mark(1)}</p>"
            + word_notes("Polisen.</p><p class=MsoFootnoteText>Brå.")
        ),
        '<p>Stölderna ökar.<span class="fotnot">Polisen. Brå.</span></p>',
    ),
    "Word: a footnote whose words were not copied": (
        word(f"<p class=MsoNormal>Stölderna ökar.{word_mark(1)}</p>"),
        "<p>Stölderna ökar.[1]</p>",
    ),
    "Word: a table": (
        word(
            "<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>År</b></p></td><td><p>Brott</p>"
            "</td></tr><tr><td><p>2023</p></td><td><p>1&nbsp;142</p></td></tr></table>"
        ),
        "<p><strong>År</strong> | Brott</p><p>2023 | 1\xa0142</p>",
    ),
    "Word: deleted words and comments between colleagues": (
        word(
            "<p class=MsoNormal><a style='mso-comment-reference:AB_1'>Torget</a><span "
            "class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[AB1]</a></span> är "
            "<del>farligt</del><ins>otryggt</ins>.<span style='display:none;mso-hide:all'>Dolt</span>"
            "</p><div style='mso-element:comment-list'><p>Stryk det här?</p></div>"
        ),
        "<p>Torget är otryggt.</p>",
    ),
    "LibreOffice: footnote, list and a quote": (
        '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice"/>'
        "<style>p { margin-bottom: 0.25cm }</style></head><body>"
        '<h2 class="western">Läget</h2><p style="line-height: 100%">Ökar<a class="sdfootnoteanc" '
        'name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> <font color="#c00">igen</font>'
        "</p><ul><li><p>Skolan</p></li><li><p>Polisen</p></li></ul><blockquote>Så är det</blockquote>"
        '<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" '
        'href="#sdfootnote1anc">1</a>\tKälla: Polisen</p></div></body></html>',
        '<h3>Läget</h3><p>Ökar<span class="fotnot">Källa: Polisen</span> igen</p>'
        "<ul><li>Skolan</li><li>Polisen</li></ul><blockquote><p>Så är det</p></blockquote>",
    ),
    "Google Docs: all of it in a bold that is none": (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">'
        '<h1 dir="ltr"><span style="font-weight:400">Läget</span></h1><h2><span>Torget</span></h2>'
        '<p dir="ltr"><span style="font-weight:700;font-style:normal">Fet</span><span '
        'style="font-weight:400;font-style:italic"> och lutad</span></p><ul><li dir="ltr" '
        'aria-level="1"><p role="presentation"><span>Ett</span></p></li><ul><li aria-level="2"><p>'
        '<span>Under</span></p></li></ul></ul></b><br class="Apple-interchange-newline">',
        "<h3>Läget</h3><h4>Torget</h4><p><strong>Fet</strong><em> och lutad</em></p>"
        "<ul><li>Ett<ul><li>Under</li></ul></li></ul>",
    ),
    "Word on the web: each point a list of its own": (
        '<div class="ListContainerWrapper"><ul class="BulletListStyle1"><li data-aria-level="1">'
        '<p class="Paragraph"><span class="TextRun">Ett</span><span class="EOP">&nbsp;</span></p></li>'
        '</ul></div><div><ul><li data-aria-level="2"><p>Under</p></li></ul></div>'
        '<div><ol start="1"><li data-aria-level="1"><p>Först</p></li></ol></div>'
        '<div><ol start="2"><li data-aria-level="1"><p>Sedan</p></li></ol></div>'
        '<div><p role="heading" aria-level="2">Rubrik</p></div>',
        "<ul><li>Ett<ul><li>Under</li></ul></li></ul><ol><li>Först</li><li>Sedan</li></ol>"
        "<h3>Rubrik</h3>",
    ),
    "Outlook: a letter laid out with tables, and a picture that tells it was read": (
        "<table><tr><td><p>Hej!</p><p>Här är listan.</p></td></tr></table>"
        '<img src="https://spar.example/oppnad.gif?vem=17" width="1" height="1" alt="">'
        '<div>Första raden<br>Andra raden<br><br>Nytt stycke</div><img src="cid:logo" alt="Logotyp">',
        "<p>Hej!</p><p>Här är listan.</p><p>Första raden<br>Andra raden</p><p>Nytt stycke</p>",
    ),
    "a web page with scripts, styles and forms": (
        "<style>p{color:red}</style><script>alert('stulet')</script><nav><ul><li><a href='/start'>"
        "Start</a></li></ul></nav><main><h3 onclick='x()'>Nyheter</h3><p style='display: none'>Dold"
        "</p><p>En <u>ny</u> <mark>park</mark><svg><text>x</text></svg> öppnar "
        "<button>Läs mer</button></p><iframe src='https://x.example'></iframe>"
        "<noscript><img src='https://x.example/p.gif'>Slå på script</noscript></main>",
        "<ul><li>Start</li></ul><h3>Nyheter</h3><p>En ny park öppnar Läs mer</p>",
    ),
    "links": (
        "<p><a href='https://bra.se/a?b=1&amp;c=2' target=_blank class=x><b>Brå</b></a>, "
        "<a href='MAILTO:ro@example.se'>rådet</a>, <a href='javascript:alert(1)'>skript</a>, "
        "<a href=' java&#10;script:alert(1)'>skript</a>, <a href='data:text/html,x'>data</a>, "
        "<a href='file:///C:/hemligt.docx'>fil</a>, <a href='/sida'>sida</a>, <a href='#_Toc1'>"
        "innehåll</a>, <a href='https://tom.example'> </a><a name=x>namn</a></p>",
        '<p><a href="https://bra.se/a?b=1&amp;c=2"><strong>Brå</strong></a>, <a '
        'href="MAILTO:ro@example.se">rådet</a>, skript, skript, data, fil, sida, innehåll, namn</p>',
    ),
    "our own, as it stands": (
        f'<h3>Läget</h3><p>Ökar<span class="fotnot">Se <em>källan</em> <a href="https://bra.se">Brå'
        f'</a>.</span>, se <a href="#{FIGURE}">figur</a> och <a href="#{FIGURE}"></a>.<br>Rad två</p>'
        "<ol><li>Ett<br>två<ul><li>Under</li></ul>efter</li></ol><blockquote><p>Citat</p>"
        "</blockquote><h4>Under</h4>",
        f'<h3>Läget</h3><p>Ökar<span class="fotnot">Se <em>källan</em> <a href="https://bra.se">Brå'
        f'</a>.</span>, se <a href="#{FIGURE}">figur</a> och <a href="#{FIGURE}"></a>.<br>Rad två</p>'
        "<ol><li>Ett<br>två<ul><li>Under</li></ul>efter</li></ol><blockquote><p>Citat</p>"
        "</blockquote><h4>Under</h4>",
    ),
    "what a browser writes when one types": (
        "Först<div><b>Fet</b> <i>lutad</i></div><div><br></div><p>1&nbsp;234&nbsp; kr </p>"
        "<p><br></p><ul><li>a</li><li><br></li></ul>",
        "<p>Först</p><p><strong>Fet</strong> <em>lutad</em></p><p>1\xa0234 kr</p><ul><li>a</li></ul>",
    ),
    "a text as it was typed": (
        "<pre>Ett\n  två &lt;tre&gt;\n\nfyra</pre>",
        "<p>Ett<br>två &lt;tre&gt;</p><p>fyra</p>",
    ),
    "words without anything": ("Bara ord & tecken", "<p>Bara ord &amp; tecken</p>"),
    "nothing": ("<p>&nbsp;</p><img src=x><ul><li></li></ul><span class='fotnot'> </span>", ""),
    "a footnote with paragraphs in it, and one in another": (
        "<p>a<span class='fotnot'>b<span class='fotnot'>c</span><br>d</span>e</p>",
        '<p>a<span class="fotnot">b c d</span>e</p>',
    ),
    "a heading in a list and a list in a table": (
        "<ul><li><h2>Ett</h2>två</li></ul>mellan<table><tr><td><ul><li>a</li><li>b</li></ul></td><td>c</td>"
        "</tr></table>",
        "<ul><li>Ett<br>två</li></ul><p>mellan</p><ul><li>a</li><li>b</li></ul><p>c</p>",
    ),
}
