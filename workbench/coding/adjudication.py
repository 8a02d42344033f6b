"""Decisions on differences between coders: which stand, and on which words. Pure: acts and texts in, decisions out."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from operator import itemgetter

from workbench.coding.acts import Act
from workbench.coding.anchor import Anchored, anchor
from workbench.coding.corrections import TEXT_ERASED
from workbench.coding.present_codes import PresentCodes
from workbench.coding.view import standing

CODED, NOT_CODED = "coded", "not coded"
DECISIONS = (CODED, NOT_CODED)
"""What can be decided on a passage and a code. An act `settle` with another target reopens the decision of that id."""

WORDS_CHANGED = "its words were changed"
_ENDS: Callable[[tuple[int, int, int]], int] = itemgetter(2)
_TELLING = 5  # words; a passage of so many that stands once in a text is that passage
_ANCHORED: dict[tuple[str, str, tuple[int, int]], Anchored] = {}  # by the hashes of both texts: it never changes
_MOST_ANCHORED = 100_000
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_MARK = re.compile(r"\\\[[^\W\d_](?:[^\[\]\d\n]|\\ )*\\ \d+\\\]")
_NAME = r"\S+(?:\s\S+){0,3}"  # what one pseudonym may stand for


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What somebody decided on one passage and one code.

    Parameters
    ----------
    id : str
        Id of the act.
    document, start, end, code, quote
        The passage, and the code.
    turn : int or None
        The turn in which the passage begins.
    decision : {"coded", "not coded"}
        Whether the code stands there.
    stance : {"supports", "contradicts", "qualifies", "silent"} or None
        What the passage says about the code.
    by, at, why : str
        Who decided, when (ISO 8601, UTC), and the reason.
    place_start, place_end : int
        The words that were looked at: the decision bears on every coding of its code that shares a turn with them.
        The passage itself unless a wider place was given.
    """

    id: str
    document: str
    turn: int | None
    code: str
    start: int
    end: int
    quote: str
    decision: str
    stance: str | None
    by: str
    at: str
    why: str
    place_start: int
    place_end: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """A document's text with its turns, and the texts that it had before.

    Parameters
    ----------
    text, sha256 : str
        The text, and its hash.
    turns : Sequence of (turn, start, end)
        In the order of the text.
    former : Mapping of str to str
        Former texts that are kept, by their hash.
    """

    text: str
    sha256: str
    turns: Sequence[tuple[int, int, int]] = ()
    former: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A decision on a page: the act with its passage there, what it bears on, and why that is not certain, or ""."""

    act: Act
    place: tuple[int, int]
    turns: frozenset[int]
    why: str = ""

    def settled(self, page: Page) -> Settled:
        """Return the decision as people read it."""
        act = self.act
        return Settled(
            id=act.id, document=act.document or "", turn=turn_at(act.start or 0, page.turns), code=act.code or "",
            start=act.start or 0, end=act.end or 0, quote=act.quote or "", decision=act.target or "",
            stance=act.stance, by=act.coder, at=act.at, why=act.memo or "",
            place_start=self.place[0], place_end=self.place[1],
        )  # fmt: skip


def decisions_on(acts: Iterable[Act], pages: Mapping[str, Page]) -> list[Placed]:
    """Return the decisions that hold: the latest on each place, without those that were reopened or undone.

    A later decision on the same document and code replaces every earlier one
    with whose place its own shares a turn, also where it was reopened since: what it
    replaced does not come back by itself. The order is that of ids, so it
    does not matter in which order acts reached the store.

    Parameters
    ----------
    acts : Iterable of Act
        Of the kinds settle, undo and redo; codes as they are called now.
    pages : Mapping of str to Page
        The documents that are held; decisions on others are left out.

    Returns
    -------
    list of Placed
        In the order of their ids. Those with a `why` were made on words that
        were corrected since: they are applied nowhere. So are those on a code
        that was split (`with_split_codes`).
    """
    acts = [act for act in standing(acts) if act.kind == "settle"]
    reopened = {act.target for act in acts if act.target not in DECISIONS}
    made = [act for act in acts if act.target in DECISIONS and act.document in pages]
    placed = sorted(_placed(made, pages), key=lambda each: each.act.id, reverse=True)
    taken: dict[tuple[str | None, str | None], set[int]] = {}
    found = []
    for each in placed:
        later = taken.setdefault((each.act.document, each.act.code), set())
        if not each.turns & later and each.act.id not in reopened:
            found.append(each)
        later |= each.turns
    return found[::-1]


def with_split_codes(placed: Sequence[Placed], changes: Sequence[Act]) -> list[Placed]:
    """Return the decisions, those on a code that is split now with that as their `why`.

    A decision on a part, made after the split where it shares a turn, says so,
    and what waited is left out.

    Parameters
    ----------
    placed : Sequence of Placed
        As `decisions_on` returns them.
    changes : Sequence of Act
        The changes of codes that nobody has undone, in the order of their ids.
    """
    codes, found = PresentCodes(changes), []
    for each in placed:
        code = each.act.code or ""
        parts = codes.parts(code)
        if not parts:
            found.append(each)
            continue
        names = set(codes.names(code))
        since = max((act.id for act in changes if act.kind == "split-code" and act.code in names), default="")
        if not any(
            it.act.id > max(since, each.act.id)
            and it.act.document == each.act.document
            and it.turns & each.turns
            and codes.may_become(code, it.act.code or "")
            for it in placed
        ):
            because = f"the code was split into {', '.join(parts)}"
            found.append(replace(each, why=f"{each.why}; {because}" if each.why else because))
    return found


def written(place: tuple[int, int]) -> str:
    """Return a place as an act has it (in `origin`, which a decision does not need otherwise)."""
    return f"{place[0]}-{place[1]}"


def place_of(act: Act) -> tuple[int, int]:
    """Return the words that a decision was made on: its passage, unless the act names a wider place."""
    start, end = act.start or 0, act.end or 0
    wider = _PLACE.fullmatch(act.origin or "")
    return (min(start, int(wider[1])), max(end, int(wider[2]))) if wider else (start, end)


def covered(start: int, end: int, turns: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Return the turns that a passage lies in; in a speaker's label only, the turn after it; after all, -1.

    Examples
    --------
    >>> sorted(covered(8, 30, [(1, 0, 10), (2, 15, 25), (3, 30, 40)]))
    [1, 2]
    """
    first = bisect_right(turns, start, key=_ENDS)
    found = frozenset(turn for turn, _, _ in takewhile(lambda it: it[1] < end, islice(turns, first, None)))
    return found or frozenset([_turn_after(start, turns)])


def turn_at(start: int, turns: Sequence[tuple[int, int, int]]) -> int | None:
    """Return the turn in which a passage begins, as `Store.codings` counts it; None after the last."""
    found = _turn_after(start, turns)
    return None if found < 0 else found


def _turn_after(start: int, turns: Sequence[tuple[int, int, int]]) -> int:
    after = bisect_right(turns, start, key=_ENDS)
    return turns[after][0] if after < len(turns) else -1


def _placed(acts: Sequence[Act], pages: Mapping[str, Page]) -> Iterable[Placed]:
    by_text: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        by_text.setdefault((act.document or "", act.revision or ""), []).append(act)
    for (document, revision), here in by_text.items():
        page = pages[document]
        unknown = [Anchored(0, 0, TEXT_ERASED)] * len(here)
        looked_at = _anchored([place_of(act) for act in here], revision, page) or unknown
        for act, found, around in zip(here, _found(here, revision, page), looked_at, strict=True):
            why, place = found.why or "", (found.start, max(found.end, found.start + 1))
            if not around.why and not why:  # else only its own words are certain
                place = min(place[0], around.start), max(place[1], around.end)
            said = act.quote if why else page.text[found.start : found.end]
            moved = act._replace(start=found.start, end=found.end, quote=said, revision=page.sha256)
            turns = frozenset[int]() if why == TEXT_ERASED else covered(*place, page.turns)
            yield Placed(act=moved, place=place, turns=turns, why=why)


def _found(acts: Sequence[Act], revision: str, page: Page) -> list[Anchored]:
    """Return where the passages of one former text stand now; only where they read the same."""
    found = _anchored([(act.start or 0, act.end or 0) for act in acts], revision, page)
    if found is None:
        return [_once(act.quote, page.text) for act in acts]
    if revision == page.sha256:
        return found
    return [
        each if each.why or same_words(act.quote or "", page.text[each.start : each.end]) else _changed(each)
        for act, each in zip(acts, found, strict=True)
    ]


def _anchored(spans: Sequence[tuple[int, int]], revision: str, page: Page) -> list[Anchored] | None:
    """Return where stretches of one former text stand now; None where that text was erased."""
    if revision == page.sha256:
        return [Anchored(start, end) for start, end in spans]
    old = page.former.get(revision)
    if old is None:
        return None
    asked = [span for span in spans if (revision, page.sha256, span) not in _ANCHORED]
    if len(_ANCHORED) > _MOST_ANCHORED:
        _ANCHORED.clear()
        asked = list(spans)
    _ANCHORED.update(
        ((revision, page.sha256, span), each) for span, each in zip(asked, anchor(old, page.text, asked), strict=True)
    )
    return [_ANCHORED[revision, page.sha256, span] for span in spans]


def _changed(found: Anchored) -> Anchored:
    return replace(found, why=WORDS_CHANGED)


def _once(quote: str | None, text: str) -> Anchored:
    """Find words whose text was erased; only where they are many and stand once."""
    if quote is None or len(quote.split()) < _TELLING or text.count(quote) != 1:
        return Anchored(0, 0, TEXT_ERASED)
    return Anchored(text.index(quote), text.index(quote) + len(quote))


def same_words(old: str, new: str) -> bool:
    """Tell whether a passage reads as it did, but for white space and for names that pseudonyms now stand for.

    Examples
    --------
    >>> same_words("I met Sarah Jones  there", "I met [Person 1] there")
    True
    >>> same_words("I did not", "I did")
    False
    """
    old, new = " ".join(old.split()), " ".join(new.split())
    return old == new or re.fullmatch(_MARK.sub(lambda _: _NAME, re.escape(new)), old) is not None
