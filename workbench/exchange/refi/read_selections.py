"""Passages with their codes."""

from collections.abc import Iterator
from typing import Any

from workbench.exchange.refi.context import Context, children, described
from workbench.exchange.refi.counting import same_words
from workbench.exchange.refi.drafts import Draft, Marked
from workbench.exchange.refi.guids import new_guid
from workbench.exchange.refi.model import Quoted, RefiCoding, Selection
from workbench.exchange.refi.told import counted

OVERRUN = 2
"""Signs by which a passage may end after its text: other programs count a last line break, or a mark."""
FEWEST_SIGNS = 4
"""Signs of a passage's name from which it is taken for its words, where it has no position."""


def read_selections(draft: Draft, context: Context) -> tuple[tuple[Selection, ...], list[Quoted]]:
    """Read the passages of a source: those that have a place, and those of which only the words are known.

    Parameters
    ----------
    draft : Draft
        The source, its way of counting settled.
    """
    selections: list[Selection] = []
    quoted: list[Quoted] = []
    for marked in draft.marked:
        element = marked.element
        guid = context.guid(element, "selection", draft.guid, element.get("startPosition") or "")
        codings = tuple(codings_of(element, context, above=element))
        context.notes(element, guid)
        span = _span(marked, draft, context)
        if span is None:
            kept = list(quoted_of(marked, guid, codings, draft, context))
            for lost in (guid, *(coding.guid for coding in codings)):
                context.lose(element, "selection", lost, guid if kept else None)
            quoted += kept
            continue
        text = draft.counted.normal.text if draft.counted else ""
        said = same_words(marked.words, text[span[0] : span[1]])
        if not said and marked.words and draft.holds(marked.words):
            what = "the words that the file gives for a passage stand elsewhere in its text"
            many = "{} times the words that the file gives for a passage stand elsewhere in its text"
            context.told.add(what, element, many=many, remedy="Look at these passages; they may be moved")
        selections.append(
            Selection(
                guid=guid, start=span[0], end=span[1],
                user=context.user(element, "creatingUser"), at=context.at(element),
                name=marked.words if not said else "",
                description=described(element, context.told), codings=codings,
            )
        )  # fmt: skip
    return tuple(selections), quoted


def _span(marked: Marked, draft: Draft, context: Context) -> tuple[int, int] | None:
    """Return where a passage stands in the normal text, or None, with the reason told."""
    if marked.passage is None or draft.counted is None:
        return None
    text, told, element = draft.counted.normal.text, context.told, marked.element
    start, end = draft.counted.span(marked.passage)
    if len(text) < end <= len(text) + OVERRUN and start < len(text):
        told.add(
            f"a passage ends {end - len(text)} after its text; cut there",
            element,
            many="{} passages end just after their text; cut there",
        )
        end = len(text)
    if start == end:
        told.add("a passage has no length; left out", element, many="{} passages have no length; left out")
    elif start > end or start < 0:
        told.add(
            f"a passage runs from {start} to {end}; left out",
            element,
            many="{} passages end before they begin; left out",
        )
    elif end > len(text):
        what = f"a passage runs to {end}, after the end of its text at {len(text)}; left out"
        told.add(what, element, many="{} passages run beyond the end of their text; left out")
    elif not draft.sure and not same_words(marked.words, text[start:end]):
        told.add(
            "a passage of a Word file has no sure place", element, many="{} passages of Word files have no sure place"
        )
    else:
        return start, end
    return None


def codings_of(element: Any, context: Context, above: Any = None) -> Iterator[RefiCoding]:
    """Give the codings at a passage or a source.

    Parameters
    ----------
    above : Element, optional
        Where user and date stand when a coding has none.
    """
    for child in children(element, "Coding"):
        codes = context.references(child, "CodeRef", "code")
        if not codes:
            context.told.add(
                "a coding has no code that the file holds; left out",
                child,
                many="{} codings have no code that the file holds; left out",
            )
        own = context.guid(child, "coding", element.get("guid") or "", *codes[:1]) if codes else ""
        for code in codes:
            guid = own if code == codes[0] else new_guid(own, code)
            context.notes(child, guid)
            user = context.user(child, "creatingUser")
            if user is None and above is not None:
                user = context.user(above, "creatingUser")
            at = context.at(child) or (context.at(above) if above is not None else "")
            if user is None:
                context.told.add(
                    "a coding has no user", child, many="{} codings have no user", remedy="Say whose they are"
                )
            yield RefiCoding(guid=guid, code=code, user=user, at=at)


def quoted_of(
    marked: Marked, guid: str, codings: tuple[RefiCoding, ...], draft: Draft, context: Context
) -> Iterator[Quoted]:
    """Give a passage without a place by its words, one for each user, where its words are known."""
    words = _words(marked.words, draft)
    if not words:
        if codings:
            what = f"a passage with {counted(len(codings), 'coding')} has neither a place nor words; left out"
            many = "{} passages with codings have neither a place nor words; left out"
            context.told.add(what, marked.element, many=many)
        return
    many = "{} passages have no place in a text; kept by their words, to be found again"
    context.told.add(
        "a passage has no place in a text; kept by its words, to be found again", marked.element, many=many
    )
    for user in dict.fromkeys(coding.user for coding in codings) or [context.user(marked.element, "creatingUser")]:
        own = [coding for coding in codings if coding.user == user]
        yield Quoted(
            document=draft.name, quote=words, codes=tuple(coding.code for coding in own), guid=guid, user=user,
            place=f"{context.told.file}, line {marked.element.sourceline}",
            at=own[0].at if own else context.at(marked.element), description=described(marked.element, context.told),
        )  # fmt: skip


def _words(name: str, draft: Draft) -> str:
    """Return a passage's name where it is its words, without the sign that says that more follows."""
    words = name.strip().removesuffix("…").removesuffix("...").rstrip()
    if len("".join(words.split())) < FEWEST_SIGNS:
        return ""
    if draft.counted is not None and draft.counted.normal.text:
        return words if draft.holds(words) else ""
    return words
