"""Fictional REFI-QDA files as other programs write them, made by other code than the reader's."""

import uuid
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

DATA = Path("/work/shared/data/refi-qda")
NAMESPACE = "urn:QDA-XML:project:1.0"
ANN, BOB = (str(uuid.UUID(int=number)).upper() for number in (1, 2))
TRUST, RISK = (str(uuid.UUID(int=number)).upper() for number in (11, 12))
INTERVIEW = str(uuid.UUID(int=21)).upper()
BOOK = f"""<CodeBook><Codes><Code guid="{TRUST}" name="Trust" isCodable="true"/>
<Code guid="{RISK}" name="Risk" isCodable="true"/></Codes></CodeBook>"""
USERS = f'<Users><User guid="{ANN}" name="Ann"/><User guid="{BOB}" name="Bob"/></Users>'


def guid(number: int) -> str:
    return str(uuid.UUID(int=number)).upper()


def passage(number: int, start: int, end: int, *, name: str | None = None, code: str = TRUST, user: str = ANN) -> str:
    named = f" name={quoteattr(name)}" if name is not None else ""
    return f"""<PlainTextSelection guid="{guid(100 + number)}" startPosition="{start}" endPosition="{end}"{named}>
<Coding guid="{guid(5000 + number)}" creatingUser="{user}">
    <CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>"""


def text_source(inner: str = "", *, path: str = "internal://one.txt", name: str = "Interview 1") -> str:
    return f'<TextSource guid="{INTERVIEW}" name={quoteattr(name)} plainTextPath={quoteattr(path)}>{inner}</TextSource>'


def inline_source(text: str, inner: str = "") -> str:
    content = f"<PlainTextContent>{escape(text)}</PlainTextContent>"
    return f'<TextSource guid="{INTERVIEW}" name="Interview 1">{content}{inner}</TextSource>'


def project(
    sources: str = "",
    *,
    before: str = USERS + BOOK,
    after: str = "",
    origin: str = "Other",
    attributes: str = "",
    namespace: str | None = NAMESPACE,
) -> str:
    held = f"<Sources>{sources}</Sources>" if sources else ""
    spaced = f' xmlns="{namespace}"' if namespace else ""
    return f'<Project{spaced} name="Scheme" origin="{origin}" {attributes}>{before}{held}{after}</Project>'


def qdpx(path: Path, xml: str | bytes, files: dict[str, bytes] | None = None, *, inner: str = "project.qde") -> Path:
    raw = xml if isinstance(xml, bytes) else xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(inner, raw)
        for name, content in (files or {}).items():
            opened.writestr(name, content)
    return path


def told(project: object) -> str:
    return "\n".join(str(problem) for problem in project.problems)  # type: ignore[attr-defined]
