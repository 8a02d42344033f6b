"""Quotes that the gate holds back until a person has looked at them, and the decisions on them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from workbench.disclosure import Release, Rules
from workbench.errors import Problems, Refused
from workbench.report.aliases import Aliases, kept_in
from workbench.report.quotes import HELD_BACK, Quoting, ordered, passed
from workbench.report.write import talk_of
from workbench.study.quote_decisions import RELEASE, keep_decisions
from workbench.theory_testing.ledger import ledger

if TYPE_CHECKING:
    from workbench.study import Study

COLUMNS = ("id", "document", "turn", "code", "quote", "reasons")


def held_back(study: "Study") -> pd.DataFrame:
    """List the quotes on links of the theory that wait for a person's decision, as the report would show them.

    Returns
    -------
    pandas.DataFrame
        id (of the coding), document, turn, code, quote (names of speakers masked), reasons.
    """
    if not study.settings.theory or not study.has_talk:
        return pd.DataFrame(columns=list(COLUMNS))
    quoting = _quoting(study)
    rows: dict[tuple[object, ...], tuple[object, ...]] = {}
    for link, about in ledger(study.theory, study.store).groupby("link", sort=False):
        for row in ordered(about):
            if passed(row, quoting) == HELD_BACK:
                reasons = "; ".join(quoting.reasons(str(row["id"])))
                passage = (row["document"], row["turn"], row["quote"])
                rows.setdefault(passage, (row["id"], row["document"], row["turn"], link, row["quote"], reasons))
    return pd.DataFrame(list(rows.values()), columns=list(COLUMNS))


def decide(study: "Study", decisions: Mapping[str, str], *, by: str, why: str = "") -> int:
    """Keep a person's decisions on quotes, for all codings of the same words: all of them, or none.

    Parameters
    ----------
    study : Study
        Gets the decisions, in store/quote_decisions.csv.
    decisions : Mapping[str, str]
        Id of a coding, or the name that a report gave its quote (`Q-7f3a90c2`), to `release` or `withhold`.
    by, why : str
        Who decided, and the reason.

    Returns
    -------
    int
        Codings that the decisions are about.

    Raises
    ------
    InputError
        If there is no such coding in force.
    Refused
        If one is to be released and may not leave in any case: a raw identifier, no consent, no review for names.
    """
    codings = study.store.codings()
    aliases, quoting = kept_in(study.path / "store"), _quoting(study)
    problems, refused, made = Problems(), [], []
    for name, decision in decisions.items():
        found = codings[codings["id"] == aliases.get(name, name)]
        if found.empty:
            remedy = "Take one from: workbench quotes, or from below a quote in the report"
            problems.add(name, "there is no such coding in force", remedy=remedy)
            continue
        row = found.iloc[0]
        if decision == RELEASE and passed(row.to_dict(), quoting) is None:
            refused.append(f"quote {name} cannot be released: {'; '.join(quoting.reasons(str(row['id'])))}")
        same = (codings[["document", "start", "end"]] == row[["document", "start", "end"]]).all(axis=1)
        made += [(coding, words, decision) for coding, words in codings.loc[same, ["id", "quote"]].to_numpy()]
    problems.raise_if_any()
    if refused:
        raise Refused("\n".join(refused))
    keep_decisions(study, made, by=by, why=why)
    return len(made)


def _quoting(study: "Study") -> Quoting:
    settings = study.settings
    rules = Rules(threshold=settings.threshold, rounding=settings.rounding, quote_group=settings.disclosure.quote_group)
    return Quoting(gate=Release(rules), talk=talk_of(study, rules), aliases=Aliases())
