"""How the evidence on a theory's links looks on a screen of 80 columns."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.finding import Finding

SHOWN = {
    "link": "link", "status": "verdict", "n": "for", "against": "against", "both": "both", "qualifies": "qualify",
    "coders_differ": "differ", "silent": "silent", "flips": "swings",
}  # fmt: skip
"""Columns of the finding, and their headings."""
NUMBERS = ("n", "against", "both", "qualifies", "coders_differ", "silent", "flips")


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
    told = every.iloc[with_evidence]
    shown = {name: head for name, head in SHOWN.items() if name not in NUMBERS[2:] or told[name].any()}
    width = max((len(link) for link in told["link"]), default=0)
    if len(told):
        console.print("\n" + _line(shown.values(), width), style="bold", highlight=False)
    for row in told.to_dict(orient="records"):
        console.print(_line([row[name] for name in shown], width), markup=False, highlight=False)
        console.print(Padding(Text(str(row["note"])), (0, 0, 0, 2)), style="dim")
    left = len(every) - len(with_evidence)
    console.print(
        "Numbers are people; swings: how many parts (a person, role, scheme, coder, all hearsay), each left out alone, "
        f"change the verdict. {left:,} of {len(every):,} links have no coding that counts, by a person and in a "
        "transcript that somebody finished: they are left out; --json has all.",
        highlight=False,
    )
    for row in told[told["status"].isin(["supported", "refuted"]) & (told["flips"] > 0)].to_dict(orient="records"):
        console.print(f"Hangs on one part: {row['link']}, {row['sensitive']}.", markup=False, highlight=False)
    for note in finding.notes:
        console.print(f"Note: {note}", markup=False, highlight=False)


def _line(cells: "Iterable[object]", width: int) -> str:
    link, verdict, *numbers = map(str, cells)
    return "".join([link.ljust(width + 2), verdict.ljust(9), *(number.rjust(8) for number in numbers)])
