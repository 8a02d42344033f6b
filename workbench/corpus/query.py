"""A question to the words of the talk, read from what a person typed."""

import re
from dataclasses import dataclass, field
from typing import Literal

from workbench.corpus.tokens import HYPHENS, find_tokens, plain
from workbench.errors import InputError, Problem

_PIECES = re.compile(r'"([^"]*)"|(\S+)')
_NEAR = re.compile(r"NEAR/(\d{1,3})", re.IGNORECASE)
_UNKNOWN = {
    "AND": "Words stand side by side; for two words within 50 of each other write police NEAR/50 trust",
    "NOT": "Leave the word out, and narrow the search by role, code or transcript",
    "NEAR": "Say how near: housing NEAR/10 arrears",
}
"""What other search programs read as an operator, with what to write here."""
_STRAIGHT = str.maketrans("“”„‟«»", '""""""')
SHORTEST_STEM = 2
"""Letters that must stand beside a `*`."""


@dataclass(frozen=True)
class Word:
    """One word to be found.

    Parameters
    ----------
    text : str
        As `tokens.plain` writes it.
    how : {"inflected", "exact", "wildcard"}
        In any form, as written, or with `*`.
    hyphened : bool
        Whether it is joined to the next word by a hyphen, so that the two may be written as one.
    """

    text: str
    how: Literal["inflected", "exact", "wildcard"] = "inflected"
    hyphened: bool = False


@dataclass
class Near:
    """Phrases that must stand near one another, each at most `within` words from the one before."""

    phrases: list[list[Word]] = field(default_factory=lambda: [[]])
    within: list[int] = field(default_factory=list)


def read_query(query: str) -> list[Near]:
    """Read words, "exact words", wild*, OR and NEAR/5; return the alternatives.

    Raises
    ------
    InputError
        If it holds no word, or an operator has nothing to stand between.
    """
    straight = query.translate(_STRAIGHT)
    if straight.count('"') % 2:
        raise _mistake(query, "a quotation mark is open", 'Write "exact words" between two quotation marks')
    if "(" in straight and re.search(r"\bOR\b", straight):
        raise _mistake(query, "there are no groups here", "Write each alternative whole: job centre OR work centre")
    found = [Near()]
    for quoted, bare in _PIECES.findall(straight):
        distance = _NEAR.fullmatch(bare)
        if bare in _UNKNOWN:
            raise _mistake(query, f"{bare} is no operator here", _UNKNOWN[bare])
        if bare == "OR":
            found.append(Near())
        elif distance:
            found[-1].within.append(int(distance[1]))
            found[-1].phrases.append([])
        else:
            found[-1].phrases[-1] += _words(quoted, exact=True) if quoted else _words(bare, exact=False)
    if not all(phrase for near in found for phrase in near.phrases):
        if len(found) == 1 and len(found[0].phrases) == 1:
            raise _mistake(query, "it holds no word", "Type at least one word, number or emoji")
        raise _mistake(query, "OR or NEAR/n has no word on one side", "Write it between words: housing NEAR/10 arrears")
    return found


def _words(text: str, *, exact: bool) -> list[Word]:
    if not exact and "*" in text:
        parts = re.split(f"[{HYPHENS}]", text)
        return [word for part in parts for word in ([_wildcard(part)] if "*" in part else _words(part, exact=False))]
    tokens = find_tokens(text)
    rows = zip(tokens.starts.tolist(), tokens.ends.tolist(), tokens.hyphened.tolist(), strict=True)
    how: Literal["inflected", "exact"] = "exact" if exact else "inflected"
    return [Word(plain(text[start:end]), how, hyphened) for start, end, hyphened in rows]


def _wildcard(text: str) -> Word:
    word = plain(text.strip(".,;:!?()[]"))
    letters = word.replace("*", "")
    if len(letters) < SHORTEST_STEM or not letters.replace("'", "").isalnum():
        what = f"{text!r} has too few letters for a wildcard, or signs that are not in words"
        raise _mistake(text, what, "Write crim* for words that begin so, *ise for words that end so")
    return Word(word, "wildcard")


def _mistake(query: str, what: str, remedy: str) -> InputError:
    return InputError(Problem(place=f"search for {query!r}", what=what, remedy=remedy))
