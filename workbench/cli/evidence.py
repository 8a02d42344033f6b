"""How the evidence on a theory's links looks on a screen of 80 columns."""

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from workbench.finding import Finding

SHOWN = {
    "link": "link", "status": "verdict", "n": "for", "against": "against", "both": "both", "qualifies": "qualify",
    "coders_differ": "differ", "note": "why",
}  # fmt: skip
"""Columns of the finding, and their headings."""
NUMBERS = ("n", "against", "both", "qualifies", "coders_differ")


def show_theory(finding: "Finding") -> None:
    """Print sentences, the links that anybody's talk was coded to, most people first, how many others, notes."""
    console = Console()
    console.print(f"\n[bold]{finding.title}[/bold]")
    for said in finding.statements:
        console.print(f"• {said}", markup=False, highlight=False)
    every = finding.table
    people = every["n"] + every["against"] + every["both"] + every["coders_differ"]
    with_evidence = [row for row in range(len(every)) if finding.trace(row)]
    with_evidence.sort(key=lambda row: (-people[row], -every["qualifies"][row]))  # stable: then as in the file
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name, heading in SHOWN.items():
        number = name in NUMBERS
        table.add_column(heading, justify="right" if number else "left", no_wrap=number, overflow="fold")
    for row in every.iloc[with_evidence].to_dict(orient="records"):
        table.add_row(*(Text(str(row[name])) for name in SHOWN))
    if with_evidence:
        console.print()
        console.print(table)
    left = len(every) - len(with_evidence)
    console.print(
        f"Numbers are people. {left:,} of {len(every):,} links have no coding that counts, by a person and in a "
        "transcript that somebody finished: they are left out; --json has all.",
        highlight=False,
    )
    for note in finding.notes:
        console.print(f"Note: {note}", markup=False, highlight=False)
