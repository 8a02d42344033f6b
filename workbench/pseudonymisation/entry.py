"""One line of the names register: a form found in talk, and what stands for it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench.definitions import read_map
from workbench.errors import Problems

LABELS = {
    "person": "Person",
    "place": "Place",
    "organisation": "Organisation",
    "e-mail": "E-mail",
    "phone": "Phone",
    "NHS number": "NHS number",
    "NI number": "NI number",
    "postcode": "Postcode",
    "PNC id": "PNC entry",
    "date of birth": "Birth date",
    "custody reference": "Custody entry",
    "crime reference": "Crime entry",
    "collar number": "Collar entry",
    "vehicle plate": "Vehicle",
    "reference number": "File entry",
    "social handle": "Handle",
}
"""Kind to the word in its pseudonyms, chosen so that no pattern for an identifier takes a pseudonym for one."""
BY_HAND = "added by a person"
"""Why an entry is there that no search proposed."""
DECISIONS = ("waiting", "accepted", "rejected")
PSEUDONYM = re.compile(rf"\[(?:{'|'.join(LABELS.values())}) [1-9]\d*\]")
"""How every pseudonym looks: words in a stretch like this are never searched."""
_APOSTROPHES = re.compile("[‘’ʼ]")


@cache
def words_of(use: str) -> frozenset[str]:
    """Return words that name nobody: titles and kinship ("title"), what people do ("role"), days and months ("time").

    A title stays in the text before the pseudonym; a speaker's label that holds a role is nobody's name.
    """
    rows = read_map(Path(__file__).with_name("unnamed_words.csv"), ["word", "use"])
    return frozenset(row["word"] for row in rows if row["use"] == use)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One form of one person, place, organisation or identifier.

    Parameters
    ----------
    id : int
        Number in the register, for the command line.
    form : str
        The words, as found.
    kind : str
        person, place, organisation, or a kind of direct identifier (`LABELS`).
    pseudonym : str
        What stands for it, e.g. `[Person 48]`. Forms of one person share theirs.
    decision : {"waiting", "accepted", "rejected"}
        Waiting and accepted forms are replaced; a rejected one is not.
    document : str
        The one transcript in which it holds; empty for all of them.
    by, at : str
        Who decided, and when (ISO 8601, UTC).
    why : str
        Where it comes from, and what a person should look at.
    """

    id: int
    form: str
    kind: str
    pseudonym: str
    decision: str = "waiting"
    document: str = ""
    by: str = ""
    at: str = ""
    why: str = ""

    @property
    def key(self) -> str:
        """The form without regard to case, apostrophes and white space."""
        return form_key(self.form)

    @property
    def replaces(self) -> bool:
        """Whether the form is replaced in the text."""
        return self.decision != "rejected"


def form_key(form: str) -> str:
    """Return what two spellings of one form share.

    Examples
    --------
    >>> form_key("O’Brien "), form_key("O'BRIEN")
    ("o'brien", "o'brien")
    """
    return _APOSTROPHES.sub("'", " ".join(form.split())).casefold()


def tidy(form: str, kind: str, *, typed: bool = False) -> str:
    """Return a form as the register keeps it: without title, possessive and punctuation at its ends.

    What a search found in small letters or in capitals gets the capitals of a name; what a person typed keeps its own.

    Examples
    --------
    >>> tidy("DC Miller’s", "person"), tidy("JOANNE,", "person"), tidy("@joanne", "social handle")
    ('Miller', 'Joanne', '@joanne')
    """
    form = " ".join(unicodedata.normalize("NFC", form).split()).strip(".,;:!?…\"“”'‘’()[] –—-")
    if kind not in ("person", "place", "organisation"):
        return form
    form = re.sub(r"['‘’ʼ][sS]$", "", form.partition(" (")[0])
    if kind == "person":
        words = form.split(" ")
        while len(words) > 1 and words[0].rstrip(".").casefold() in words_of("title"):
            words.pop(0)
        form = " ".join(words)
    if typed:
        return form
    if form.islower() or (kind != "organisation" and form.isupper() and len(form) > 3):
        form = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize() if len(word[0]) > 1 else word[0].upper(), form)
    return form


def check_pseudonym(problems: Problems, pseudonym: str, kind: str) -> None:
    """Note whether a pseudonym is one of its kind."""
    label = LABELS[kind]
    if not (PSEUDONYM.fullmatch(pseudonym) and pseudonym.startswith(f"[{label} ")):
        what = f"{pseudonym!r} is no pseudonym of the kind {kind!r}"
        problems.add("pseudonym", what, remedy=f"Write it like [{label} 12]")
