"""Words and emoji of a text with their places, found by character class over the whole text at once."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int32]
APOSTROPHES = "'’‘ʼ"
HYPHENS = "-‐‑"
INSIDE = "\u00ad\u200c\u2060"
"""Signs that are not seen and can stand inside a word."""
_WORD, _SYMBOL, _APOSTROPHE, _JOINER, _MODIFIER = 1, 2, 3, 4, 5
_PSEUDONYM = re.compile(r"\[[A-Z][A-Za-z-]*(?: [a-z]+)? [1-9]\d*\]")
"""`[Person 48]` is one word: “person” does not find it."""
_ZERO_WIDTH_JOINER = "\u200d"


@dataclass(frozen=True)
class Tokens:
    """Where the words and emoji of a text are.

    Parameters
    ----------
    starts, ends : numpy.ndarray
        Half-open code points in the text, in order.
    hyphened : numpy.ndarray
        True where nothing but a hyphen stands between a token and the next.
    """

    starts: Places
    ends: Places
    hyphened: npt.NDArray[np.bool_]


def find_tokens(text: str) -> Tokens:
    """Find words (letters, digits, combining signs, underscores, apostrophes within) and symbols such as emoji."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.zeros(0x110000, dtype=np.uint8)
    present = np.flatnonzero(np.bincount(codes)) if len(codes) else np.zeros(0, dtype=int)
    kinds[present] = [_kind(chr(code)) for code in present]
    kind = kinds[codes]
    word = kind == _WORD
    word[1:-1] |= (kind[1:-1] == _APOSTROPHE) & word[:-2] & word[2:]
    for pseudonym in _PSEUDONYM.finditer(text):
        word[pseudonym.start() : pseudonym.end()] = True
    symbol = kind == _SYMBOL
    extends = (kind == _JOINER) | (kind == _MODIFIER)
    goes_on = np.zeros(len(codes) + 1, dtype=bool)
    goes_on[1:-1] = (word[1:] & word[:-1]) | (extends[1:] & (symbol | extends)[:-1])
    goes_on[1:-1] |= symbol[1:] & (kind[:-1] == _JOINER)
    first = (word | symbol) & ~goes_on[:-1]
    # A joiner or modifier on its own goes on from nothing and belongs to no token.
    starts = np.flatnonzero(first)
    stops = np.flatnonzero(~goes_on)
    ends = stops[np.searchsorted(stops, starts, side="right")] if len(starts) else starts
    apart = starts[1:] - ends[:-1] == 1
    hyphened = np.zeros(len(starts), dtype=bool)
    hyphened[:-1] = apart & np.isin(codes[np.minimum(ends[:-1], len(codes) - 1)], [ord(sign) for sign in HYPHENS])
    return Tokens(starts.astype(np.int32), ends.astype(np.int32), hyphened)


def _kind(sign: str) -> int:
    category = unicodedata.category(sign)
    if sign == _ZERO_WIDTH_JOINER:
        return _JOINER
    if sign in "\ufe0e\ufe0f\u20e3" or "\U0001f3fb" <= sign <= "\U0001f3ff" or "\U000e0020" <= sign <= "\U000e007f":
        return _MODIFIER
    if sign in APOSTROPHES:
        return _APOSTROPHE
    if sign.isalnum() or category[0] == "M" or sign in INSIDE or sign == "_":
        return _WORD
    return _SYMBOL if category == "So" else 0


def plain(word: str) -> str:
    """Return a token as words are compared: lower case, straight apostrophes, no invisible signs, no skin tone."""
    folded = unicodedata.normalize("NFC", word.casefold())
    folded = "".join("'" if sign in APOSTROPHES else sign for sign in folded if sign not in INSIDE)
    return "".join(sign for sign in folded if _kind(sign) != _MODIFIER) or folded


def without_accents(word: str) -> str:
    """Return a word without its accents: Siân is sian."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
