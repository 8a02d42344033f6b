"""Which words are names, which are ordinary, and which begin with a capital: lists, and the model's dictionary if it is there."""  # noqa: E501

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from workbench.language.name_lists import (
    REGIONS,
    common_words,
    frequent_given,
    frequent_words,
    given_names,
    lands,
    nation_words,
    ordinary_words,
    places,
    surnames,
)
from workbench.language.name_patterns import TITLE

_DAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june", "july", "august", "september", "october", "november", "december"]  # noqa: E501
)  # fmt: skip
_ENDINGS = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")), ("er", ("", "e")),  # noqa: E501
    ("est", ("", "e")), ("ly", ("",)),
)  # fmt: skip
_GAELIC = re.compile(r"(?:Mc|Mac|O['’])[A-Z]")
_HONORIFICS = frozenset(["mr", "mrs", "ms", "mx", "miss", "dr"])
_VOWEL = re.compile("[aeiouyà-öø-ÿ]", re.IGNORECASE)
_SHORT = frozenset(["bo", "cy", "ed", "jo", "mo", "ty", "bea"])


class Vocabulary:
    """What a single word is, whatever its case.

    Parameters
    ----------
    folder : Path or None
        Of the names model, whose lemmatiser brings a dictionary (WordNet's); without it lists must do.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._capital: dict[str, bool] = {}

    @cached_property
    def _dictionary(self) -> frozenset[str]:
        return _words_of(self._folder) if self._folder else frozenset()

    def is_given(self, word: str) -> bool:
        """Return whether a word is a given name and no ordinary word."""
        small = word.lower()
        return (
            small in given_names()
            and small not in REGIONS
            and not self.is_in_dictionary(small)
            and (len(small) > 2 or small in _SHORT)
        )

    def is_listed_given(self, word: str) -> bool:
        """Return whether a word is in the lists of given names, ordinary or not."""
        return word.lower() in given_names()

    def is_common(self, word: str) -> bool:
        """Return whether a word is a title, or frequent English and not one of those that are names as well."""
        return _is_common(word.lower())

    def is_known_word(self, word: str) -> bool:
        """Return whether a word may be ordinary as far as this knows: in the dictionary, or no dictionary is there."""
        return not self._dictionary or self.is_in_dictionary(word)

    def is_surname(self, word: str) -> bool:
        """Return whether a word is in the list of surnames."""
        return word.lower() in surnames() or bool(_GAELIC.match(word))

    def is_place(self, name: str) -> bool:
        """Return whether a name of one or more words is a place and no ordinary word."""
        small = name.lower()
        return small in places() and not self.is_ordinary(small) and len(small) > 2

    def is_ordinary(self, word: str) -> bool:
        """Return whether a word is ordinary English: also a name perhaps, but not without evidence."""
        small = word.lower().replace("’", "'")
        return small in common_words() or small in ordinary_words()

    def is_in_dictionary(self, word: str) -> bool:
        """Return whether a word, or the word that it is a form of, is in the dictionary and no name."""
        small = word.lower()
        if "-" in small and (parts := [part for part in small.split("-") if part]):
            return any(self.is_in_dictionary(part) for part in parts)
        if self.is_ordinary(small):
            return True
        if small in frequent_given():
            return False
        if small in self._dictionary:
            return True
        if small in given_names():
            return small.endswith("s") and (small[:-1] in self._dictionary or small[:-1] in common_words())
        return any(form in self._dictionary or form in common_words() for form in _stems(small))

    def is_land(self, name: str) -> bool:
        """Return whether a name is a country, a state, a region or a large city before it is anybody's."""
        return name.lower() in lands()

    def is_nation(self, word: str) -> bool:
        """Return whether a word is a people, a language, a faith or a feast: alone nobody's name."""
        return word.lower() in nation_words()

    def is_listed(self, word: str) -> bool:
        """Return whether a word is a given name or a surname of the lists."""
        return self.is_listed_given(word) or self.is_surname(word)

    def is_unsayable(self, word: str) -> bool:
        """Return whether a word has no vowel and is in no list: an abbreviation ("rcmp")."""
        return not _VOWEL.search(word) and not self.is_listed(word)

    def is_compound(self, word: str) -> bool:
        """Return whether a word is two of the dictionary written as one ("headteacher"), and in no list of names."""
        small = word.lower()
        if not self._dictionary or len(small) < 8 or small in given_names() or small in surnames():
            return False
        cuts = ((small[:cut], small[cut:]) for cut in range(4, len(small) - 3))
        return any(self._is_base(first) and self.is_in_dictionary(last) for first, last in cuts)

    def _is_base(self, word: str) -> bool:
        return word in self._dictionary or word in common_words()

    def is_part(self, word: str) -> bool:
        """Return whether part of a whole name may stand for it elsewhere, though it is an ordinary word."""
        return word.lower() not in frequent_words() and not TITLE.fullmatch(word) and len(word) > 2

    def is_capital(self, word: str, before: str = "") -> bool:
        """Return whether a word of a small-letter transcript would begin with a capital; surnames after given names do."""  # noqa: E501
        if before.lower() in _HONORIFICS and not self.is_common(word) and len(word) > 2:
            return True
        if word not in self._capital:
            self._capital[word] = self._would_be_capital(word)
        if self._capital[word] or not before[:1].isupper():
            return self._capital[word]
        return self.is_given(before) and self.is_surname(word) and not self.is_common(word) and len(word) > 2

    def _would_be_capital(self, word: str) -> bool:
        if word in _DAYS or word in nation_words():
            return True
        if (len(word) < 3 and word not in _SHORT) or self.is_ordinary(word):
            return False
        if self.is_in_dictionary(word) or self.is_compound(word) or self.is_unsayable(word):
            return False
        return bool(self._dictionary) or self.is_given(word) or self.is_place(word) or self.is_surname(word)


def _stems(word: str) -> Iterator[str]:
    """Yield what a word may be a form of."""
    for ending, others in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            yield from (stem + other for other in others)
            if ending in ("ed", "ing", "er", "est") and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _is_common(small: str) -> bool:
    if TITLE.fullmatch(small):
        return True
    return small in common_words() and small not in ordinary_words()


@cache
def _words_of(folder: Path) -> frozenset[str]:
    path = folder / "lemmatizer" / "lookups" / "lookups.bin"
    if not path.exists():
        return frozenset()
    import srsly
    from spacy.strings import get_string_id

    tables = srsly.msgpack_loads(path.read_bytes())
    index, exceptions = tables.get("lemma_index", {}), tables.get("lemma_exc", {})
    noun = get_string_id("noun")
    names = given_names() | surnames() | places() | _DAYS  # their ordinary ones are in our own list
    words: set[str] = set()
    for part, entries in index.items():
        words |= {word for word in entries if int(part) != noun or word not in names}
    for entries in exceptions.values():
        words |= set(entries)
    return frozenset(word for word in words if re.fullmatch(r"[a-z'-]{2,}", word))
