"""Run the command line as its user would, in a process that has no network."""

import os
import subprocess
import sys
from pathlib import Path

CLOSED = """
import socket, sys

class Closed(socket.socket):
    def __init__(self, family=-1, *rest, **more):
        if family not in (-1, getattr(socket, "AF_UNIX", None)):
            raise RuntimeError("a socket was opened")
        super().__init__(family, *rest, **more)

def refuse(*_given, **_more):
    raise RuntimeError("a name was looked up")

socket.socket = Closed
socket.create_connection = socket.getaddrinfo = refuse
from workbench.cli import main
sys.argv = ["workbench", *sys.argv[1:]]
main()
"""


def run(*arguments: str, cwd: Path, python: str = sys.executable, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `workbench` as its user would, in a process without network."""
    environment = {**os.environ, "COLUMNS": "200", **more}
    return subprocess.run(
        [python, "-c", CLOSED, *arguments], cwd=cwd, capture_output=True, text=True, env=environment, check=False
    )
