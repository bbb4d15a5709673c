"""Run the server as a process: `python -m registries --papers ours --faults none`, with `tests/` on the path."""

from __future__ import annotations

import argparse
import sys

from . import faults
from .made_up import both, made_up
from .papers import ours
from .server import Server


def world_of(text, near=None):
    """The world that `--papers` names, and its made-up listings if there are any."""
    kind, *numbers = text.split(":")
    if kind == "ours":
        return ours(near=near), None
    made = both(int(numbers[0])) if kind == "both" else made_up(*map(int, numbers), near=8 if near is None else near)
    return made.world, made


def main():
    parser = argparse.ArgumentParser(prog="python -m registries", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any that is free; the first line says which")
    parser.add_argument("--papers", default="ours", help="ours, made-up:N:SEED or both:N")
    parser.add_argument("--near", type=int, metavar="N", help="near misses of each paper [ours: one of every class; made-up: 8]")
    parser.add_argument("--catalog", metavar="DIR", help="write the made-up papers' catalog there, and their list as list.md")
    parser.add_argument("--scale", type=float, default=20, help="divides all times")
    parser.add_argument("--faults", choices=faults.MIXES, default="none")
    parser.add_argument("--seed", type=int, default=1, help="of the faults")
    parser.add_argument("--pool", choices=("public", "polite"), default="polite", help="public: a mail address does not help")
    parser.add_argument("--latency", type=float, default=0, metavar="SECONDS", help="before each answer, not scaled")
    parser.add_argument("--url-limit", type=int, default=4096, metavar="BYTES", help="longer addresses get 414")
    options = vars(parser.parse_args())
    world, made = world_of(options.pop("papers"), options.pop("near"))
    folder = options.pop("catalog")
    if folder and made:
        made.write(folder)
    server = Server(world, **options)
    server.services["crossref"].index()
    sys.stdout.write(f"{server.address}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
