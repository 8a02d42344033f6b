"""The report: findings through the disclosure gate, onto pages that compute nothing."""

from workbench.report.write import write_release, write_report

__all__ = ["write_release", "write_report"]
