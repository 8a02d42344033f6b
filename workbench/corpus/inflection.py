"""Which words are forms of one word: same stem, same part of a word family, whatever the spelling."""

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from workbench.corpus.spelling import one_spelling

_SHORT_FOR_IS = re.compile(r"(?:it|that|there|here|what|who|where|how|when|why|let|he|she|one|everyone|everything)'s")
_ENDING = re.compile(r"(?:es|ed|ing|(?<!s)s|e)$")
_Y = re.compile(r"(?:ies|ied|ying)$")
_DOUBLE = re.compile(r"([bdfgklmnprt])\1$")
_TAILS = re.compile(
    r"(?:[ai]?t?ion|ment|ness|ity|[ae]nc|[ae]ncy|[ai]bl|[ai]bility|al|ly|iv|er|or|ist|ism|ful|less|ous|ic|iz|ary|ant|ent|at)$"
)
_ACT = re.compile(r"ization$")


def lemmas(word: str) -> frozenset[str]:
    """Return the keys of a word; two words are forms of one word when they share a key.

    The key is Snowball's English stem (Porter2). Alone it would also join
    officer with office and diversion with diverse, so a word with an ending
    that makes a word of another kind (-er, -ion, -al, -ity …) keeps that
    ending; only -isation goes with its verb. Irregular forms are in
    `irregular.csv`.

    Parameters
    ----------
    word : str
        In lower case, without accents, apostrophes straight.

    Examples
    --------
    >>> bool(lemmas("organised") & lemmas("organizations")), bool(lemmas("officers") & lemmas("offices"))
    (True, False)
    """
    word = _without_possessive(word)
    return frozenset(_key(one) for one in (word, *_irregular().get(word, ())))


def _without_possessive(word: str) -> str:
    return word if _SHORT_FOR_IS.fullmatch(word) else word.removesuffix("'s")


def _key(word: str) -> str:
    spelt = one_spelling(word)
    if "'" in spelt or len(spelt) < 3:
        return spelt
    spelt = _ACT.sub("ize", re.sub(r"izations$", "ization", spelt))
    plain = _DOUBLE.sub(r"\1", _ENDING.sub("", _Y.sub("y", spelt)))
    tail = _TAILS.search(plain, 2)
    return f"{plain}/{tail[0]}" if tail else f"{_stemmer().stemWord(spelt)}/"


@cache
def _stemmer() -> Any:
    import snowballstemmer  # type: ignore[import-untyped]

    return snowballstemmer.stemmer("english")


@cache
def _irregular() -> dict[str, list[str]]:
    bases = defaultdict(list)
    with (Path(__file__).parent / "irregular.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in row["forms"].split():
                bases[form].append(row["base"])
    return bases
