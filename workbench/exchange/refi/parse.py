"""Bytes of a project file become a tree of XML, whatever its namespace and encoding; nothing in it is carried out."""

import codecs
import re
from pathlib import Path
from typing import Any

from workbench.exchange.refi.package import refused
from workbench.exchange.refi.told import Told

_DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")
_TYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.I)
_FIRST = re.compile(r"<[A-Za-z_]")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML cannot hold."""
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_NAMESPACE = re.compile(r"urn:QDA-XML:(project|codebook):[0-9:.]+", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def parse(raw: bytes, path: Path, told: Told, *, root: str) -> Any:
    """Return the root element, its tags and those below without namespaces.

    Parameters
    ----------
    raw : bytes
        The XML.
    path : Path
        The file that it comes from, for messages.
    told : Told
        Takes what was tolerated.
    root : str
        Name that its root should have: `Project` or `CodeBook`.

    Raises
    ------
    InputError
        If it is broken (with the line), declares a document type, or is another kind of file.
    """
    from lxml import etree

    text = _legal(_decoded(raw, path, told), told)
    before = text[: found.start()] if (found := _FIRST.search(text)) else text
    if _TYPE.search(before):
        raise refused(path, "declares a document type or entities, which project files never do; it is not opened")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(_PROLOGUE.sub(_blank, text, count=1).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise refused(path, f"line {error.lineno or 1} is not readable as XML ({error.msg})") from error
    namespace = tree.tag.rpartition("}")[0].removeprefix("{")
    for element in tree.iter():
        element.tag = element.tag.rpartition("}")[2]
    if tree.tag.lower() != root.lower():
        other = {"project": "a project: import it as one", "codebook": "a codebook: import it as one"}
        what = f"its root is {tree.tag!r}, where {root!r} was expected"
        raise refused(path, what, f"It is {other.get(tree.tag.lower(), 'another kind of file')}")
    if namespace != f"urn:QDA-XML:{root.lower()}:1.0":
        said = f"has the namespace {namespace!r}" if namespace else "has no namespace"
        told.add(f"{said}, where the standard says urn:QDA-XML:{root.lower()}:1.0; read as that")
    return tree


def decoded(raw: bytes) -> tuple[str, str]:
    """Return bytes as text, a byte order mark left in place, and what they are if not UTF-8."""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if marked and marked != "utf-8":
        return "\ufeff" + raw.decode(marked, errors="replace"), marked.upper()
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), "Windows-1252"


def _decoded(raw: bytes, path: Path, told: Told) -> str:
    """By the mark, then by zero bytes, then as UTF-8 whatever is declared, then as declared."""
    half = max(1, len(raw[:400]) // 2)
    unmarked = (
        "utf-16-le" if raw[1:400:2].count(0) > 0.4 * half else "utf-16-be" if raw[:400:2].count(0) > 0.4 * half else ""
    )
    if unmarked and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode(unmarked, errors="replace")
    text, other = decoded(raw)
    if other == "Windows-1252":
        declared = _DECLARED.search(text[:400])
        encoding = declared[1] if declared and declared[1].lower() not in ("utf-8", "utf8") else "cp1252"
        try:
            text = raw.decode(encoding, errors="replace")
        except LookupError as error:
            raise refused(path, f"declares the encoding {encoding!r}, which is not known") from error
        told.add(f"its XML is {encoding}, not UTF-8; read as that", remedy="Check accents and quotation marks")
    return text.removeprefix("\ufeff")


def _legal(text: str, told: Told) -> str:
    """Put U+FFFD for signs that XML cannot hold, one for one, so that positions stay."""
    text, raw = ILLEGAL.subn("\ufffd", text)
    lost = 0

    def put(found: re.Match[str]) -> str:
        nonlocal lost
        code = int(found[1], 16) if found[1] else int(found[2])
        if code <= 0x10FFFF and not ILLEGAL.match(chr(code)):
            return found[0]
        lost += 1
        return "\ufffd"

    text = _REFERENCE.sub(put, text)
    if raw or lost:
        told.add(f"{raw + lost} control signs that XML cannot hold; '\ufffd' stands for each")
    return text


def _blank(found: re.Match[str]) -> str:
    """Take the declaration out (its encoding is settled), but not its line breaks."""
    return "\n" * found[0].count("\n")
