"""Word files from a small notation: strings of WordprocessingML that compose, packed by `docx`.

    docx(
        heading("Information to be shared", number=(1, 0)),
        p("Share only what ", ins("Table 2"), dele("Table 1"), " lists.", note(2), number=(1, 1)),
        tbl([["Agency", "Purpose"], ["Police", control("Safety", kind="dropDownList", items=["Safety", "Welfare"])]]),
        lists=[CLAUSES],
        notes={2: "See the terms of reference."},
    )

Plain strings in paragraphs become runs; anything that starts with `<` is taken as it is. `number=(list, level)` counts
lists from 1.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W_NS}" xmlns:r="{OFFICE}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
AUTHOR = 'w:id="1" w:author="Reviewer" w:date="2026-05-01T00:00:00Z"'


@dataclass(frozen=True, slots=True)
class Level:
    """A list level: number format and text (`%1.%2`), as in w:lvl."""

    format: str
    text: str
    start: int = 1
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list: its own levels, or another list's (`like`, counted from 1) with levels that start afresh."""

    levels: Sequence[Level] = ()
    like: int | None = None
    starts: Mapping[int, int] = field(default_factory=dict)


CLAUSES = List(
    (
        Level("decimal", "%1."),
        Level("decimal", "%1.%2"),
        Level("lowerLetter", "(%3)"),
        Level("lowerRoman", "(%4)"),
    )
)
BULLETS = List((Level("bullet", "\uf0b7"), Level("bullet", "o")))


def docx(
    *blocks: str,
    lists: Sequence[List] = (),
    notes: Mapping[int, str] | None = None,
    stores: Mapping[str, str] | None = None,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    title: str | None = None,
    styles: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word file with these blocks. `stores` holds custom XML by item id; `extra` adds or replaces parts."""
    return pack(parts(*blocks, lists=lists, notes=notes, stores=stores, headers=headers, footers=footers,
                      title=title, styles=styles) | dict(extra or {}))  # fmt: skip


def parts(
    *blocks: str,
    lists: Sequence[List] = (),
    notes: Mapping[int, str] | None = None,
    stores: Mapping[str, str] | None = None,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    title: str | None = None,
    styles: str = "",
) -> dict[str, str | bytes]:
    """The parts of such a file by name, to change before they are packed."""
    made: dict[str, str | bytes] = {"word/styles.xml": _styles(styles)}
    links = [("styles", "styles.xml")]
    if lists:
        made["word/numbering.xml"] = _numbering(lists)
        links.append(("numbering", "numbering.xml"))
    if notes:
        made["word/footnotes.xml"] = _notes(notes)
        links.append(("footnotes", "footnotes.xml"))
    for kind, texts in (("header", headers), ("footer", footers)):
        for i, text in enumerate(texts, 1):
            root = "hdr" if kind == "header" else "ftr"
            made[f"word/{kind}{i}.xml"] = f"<w:{root} {NAMESPACES}>{text}</w:{root}>"
            links.append((kind, f"{kind}{i}.xml"))
    for i, (store_id, xml) in enumerate((stores or {}).items(), 1):
        made |= _store(i, store_id, xml)
        links.append(("customXml", f"../customXml/item{i}.xml"))
    made["word/document.xml"] = (
        f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
    )
    made["word/_rels/document.xml.rels"] = relationships(links)
    made["docProps/core.xml"] = _core(title)
    made["_rels/.rels"] = relationships(
        [("officeDocument", "word/document.xml"), (CORE, "docProps/core.xml")]
    )
    made["[Content_Types].xml"] = _content_types(made)
    return made


def pack(made: Mapping[str, str | bytes]) -> bytes:
    """A zip file of the parts, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(
            made.items(), key=lambda item: item[0] != "[Content_Types].xml"
        ):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def p(
    *content: str,
    style: str | None = None,
    number: tuple[int, int] | None = None,
    mark: str = "",
    props: str = "",
) -> str:
    """A paragraph. `mark` is what happened to its paragraph mark: "del", "ins" or "vanish"."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        inner += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    inner += props
    if mark:
        inner += (
            f"<w:rPr><w:{mark} {AUTHOR}/></w:rPr>"
            if mark != "vanish"
            else "<w:rPr><w:vanish/></w:rPr>"
        )
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{_runs(content)}</w:p>"


def heading(text: str, level: int = 1, number: tuple[int, int] | None = None) -> str:
    """A heading of this level, numbered by a list when asked."""
    return p(text, style=f"Heading{level}", number=number)


def title(text: str) -> str:
    """The document's title line."""
    return p(text, style="Title")


def caption(text: str) -> str:
    """A caption: `Table 1: Parties` numbers itself with a SEQ field, as Word writes it."""
    word, _, rest = text.partition(" ")
    figure = rest.split(":")[0].split(" ")[0]
    if word != "Table" or not figure.isdigit():
        return p(text, style="Caption")
    return p(
        "Table ", simple_field("SEQ Table \\* ARABIC", figure), rest[len(figure) :], style="Caption"
    )


def r(text: str, bold: bool = False, italic: bool = False, hidden: bool = False) -> str:
    """A run; tabs, line breaks and no-break hyphens become Word's own elements."""
    props = "<w:b/>" * bold + "<w:i/>" * italic + "<w:vanish/>" * hidden
    inner = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    for mark, element in (("\t", "<w:tab/>"), ("\n", "<w:br/>"), ("\u2011", "<w:noBreakHyphen/>")):
        inner = inner.replace(mark, f'</w:t>{element}<w:t xml:space="preserve">')
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inner}</w:r>"


def ins(*content: str) -> str:
    """A tracked insertion."""
    return f"<w:ins {AUTHOR}>{_runs(content)}</w:ins>"


def dele(text: str) -> str:
    """A tracked deletion."""
    return f'<w:del {AUTHOR}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def note(note_id: int) -> str:
    """A reference to a footnote."""
    return f'<w:r><w:footnoteReference w:id="{note_id}"/></w:r>'


def simple_field(code: str, result: str) -> str:
    """A field in one element."""
    return f"<w:fldSimple w:instr={quoteattr(f' {code} ')}>{r(result)}</w:fldSimple>"


def complex_field(code: str, result: str, end: bool = True) -> str:
    """A field in runs; `end=False` leaves it open for later paragraphs (a table of contents)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}' + (FIELD_END if end else "")
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents(*lines: str) -> str:
    """A table of contents: one field over several paragraphs."""
    first, *others = lines
    inner = [p(complex_field('TOC \\o "1-2"', first, end=False), style="TOC1")]
    inner += [p(line, style="TOC1") for line in others]
    return "".join(inner) + p(FIELD_END)


def control(
    *content: str,
    kind: str = "text",
    name: str = "",
    placeholder: bool = False,
    items: Iterable[str] = (),
    date: str | None = None,
    checked: bool | None = None,
    bound: tuple[str, str] | None = None,
) -> str:
    """A content control around runs, blocks, rows or cells.

    `kind` is the element (`text`, `dropDownList`, `comboBox`, `date`, `richText`); `date` is ISO; `bound` is an XPath
    and a store's item id.
    """
    props = f"<w:alias w:val={quoteattr(name)}/><w:tag w:val={quoteattr(name)}/>" if name else ""
    props += "<w:showingPlcHdr/>" if placeholder else ""
    if bound:
        props += f'<w:dataBinding w:xpath={quoteattr(bound[0])} w:storeItemID="{bound[1]}"/>'
    if checked is not None:
        props += f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox>'
    elif kind == "date":
        stamp = f' w:fullDate="{date}T00:00:00Z"' if date else ""
        props += f'<w:date{stamp}><w:dateFormat w:val="d MMMM yyyy"/></w:date>'
    elif kind in ("dropDownList", "comboBox"):
        choices = "".join(
            f"<w:listItem w:displayText={quoteattr(i)} w:value={quoteattr(i)}/>" for i in items
        )
        props += f"<w:{kind}>{choices}</w:{kind}>"
    else:
        props += f"<w:{kind}/>"
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{_runs(content)}</w:sdtContent></w:sdt>"


def text_box(*blocks: str) -> str:
    """A text box as Word writes it: the same content twice, for new and for old readers."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def signature_line(setup_id: str, signer: str, position: str) -> str:
    """An Office signature line, unsigned as far as its looks go."""
    return (
        '<w:r><w:pict><v:shape alt="Microsoft Office Signature Line..." style="width:192pt;height:96pt">'
        f'<o:signatureline id="{setup_id}" issignatureline="t" o:suggestedsigner={quoteattr(signer)} '
        f"o:suggestedsigner2={quoteattr(position)}/></v:shape></w:pict></w:r>"
    )


def tbl(rows: Sequence[Sequence[str] | str], header: bool = True) -> str:
    """A table; cells are text, `tc(...)` or runs; a row may be ready-made (`tr(...)`, or a control around one)."""
    made = [
        row if isinstance(row, str) else tr(*row, header=header and i == 0)
        for i, row in enumerate(rows)
    ]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(made)}</w:tbl>"


def tr(*cells: str, header: bool = False, deleted: bool = False) -> str:
    """A table row."""
    props = "<w:tblHeader/>" * header + f"<w:del {AUTHOR}/>" * deleted
    made = [cell if "<w:tc>" in cell else tc(cell) for cell in cells]
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(made)}</w:tr>"


def tc(*content: str, span: int = 1, merge: str | None = None) -> str:
    """A cell of text or blocks; `merge` is "restart" or "continue" for a vertically merged one."""
    props = f'<w:gridSpan w:val="{span}"/>' * (span > 1) + (
        f'<w:vMerge w:val="{merge}"/>' if merge else ""
    )
    blocks = (
        content
        if content and ("<w:p>" in content[0] or "<w:tbl>" in content[0])
        else (p(*content),)
    )
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{''.join(blocks)}</w:tc>"


def relationships(links: Iterable[tuple[str, str]]) -> str:
    """A .rels part: (type or its last word, target)."""
    rows = (
        f'<Relationship Id="rId{i}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for i, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _runs(content: Iterable[str]) -> str:
    return "".join(item if item.startswith("<") else r(item) for item in content if item)


def _content_types(made: Mapping[str, str | bytes]) -> str:
    kinds = {"document": "document.main", "header": "header", "footer": "footer"}
    rows = [
        f'<Override PartName="/{name}" ContentType="{_WORD}.{kinds.get(stem, stem)}+xml"/>'
        for name in made
        if name.startswith("word/") and name.endswith(".xml")
        for stem in [name[5:-4].rstrip("0123456789")]
    ]
    rows.append(
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(rows)}</Types>'
    )


def _styles(more: str) -> str:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{i}"><w:name w:val="heading {i}"/>'
        f'<w:pPr><w:outlineLvl w:val="{i - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for i in range(1, 5)
    )
    others = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (
            ("Title", "Title"),
            ("Caption", "caption"),
            ("TOC1", "toc 1"),
            ("ListBullet", "List Bullet"),
        )
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return f"<w:styles {NAMESPACES}>{normal}{headings}{others}{more}</w:styles>"


def _numbering(lists: Sequence[List]) -> str:
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{"".join(_level(*level) for level in enumerate(each.levels))}</w:abstractNum>'
        for i, each in enumerate(lists, 1)
        if each.like is None
    )
    nums = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{each.like or i}"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for level, start in each.starts.items()
        )
        + "</w:num>"
        for i, each in enumerate(lists, 1)
    )
    return f"<w:numbering {NAMESPACES}>{abstracts}{nums}</w:numbering>"


def _level(i: int, level: Level) -> str:
    return (
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{level.start}"/><w:numFmt w:val="{level.format}"/>'
        + (f'<w:lvlRestart w:val="{level.restart}"/>' if level.restart is not None else "")
        + (f'<w:pStyle w:val="{level.style}"/>' if level.style else "")
        + "<w:isLgl/>" * level.legal
        + f"<w:lvlText w:val={quoteattr(level.text)}/></w:lvl>"
    )


def _notes(notes: Mapping[int, str]) -> str:
    made = (
        f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r>{r(text)}</w:p></w:footnote>'
        for i, text in notes.items()
    )
    return f"<w:footnotes {NAMESPACES}>{''.join(made)}</w:footnotes>"


def _store(i: int, store_id: str, xml: str) -> dict[str, str | bytes]:
    ds = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return {
        f"customXml/item{i}.xml": xml,
        f"customXml/itemProps{i}.xml": f'<ds:datastoreItem ds:itemID="{store_id}" xmlns:ds="{ds}"/>',
        f"customXml/_rels/item{i}.xml.rels": relationships(
            [("customXmlProps", f"itemProps{i}.xml")]
        ),
    }


def _core(title: str | None) -> str:
    named = f"<dc:title>{escape(title)}</dc:title>" if title else ""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'{named}<dcterms:created xsi:type="dcterms:W3CDTF">2026-03-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )
