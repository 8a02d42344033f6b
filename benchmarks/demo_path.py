"""The whole demonstration by stage: 40,000 suspects, eighteen transcripts, every analysis, the report."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Stopwatch
from workbench.demo import make_demo
from workbench.report import write_report
from workbench.study import open_study, run_stages


def run(stopwatch: Stopwatch) -> None:
    last: list[str] = []

    def begin(name: str) -> Callable[[int, int], None]:
        if last:
            stopwatch.lap(last[-1])
        last.append(name)
        return lambda _done, _total: None

    with TemporaryDirectory() as folder:
        demo = make_demo(Path(folder) / "demo", begin=begin)
        study = open_study(demo)
        findings = run_stages(study, begin=begin)
        write_report(study, findings, progress=begin("write the report"))
        stopwatch.lap("write the report")
