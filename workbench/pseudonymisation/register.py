"""The names register of a study: which forms are replaced, by what, who decided it, and when."""

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.pseudonymisation.entry import BY_HAND, LABELS, Entry, check_pseudonym, form_key, tidy
from workbench.pseudonymisation.forms import Forms
from workbench.pseudonymisation.key_file import locked, read_entries, write_entries


class Register:
    """The key of a study: forms found in talk and their pseudonyms.

    Parameters
    ----------
    path : Path
        Where names.csv lies, outside the study and apart from the transcripts.

    Notes
    -----
    Follows what the UK Data Service advises for qualitative data: pseudonyms rather than blanks, the same one
    throughout, in brackets so that every change shows, with a log of changes that is stored apart from the data.
    Numbers are drawn at random, so that neither the order of names nor the alphabet can be read from them.

    What results is pseudonymised, not anonymous: it is still personal data while a key exists, and stories, jobs,
    dates and places that no register holds can point at a person. A person has to read each transcript.

    Changes are kept here until `save`, which repeats them on the file as it then is: what others have written in
    the meantime stays.
    """

    def __init__(self, path: Path, entries: Iterable[Entry] = (), *, content: bytes = b"") -> None:
        self.path = path
        self._content = content
        self._acts: list[Callable[[], None]] = []
        self._drawn: set[str] = set()
        self._taken: set[str] = set()
        self._load(entries)

    @classmethod
    def read(cls, path: Path | str) -> "Register":
        """Read a register; one that is not there yet is empty.

        Raises
        ------
        InputError
            With every column and value that is not known, by row.
        """
        entries, content = read_entries(Path(path))
        return cls(Path(path), entries, content=content)

    def _load(self, entries: Iterable[Entry]) -> None:
        self._entries = {(entry.key, entry.document): entry for entry in entries}
        self._used = {entry.pseudonym for entry in self._entries.values()}
        self._taken |= self._used
        self._last = max((entry.id for entry in self._entries.values()), default=0)
        self._instead: dict[str, str] = {}
        self._forms: Forms | None = None

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> list[Entry]:
        """All entries, by id."""
        return sorted(self._entries.values(), key=lambda entry: entry.id)

    @property
    def forms(self) -> Forms:
        """What searches a text for the forms that are replaced."""
        if self._forms is None:
            self._forms = Forms(self._entries.values())
        return self._forms

    def forms_of_all(self) -> Forms:
        """Return what searches a text for rejected forms too, so that a person sees where they stand."""
        return Forms(replace(entry, decision="accepted") for entry in self._entries.values())

    def entry(self, form: str, document: str = "") -> Entry | None:
        """Return what holds for a form in one transcript: its own entry, or else the one for all."""
        key = form_key(form)
        return self._entries.get((key, document)) or self._entries.get((key, ""))

    def save(self) -> None:
        """Write the changes; nothing that somebody else wrote meanwhile is lost.

        Raises
        ------
        InputError
            If the file can no longer be read, or somebody else holds it; nothing is written then.
        """
        with locked(self.path):
            entries, content = read_entries(self.path)
            if content != self._content:
                self._load(entries)
                for act in self._acts:
                    act()
            if self._acts or not content:
                self._content = write_entries(self.path, self.entries)
            self._acts.clear()

    def reserve(self, pseudonyms: Iterable[str]) -> None:
        """Keep pseudonyms from being drawn, because a transcript has them already."""
        self._taken.update(pseudonyms)

    def draw(self, kind: str) -> str:
        """Return a pseudonym that nobody has, its number at random."""
        label = f"[{LABELS[kind]} "
        top, many = 99, sum(each.startswith(label) for each in self._taken)
        while 2 * many >= top:
            top = 10 * top + 9
        drawn = ""
        while not drawn or drawn in self._taken:
            drawn = f"{label}{secrets.randbelow(top) + 1}]"
        self._drawn.add(drawn)
        self._taken.add(drawn)
        return drawn

    def propose(
        self, form: str, kind: str, *, why: str, pseudonym: str | None = None, document: str = ""
    ) -> Entry | None:
        """Enter a form that waits for a person; None when one is there already, whatever was decided about it."""
        form = tidy(form, kind)
        if not form or (form_key(form), document) in self._entries:
            return None
        return self._add(Entry(id=0, form=form, kind=kind, pseudonym=pseudonym or "", document=document, why=why))

    def add(
        self, form: str, kind: str, *, by: str, pseudonym: str | None = None, document: str = "", why: str = ""
    ) -> Entry:
        """Enter a form that a person found, as accepted; replaces what was decided about it before.

        Raises
        ------
        InputError
            If the kind is not known, the form has no words, or the pseudonym is of another kind.
        """
        problems = Problems()
        if kind not in LABELS:
            problems.add("kind", f"{kind!r} is not known", choices=list(LABELS), remedy=did_you_mean(kind, LABELS))
        form = tidy(form, kind, typed=True)
        if not any(sign.isalnum() for sign in form):
            problems.add("form", f"{form!r} has no letter and no digit")
        if pseudonym is not None and kind in LABELS:
            check_pseudonym(problems, pseudonym, kind)
        problems.raise_if_any()
        there = self._entries.get((form_key(form), document))
        if pseudonym is None and there is not None and there.kind == kind:
            pseudonym = there.pseudonym
        why = why or BY_HAND
        return self._add(
            Entry(id=0, form=form, kind=kind, pseudonym=pseudonym or "", decision="accepted",
                  document=document, by=by, at=_now(), why=why)
        )  # fmt: skip

    def accept(self, which: Iterable[int | str], *, by: str) -> list[Entry]:
        """Decide that forms are replaced; by id or by form.

        Raises
        ------
        InputError
            With every id and form that is not there; nothing is decided then.
        """
        return self._decide(which, "accepted", by)

    def reject(self, which: Iterable[int | str], *, by: str) -> list[Entry]:
        """Decide that forms are not names: they stay in the text and are not proposed again."""
        return self._decide(which, "rejected", by)

    def join(self, form: str, pseudonym: str, *, by: str, document: str = "") -> Entry:
        """Decide that a form means the one who has this pseudonym.

        Raises
        ------
        InputError
            If the form or the pseudonym is not there, or they are of different kinds.
        """
        found = self._entries.get((form_key(form), document)) or self.entry(form, document)
        problems = Problems()
        if found is None:
            self._not_there(problems, form)
        elif pseudonym not in self._used:
            near = did_you_mean(pseudonym, self._used)
            problems.add("register", f"nobody has the pseudonym {pseudonym!r}", remedy=near)
        else:
            check_pseudonym(problems, pseudonym, found.kind)
        problems.raise_if_any()
        assert found is not None  # noqa: S101 - told above
        why = f"{found.why}; joined by a person" if found.why else "joined by a person"
        return self._add(
            replace(found, pseudonym=pseudonym, document=document, decision="accepted", by=by, at=_now(), why=why)
        )

    def split(self, form: str, document: str, *, by: str) -> Entry:
        """Decide that a known form means somebody else in one transcript, who gets a pseudonym of their own."""
        found, problems = self.entry(form, document), Problems()
        if found is None:
            self._not_there(problems, form)
        problems.raise_if_any()
        assert found is not None  # noqa: S101 - told above
        why = f"somebody else than {found.pseudonym}, split by a person"
        return self._add(
            replace(found, pseudonym="", document=document, decision="accepted", by=by, at=_now(), why=why)
        )

    def original(self, pseudonym: str) -> list[str]:
        """Return the forms behind a pseudonym; only the holder of the key can.

        Raises
        ------
        InputError
            If nobody has it.
        """
        forms = [entry.form for entry in self.entries if entry.pseudonym == pseudonym]
        if not forms:
            what, near = f"nobody has the pseudonym {pseudonym!r}", did_you_mean(pseudonym, self._used)
            raise InputError(Problem(place=str(self.path), what=what, remedy=near or "Write it like [Person 48]"))
        return list(dict.fromkeys(forms))

    def replaced(self, text: str, document: str = "") -> str:
        """Return any other text with its names replaced: quotes from elsewhere, titles, notes."""
        return self.forms.replaced(text, document)

    def _not_there(self, problems: Problems, form: str) -> None:
        near = did_you_mean(form, {entry.form for entry in self._entries.values()})
        problems.add("register", f"there is no form {form!r}", remedy=near or "Add it with: workbench names add")

    def _find(self, which: Collection[int | str]) -> list[tuple[str, str]]:
        problems = Problems()
        ids = {entry.id: where for where, entry in self._entries.items()}
        found: list[tuple[str, str]] = []
        for each in which:
            number = int(each) if isinstance(each, int) or each.isdecimal() else None
            forms = [where for where in self._entries if where[0] == form_key(str(each))]
            if number in ids and number is not None:
                found.append(ids[number])
            elif forms:
                found += forms
            elif number is not None:
                problems.add("register", f"there is no entry {number}", remedy="See: workbench names list --all")
            else:
                self._not_there(problems, str(each))
        problems.raise_if_any()
        return found

    def _decide(self, which: Iterable[int | str], decision: str, by: str) -> list[Entry]:
        chosen = self._find(list(which))
        at = _now()

        def act() -> None:
            for where in chosen:
                if where in self._entries:
                    self._put(replace(self._entries[where], decision=decision, by=by, at=at))

        self._do(act)
        return [self._entries[where] for where in chosen]

    def _add(self, entry: Entry) -> Entry:
        """Enter or change one form; a pseudonym is drawn once, and again only if somebody else took it meanwhile."""
        where = (entry.key, entry.document)
        wish = entry.pseudonym or self.draw(entry.kind)
        fresh = not entry.pseudonym or entry.pseudonym in self._drawn

        def act() -> None:
            pseudonym = self._instead.get(wish, wish)
            there = self._entries.get(where)
            if there is not None and entry.decision == "waiting":  # somebody else was first
                if fresh and pseudonym == wish != there.pseudonym:
                    self._instead[wish] = there.pseudonym
                return
            if not entry.pseudonym and pseudonym == wish and wish in self._used:
                self._drawn.discard(wish)
                self._instead[wish] = pseudonym = self.draw(entry.kind)
            self._put(replace(entry, id=there.id if there else self._last + 1, pseudonym=pseudonym))

        self._do(act)
        return self._entries[where]

    def _put(self, entry: Entry) -> None:
        self._entries[(entry.key, entry.document)] = entry
        self._used.add(entry.pseudonym)
        self._taken.add(entry.pseudonym)
        self._last = max(self._last, entry.id)
        self._forms = None

    def _do(self, act: Callable[[], None]) -> None:
        act()
        self._acts.append(act)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
