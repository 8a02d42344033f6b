"""Writes small Word files from XML, so that tests can hold what python-docx cannot make."""

import zipfile
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, "<w:b/>")


def para(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def said(text: str) -> str:
    return para(run(text))


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="A">{run(text)}</w:ins>'


def cell(*blocks: str, span: int = 1) -> str:
    width = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    return f"<w:tc>{width}{''.join(blocks) or '<w:p/>'}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """A table whose cells are plain text, or XML that begins with `<w:tc`."""
    cells = ("".join(text if text.startswith("<w:tc") else cell(said(text)) for text in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def part(root: str, inner: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><w:{root} {_NAMES}>{inner}</w:{root}>"


def write_word(path: Path, body: str, **parts: str) -> Path:
    """Write a `.docx` with a body and further parts, by name: `footnotes`, `header1`, `styles`…"""
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_KIND}{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for at, name in enumerate(parts)
    )
    main = f'<Relationship Id="m" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("_rels/.rels", _RELATIONS.format(main))
        container.writestr("word/_rels/document.xml.rels", _RELATIONS.format(related))
        container.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, xml in parts.items():
            container.writestr(f"word/{name}.xml", xml)
    return path
