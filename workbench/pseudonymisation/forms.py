"""Where registered forms stand in a text: whole words, the longest first, with evidence where a word is ordinary."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.pseudonymisation.entry import PSEUDONYM, Entry
from workbench.pseudonymisation.offset_map import OffsetMap, Replaced

_TOKEN = re.compile(rf"{PSEUDONYM.pattern}|\w+")
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
LOWERED = 0.01
"""Share of words with a capital below which a transcript counts as lower-cased; ordinary prose has ten times that."""
_STARTS = re.compile(r"(?:^|[.?!…:\n])[\s\"'“‘(\[*_–—-]*$")
_ASKED = re.compile(r"\s+(?:i|you|he|she|we|they|it|the|this|that|there|be|as|not|your|my|his|her|our)\b", re.I)
_DATED_BEFORE = re.compile(
    r"(?:\b(?:in|of|last|next|this|since|until|till|by|from|late|early|mid|every|end)|\d(?:st|nd|rd|th)?)[\s-]+$", re.I
)
_DATED_AFTER = re.compile(r"\s+(?:the\s+)?\d")
_MONTHS = frozenset(("april", "may", "june", "august"))
_PLURAL_BEFORE = re.compile(r"\b(?:the|them|those|these|both|all)\s+$", re.I)


@dataclass
class _Form:
    """One form with what was decided about it, for all transcripts ("") and for single ones."""

    key: str
    pattern: re.Pattern[str]
    lead: str
    words: list[str]
    ordinary: bool
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """One place where a form stands: half-open code points, and its entry."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Setting:
    """What is known about a text when forms are sought in it.

    Parameters
    ----------
    document : str
        Its id; empty for a text of no transcript.
    turns : Sequence of (int, int)
        Stretches of talk, in order; none when it is all one.
    labels : frozenset of str
        Keys of the words in its speakers' labels.
    lowered : bool
        Whether it has no capitals to go by.
    anyhow : bool
        Whether every form counts, whatever its case: a speaker's label.
    """

    document: str = ""
    turns: Sequence[tuple[int, int]] = ()
    labels: frozenset[str] = frozenset()
    lowered: bool = False
    anyhow: bool = False


def lowered(text: str) -> bool:
    """Tell whether a text is written without capitals, as automatic captions are."""
    words = _LETTERS.findall(text)
    capitals = sum(1 for word in words if word[0].isupper())
    return bool(capitals < LOWERED * len(words))


class Forms:
    """All forms of a register, ready to be sought.

    Parameters
    ----------
    entries : iterable of Entry
        Rejected ones too: a rejection in one transcript overrides what holds for all.

    Notes
    -----
    A form stands for itself, with any capitals, and, in a lower-cased transcript, without. Possessives keep their
    ending, and so does a plural after an article (“the Millers”). An ordinary word that is a name as well (Will,
    Mark, Grace) counts where it has a capital inside a sentence, and at the head of a sentence only in a transcript
    with such evidence or with an entry of its own; without capitals it never counts alone. Stretches that are
    pseudonyms already are passed over.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        from workbench.language.names import ordinary_words

        ordinary = ordinary_words()
        known: dict[str, _Form] = {}
        for entry in entries:
            if entry.key not in known:
                known[entry.key] = _form(entry, ordinary)
            known[entry.key].entries[entry.document] = entry
        self._first: dict[str, list[_Form]] = {}
        for form in sorted(known.values(), key=lambda form: -len(form.key)):
            if form.words and any(entry.replaces for entry in form.entries.values()):
                self._first.setdefault(form.words[0].casefold(), []).append(form)

    def places(self, text: str, setting: Setting) -> list[Place]:
        """Return where forms stand, apart and in order."""
        if not self._first:
            return []
        found: list[tuple[Place, str]] = []
        evident, free, first = set(setting.labels), 0, self._first
        for token in _TOKEN.finditer(text):
            word = token[0].casefold()
            forms = first.get(word) or (self._inflected(word, token, setting) if word[-1] == "s" else None)
            if not forms or token.start() < free:
                continue
            for form in forms:
                entry = form.entries.get(setting.document) or form.entries.get("")
                if entry is None or not entry.replaces:
                    continue
                match = form.pattern.match(text, token.start())
                standing = match and _standing(text, match, form, setting)
                if match and standing and text.endswith(form.lead, 0, match.start()):
                    free = match.end()
                    if standing == "sure":
                        evident.add(form.key)
                    found.append((Place(match.start() - len(form.lead), free, entry), standing))
                    break
        own = setting.document
        return [
            place
            for place, standing in found
            if standing == "sure" or place.entry.key in evident or (own and place.entry.document == own)
        ]

    def _inflected(self, word: str, token: re.Match[str], setting: Setting) -> list[_Form] | None:
        """Return the forms of which a word is the plural, or in captions the possessive without apostrophe."""
        after_article = _PLURAL_BEFORE.search(token.string, max(0, token.start() - 8), token.start())
        captioned = setting.lowered and len(word) > 4
        if not (captioned or (after_article and (setting.lowered or token[0][0].isupper()))):
            return None
        stems = (word[:-1], word[:-2] if word.endswith("es") else "")
        forms = [form for stem in stems for form in self._first.get(stem, ())]
        return [_plural(form, token[0]) for form in forms if _is_plain_person(form)] or None

    def map(self, text: str, setting: Setting) -> OffsetMap:
        """Return the text with its forms replaced, as a map."""
        places = self.places(text, setting)
        return OffsetMap(text, [Replaced(place.start, place.end, place.entry.pseudonym) for place in places])

    def replaced(self, text: str, document: str = "", *, label: bool = False) -> str:
        """Return a text with its forms replaced; in a speaker's label every form counts."""
        setting = Setting(document=document, lowered=lowered(text), anyhow=label)
        return self.map(text, setting).text


def _form(entry: Entry, ordinary: Collection[str]) -> _Form:
    words = _WORD.findall(entry.form)
    lead = re.match(r"\W*", entry.form)[0]  # type: ignore[index]
    body = entry.form[len(lead) :]
    parts = (re.escape(part) if part.strip(" '‘’ʼ") else _joint(part) for part in re.split(r"( +|['‘’ʼ])", body))
    pattern = re.compile(rf"{''.join(parts)}(?!\w)", re.IGNORECASE)
    return _Form(entry.key, pattern, lead, words, len(words) == 1 and entry.key in ordinary)


def _joint(part: str) -> str:
    return r"\s+" if part.startswith(" ") else "['‘’ʼ]" if part else ""


def _is_plain_person(form: _Form) -> bool:
    return len(form.words) == 1 and not form.ordinary and any(each.kind == "person" for each in form.entries.values())


def _plural(form: _Form, surface: str) -> _Form:
    """Return the form as it is written in front of a plural ending."""
    stem = re.compile(re.escape(surface[: len(form.words[0])]))
    return _Form(form.key, stem, form.lead, form.words, form.ordinary, form.entries)


def _standing(text: str, match: re.Match[str], form: _Form, setting: Setting) -> str:
    """Return "sure" or "initial" (at the head of a sentence, so that evidence is needed) for a name; else nothing."""
    start, end = match.span()
    if _crosses(start, end, setting.turns) or _joins_lines(match, setting.turns):
        return ""
    if setting.anyhow or (form.key in setting.labels and not _spoken(start, setting.turns)):
        return "sure"
    capital = _capitals_fit(match[0], form.words)
    if not form.ordinary:
        # A name that the key knows is hidden in small letters too; “reading” is not Reading.
        small = len(form.words) > 1 or any(each.kind == "person" for each in form.entries.values())
        return "sure" if capital or small or setting.lowered else ""
    if not match[0][0].isupper() or (form.key in _MONTHS and _dated(text, start, end)):
        return ""
    if not _initial(text, start, setting.turns):
        return "sure"
    return "" if _ASKED.match(text, end) else "initial"


def _capitals_fit(surface: str, words: Sequence[str]) -> bool:
    """Tell whether each word has a capital where the form has one."""
    pairs = zip(_WORD.findall(surface), words, strict=False)
    return all(shown[0].isupper() or not word[0].isupper() for shown, word in pairs)


def _dated(text: str, start: int, end: int) -> bool:
    return bool(_DATED_BEFORE.search(text, max(0, start - 12), start) or _DATED_AFTER.match(text, end))


def _initial(text: str, start: int, turns: Sequence[tuple[int, int]]) -> bool:
    begin = max((turn[0] for turn in _around(start, turns)), default=0)
    return bool(_STARTS.search(text[max(begin, start - 40) : start]))


def _around(position: int, turns: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the turn in which a position lies."""
    before = bisect_right(turns, (position, len(turns) and turns[-1][1] + 1)) - 1
    if before >= 0 and turns[before][0] <= position < turns[before][1]:
        yield turns[before]


def _spoken(position: int, turns: Sequence[tuple[int, int]]) -> bool:
    return not turns or any(True for _ in _around(position, turns))


def _crosses(start: int, end: int, turns: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a stretch lies in two turns, or in a label and a turn."""
    return bool(turns) and list(_around(start, turns)) != list(_around(end - 1, turns))


def _joins_lines(match: re.Match[str], turns: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a stretch would make one of two lines of a heading."""
    return "\n" in match[0] and bool(turns) and not _spoken(match.start(), turns)
