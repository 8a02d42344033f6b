"""The text of a source or a note: in the XML, in a file of the package, or in a Word file."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import WorkbenchError
from workbench.exchange.refi.context import Context, children
from workbench.exchange.refi.package import Package
from workbench.exchange.refi.parse import decoded

_INSIDE = "internal://"


@dataclass(frozen=True)
class Found:
    """A text as the file has it; `sure` is whether positions can count in it."""

    raw: str
    sure: bool = True


def text_of(element: Any, context: Context, package: Package) -> Found | None:
    """Return the text that belongs to an element, or None where the file does not hold it (told).

    Paths outside the package are told and never followed; of any path only
    the last part is used, to find a file within.

    Parameters
    ----------
    element : Element
        A source, note, representation or transcript.
    """
    plain, rich = element.get("plainTextPath"), element.get("richTextPath")
    content = next(children(element, "PlainTextContent"), None)
    if content is not None and (content.text or not plain):
        return Found(content.text or "")
    if plain:
        raw = _inside(plain, element, context, package)
        if raw is not None:
            text, other = decoded(raw)
            if other:
                context.told.add(f"the text {_last(plain)} is {other}, not UTF-8; read as that", element)
            return Found(text)
    if rich:
        raw = _inside(rich, element, context, package)
        if raw is not None:
            return _words(raw, rich, element, context)
    if plain or rich:
        what = f"the text of {element.get('name') or _last(plain or rich)!r} is not in the file"
        remedy = "Export the project with its sources"
        context.told.add(what, element, many="{} texts are not in the file", remedy=remedy)
    return None


def _inside(path: str, element: Any, context: Context, package: Package) -> bytes | None:
    """Return the bytes of a file within the package."""
    told = context.told
    if "://" not in path:
        told.add(f"the path {path!r} does not begin with {_INSIDE}; read all the same", element,
                 many=f"{{}} paths do not begin with {_INSIDE}; read all the same")  # fmt: skip
    elif not path.lower().startswith(_INSIDE):
        kind = path.split("://", 1)[0]
        what = f"a text is kept outside the file ({kind}://); only what is within is read"
        told.add(what, element, many=f"{{}} texts are kept outside the file ({kind}://); only what is within is read")
    return package.read(path)


def _words(raw: bytes, path: str, element: Any, context: Context) -> Found | None:
    """Read a Word file, whose paragraphs are not what the other program counted."""
    from workbench.sources import read_transcript

    name = _last(path)
    if name.lower().endswith(".txt"):
        return Found(decoded(raw)[0])
    told = context.told
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(raw)
        try:
            lines = [line for line in read_transcript(file).lines if not line.aside]
        except WorkbenchError as error:
            told.add(f"the text of {element.get('name') or name!r} cannot be read: {error}", element)
            return None
    what = (
        f"{element.get('name') or name!r} is there as Word only; passages are taken where their words prove their place"
    )
    told.add(what, element, remedy="Export it with plain text where the other program can")
    return Found("\n".join(f"{line.speaker}: {line.text}" if line.speaker else line.text for line in lines), sure=False)


def _last(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
