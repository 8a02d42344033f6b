"""The evidence on each link of the theory: who speaks for and against, and in which words."""

from typing import TYPE_CHECKING

import pandas as pd

from workbench.coding.settle import DIFFER
from workbench.finding import Finding
from workbench.report.link_facts import facts
from workbench.report.markup import Column, anchor, block, bullets, escape, join, table
from workbench.report.quotes import Groups, Quoting, chosen
from workbench.report.wording import FICTIONAL, Names, whole
from workbench.study.consent_state import told_of_quotes
from workbench.theory_testing.ledger import AGAINST, BOTH, FOR, QUALIFIES, SILENT, ledger, passages, people

if TYPE_CHECKING:
    from workbench.study import Study

_WHERE = "by role and scheme where the group is large enough"
_SAID = {FOR: "For", AGAINST: "Against", QUALIFIES: "With conditions", BOTH: "Both ways", DIFFER: "Coders differ"}
_SIDES = {**_SAID, SILENT: "Asked, silent"}
"""Sides of a person, and of a passage once the coders are settled; where somebody was silent nothing can be quoted."""


def talk_on_links(study: "Study") -> pd.DataFrame:
    """Return the ledger without what records say: that is told beside the verdict."""
    rows = ledger(study.theory, study.store)
    return rows[rows["stream"] == "talk"].reset_index(drop=True)


def link_evidence(study: "Study", theory: Finding, rows: pd.DataFrame, quoting: Quoting, names: Names) -> str:
    """Return a section per link that anybody spoke of: verdict, what it rests on, people by group, quotes.

    Parameters
    ----------
    study : Study
        Its store holds the codings.
    theory : Finding
        Released, named "theory".
    rows : pandas.DataFrame
        From `talk_on_links`.
    quoting : Quoting
        Every quote passes it.
    names : Names
        What links are called.
    """
    mark = f" {FICTIONAL}." if study.settings.fictional else ""
    verdicts = theory.table.set_index("link")
    parts = []
    for link in [name for name in study.theory.links if name in set(rows["link"])]:
        about = rows[rows["link"] == link]
        told = verdicts.loc[link]
        head = f"### {escape(names.code(link))} {{#{anchor('link', link)}}}"
        verdict = block("verdict", f"[{told['status']}]{{.{told['status']}}} {escape(told['note'])}.")
        parts.append(
            join(
                head,
                verdict,
                facts(told.to_dict()),
                _who(about, f"People on {link}, {_WHERE}.{mark}", quoting.talk.speakers),
                _quotes(about, quoting),
            )
        )
    if not parts:
        return "No passage was coded to a link of the theory.\n"
    quotable = told_of_quotes(study.quote_permissions().counts(rows))
    return join(bullets(quotable), *parts)


def _who(about: pd.DataFrame, caption: str, speakers: Groups) -> str:
    """Return people on each side by group, groups named as beside the quotes."""
    persons = people(about)
    if persons.empty:
        return ""
    persons["group"] = [speakers.label(row) for row in persons.to_dict(orient="records")]
    counts = persons.groupby(["group", "side"]).size().unstack(fill_value=0).reindex(columns=list(_SIDES), fill_value=0)
    columns = [
        Column(heading="Who", cells=[str(name) for name in counts.index]),
        *(
            Column(heading=heading, cells=[whole(count) for count in counts[side]], align="right")
            for side, heading in _SIDES.items()
        ),
        Column(heading="Interviewed", cells=[whole(speakers.sizes.get(str(n))) for n in counts.index], align="right"),
    ]
    return table(columns, caption)


def _quotes(about: pd.DataFrame, quoting: Quoting) -> str:
    parts = []
    sides = passages(about).rename(columns={"passage": "turn"})
    settled = about.drop(columns="side").merge(sides, on=["link", "person", "turn"], how="left")
    for side, heading in _SAID.items():
        found = chosen(settled[settled["side"] == side], quoting)
        if found:
            parts.append(join(f"**{heading}**", *found))
    return join(*parts) if parts else ""
