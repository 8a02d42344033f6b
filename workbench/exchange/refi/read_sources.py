"""Sources of a project's XML with their passages."""

from collections.abc import Set
from typing import Any

from workbench.exchange.refi.context import Context, children, described, within
from workbench.exchange.refi.counting import Counted, settle_counting
from workbench.exchange.refi.drafts import Draft, Marked, plain_selections, spoken_selections
from workbench.exchange.refi.model import Quoted, Source, SourceKind
from workbench.exchange.refi.package import Package
from workbench.exchange.refi.positions import Counting, normalised
from workbench.exchange.refi.read_codes import read_values
from workbench.exchange.refi.read_selections import codings_of, read_selections
from workbench.exchange.refi.read_texts import text_of
from workbench.exchange.refi.told import counted

_KINDS: dict[str, SourceKind] = {
    "TextSource": "text", "PDFSource": "pdf", "PictureSource": "picture",
    "AudioSource": "audio", "VideoSource": "video",
}  # fmt: skip
_AREAS = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection")
_PASSAGES = ("PlainTextSelection", "TranscriptSelection")
_PARTS = ("Representation", "TextDescription", "Transcript")
_NAMES = {"pdf": "PDF", "picture": "picture", "audio": "recording", "video": "video"}


def read_sources(
    root: Any, context: Context, package: Package, origin: str
) -> tuple[tuple[Source, ...], tuple[Quoted, ...]]:
    """Read the sources, after codes, users and variables.

    Returns
    -------
    tuple of Source
        In the order of the file.
    tuple of Quoted
        Coded passages of which only the words are known.
    """
    elements = list(within(root, "Sources", *_KINDS))
    read = {element.get("plainTextPath") for element in elements if element.tag == "TextSource"} - {None}
    drafts = [draft for element in elements for draft in _drafts(element, context, package, read)]
    sure = [draft.counted for draft in drafts if draft.counted is not None and draft.sure]
    usual = Counting(break_is_one=origin.lower().startswith("atlas"))
    if not origin.startswith("workbench"):
        settle_counting(sure, context.told, usual)
    sources, quoted = [], []
    for draft in drafts:
        selections, lost = read_selections(draft, context)
        context.notes(draft.element, draft.guid)
        quoted += lost
        sources.append(
            Source(
                guid=draft.guid, name=draft.name, kind=draft.kind, selections=selections,
                text=draft.counted.normal.text if draft.counted else "",
                codings=tuple(codings_of(draft.element, context)),
                values=read_values(draft.element, context),
                description=described(draft.element, context.told),
                user=context.user(draft.element, "creatingUser"), at=context.at(draft.element),
            )
        )  # fmt: skip
    return tuple(sources), tuple(quoted)


def _drafts(element: Any, context: Context, package: Package, read: Set[str]) -> list[Draft]:
    """Return what becomes of one source: mostly one; of a recording with several transcripts, each of them too."""
    name, kind = element.get("name") or "", _KINDS[element.tag]
    draft = Draft(element, kind, context.guid(element, "source", name), name)
    parts = [element] if kind == "text" else [p for p in children(element, *_PARTS) if not _is_read(p, read, context)]
    texts = [(part, text) for part in parts if (text := text_of(part, context, package)) is not None]
    if kind != "text":
        kind_ = _NAMES[kind]
        what = (
            f"the {kind_} {name!r} is not carried, only its text" if texts else f"the {kind_} {name!r} is not carried"
        )
        context.told.add(what, element, many=f"{{}} {kind_}s are not carried{', only their text' if texts else ''}")
    drafts = [draft]
    for part, text in texts:
        made = draft
        if len(texts) > 1:
            name = part.get("name") or name
            made = Draft(part, "text", context.guid(part, "source", name), name)
            drafts.append(made)
        made.kind, made.sure = "text", text.sure
        made.marked = [*plain_selections(part, context), *spoken_selections(part, context)]
        made.counted = Counted(text.raw, [marked.passage for marked in made.marked if marked.passage])
    if not texts:
        draft.marked = [Marked(m.element, None, m.words) for part in parts for m in plain_selections(part, context)]
    _areas(draft, context)
    return drafts


def _is_read(part: Any, read: Set[str], context: Context) -> bool:
    """Tell whether a transcript is the text of another source, and has no passages of its own."""
    if part.get("plainTextPath") not in read or next(children(part, *_PASSAGES), None) is not None:
        return False
    what = f"the transcript {part.get('name') or ''!r} is the text of another source; read once"
    context.told.add(what, part, many="{} transcripts are texts of other sources; read once")
    return True


def _areas(draft: Draft, context: Context) -> None:
    """Take the words of areas of a page where they are known; tell of other areas and stretches of recordings."""
    there = {marked.element.get("guid"): marked for marked in draft.marked}
    for area in children(draft.element, *_AREAS):
        held = (content.text or "" for content in area.iterfind("Representation/PlainTextContent"))
        words = normalised("".join(held)).text
        same = there.get(area.get("guid"))  # the same passage, in the text of the page
        if same is not None:
            same.words = words.strip() or same.words
        elif words.strip():
            draft.marked.append(Marked(area, None, words))
        else:
            _tell_area(area, context)


def _tell_area(area: Any, context: Context) -> None:
    """Say that a place on a picture or in a recording is left out, with what was coded there."""
    codings = sum(1 for _ in children(area, "Coding"))
    if codings:
        what = f"a {area.tag} with {counted(codings, 'coding')} is not carried: it has no words"
        context.told.add(what, area, many=f"{{}} times a coded {area.tag} is not carried: it has no words")
    else:
        what = f"a {area.tag} is not carried: it has no words and no codes"
        context.told.add(what, area, many=f"{{}} times a {area.tag} is not carried: it has no words and no codes")
