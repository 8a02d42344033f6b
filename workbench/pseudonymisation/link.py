"""Which forms mean one person: David Miller, Mr Miller, David, Dave."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from workbench.pseudonymisation.entry import Entry, form_key
from workbench.pseudonymisation.register import Register


@dataclass
class Found:
    """One form that was found in talk.

    Parameters
    ----------
    key : str
        From `form_key`.
    forms, kinds, why : Counter of str
        How it is written, what it was taken for, and by what, with how often.
    documents : Counter of str
        Where, with how often.
    """

    key: str
    forms: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)

    @property
    def form(self) -> str:
        """As it is written most often."""
        return self.forms.most_common(1)[0][0]

    @property
    def kind(self) -> str:
        """What it was taken for most often."""
        return self.kinds.most_common(1)[0][0]

    @property
    def reason(self) -> str:
        """What found it most often."""
        return self.why.most_common(1)[0][0]


@dataclass
class Person:
    """Somebody known by given name and surname."""

    name: str
    given: str
    surname: str
    pseudonym: str
    documents: set[str] = field(default_factory=set)


Same = Callable[[str, str], bool]
"""Tells whether one given name can be short for the other."""


def full_names(found: Iterable[Found], register: Register, same: Same) -> list[Person]:
    """Return who is known by given name and surname, entering the new ones in the register.

    Two spellings are one person when the surnames are equal and the given names are equal, one is a nickname of the
    other, or one is an initial that fits nobody else.
    """
    people: list[Person] = []
    for entry in register.entries:
        if entry.kind == "person" and " " in entry.key and entry.replaces:
            _enrol(people, entry)
    for each in sorted(found, key=lambda each: (-sum(each.documents.values()), each.key)):
        there = register.entry(each.form)
        if there is None:
            fits = _fitting(people, each.key, same)
            near = fits[0] if len(fits) == 1 else None
            why = f"{each.reason}; the same person as {near.name}" if near else each.reason
            there = register.propose(each.form, "person", why=why, pseudonym=near.pseudonym if near else None)
        if there is not None and there.replaces:
            _enrol(people, there).documents.update(each.documents)
    return people


def _enrol(people: list[Person], entry: Entry) -> Person:
    known = [person for person in people if person.pseudonym == entry.pseudonym]
    if known:
        return known[0]
    given, surname = _parts(entry.key)
    person = Person(entry.form, given, surname, entry.pseudonym)
    if entry.document:
        person.documents.add(entry.document)
    people.append(person)
    return person


def _parts(key: str) -> tuple[str, str]:
    words = key.split(" ")
    return words[0].rstrip("."), words[-1]


def _fitting(people: Sequence[Person], key: str, same: Same) -> list[Person]:
    given, surname = _parts(key)
    relatives = [person for person in people if person.surname == surname]
    exact = [person for person in relatives if person.given == given]
    return exact or [person for person in relatives if _same_given(given, person.given, same)]


def _same_given(first: str, second: str, same: Same) -> bool:
    if 1 in (len(first), len(second)):
        return first[0] == second[0]
    return first == second or same(first, second)


def link_short(found: Sequence[Found], people: Sequence[Person], register: Register, same: Same) -> None:
    """Enter given names, nicknames and surnames alone: with the pseudonym of the one person meant, or their own.

    Where a form could mean several people it follows the one whose whole name stands in the same transcript; where
    several do, or none, it gets a pseudonym of its own, and its `why` asks a person to settle it. So does an unusual
    short form in a transcript in which the whole name does not stand.
    """
    alone: list[Found] = []
    for each in sorted(found, key=lambda each: (-sum(each.documents.values()), each.key)):
        meant = _meant(each.key, people, same)
        if not meant:
            alone.append(each)
        elif len(meant) == 1 and _surely(each, meant[0]):
            _propose(register, each, meant[0], "")
        else:
            _propose_apart(register, each, meant)
    for each in alone:
        near = [
            entry
            for other in alone
            if other is not each and each.documents.keys() & other.documents.keys() and same(each.key, other.key)
            if (entry := register.entry(other.form)) is not None and entry.replaces
        ]
        one = len({entry.pseudonym for entry in near}) == 1
        why = f"{each.reason}; short for {near[0].form}, or the other way round" if one else each.reason
        register.propose(each.form, "person", why=why, pseudonym=near[0].pseudonym if one else None)


def _surely(each: Found, person: Person) -> bool:
    """Tell whether a form means a person in every transcript: by the name itself, or a short form that all know."""
    from workbench.language.names import same_person

    return (
        each.key in (person.given, person.surname, person.given + person.surname)
        or each.documents.keys() <= person.documents
        or same_person(each.key, person.given, well_known=True)
    )


def _meant(key: str, people: Sequence[Person], same: Same) -> list[Person]:
    """Return whom a single name can mean; equal names go before plurals (the Millers), and these before a nickname."""
    exact = [person for person in people if key in (person.given, person.surname, person.given + person.surname)]
    exact = exact or [person for person in people if key in (f"{person.surname}s", f"{person.surname}es")]
    if exact:
        return exact
    short_for = {given for given in {person.given for person in people} if len(given) > 1 and same(key, given)}
    return [person for person in people if person.given in short_for]


def _propose(register: Register, each: Found, person: Person, document: str) -> None:
    why = f"{each.reason}; the same person as {person.name}"
    register.propose(each.form, "person", why=why, pseudonym=person.pseudonym, document=document)


def _propose_apart(register: Register, each: Found, meant: Sequence[Person]) -> None:
    names = " or ".join(sorted({person.name for person in meant}))
    open_in = []
    for document in each.documents:
        here = [person for person in meant if document in person.documents]
        there = register.entry(each.form, document)
        if there is not None and (there.document or not there.replaces):
            continue
        if len(here) == 1 and (there is None or there.pseudonym != here[0].pseudonym):
            _propose(register, each, here[0], document)
        elif len(here) != 1:
            open_in.append(document)
    if open_in:
        where = ", ".join(sorted(open_in)[:3]) + (" …" if len(open_in) > 3 else "")
        why = f"{each.reason}; could be {names} (in {where}): settle with join"
        register.propose(each.form, "person", why=why)


def link_value(found: Iterable[Found], register: Register) -> None:
    """Enter identifiers: one number, whatever its spaces and signs, has one pseudonym."""
    values = {(entry.kind, _value(entry.form)): entry.pseudonym for entry in register.entries}
    for each in sorted(found, key=lambda each: each.key):
        value = (each.kind, _value(each.form))
        entry = register.propose(each.form, each.kind, why=each.reason, pseudonym=values.get(value))
        if entry is not None:
            values[value] = entry.pseudonym


def _value(form: str) -> str:
    digits = "".join(sign for sign in form_key(form) if sign.isalnum())
    return f"0{digits[2:].removeprefix('0')}" if form.startswith("+44") else digits
