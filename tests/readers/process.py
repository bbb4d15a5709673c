"""Readers that are programs."""

from __future__ import annotations

import os
import subprocess


def run(*command, cwd=None, **environment):
    done = subprocess.run(list(map(str, command)), cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stdout.decode()}{done.stderr.decode()}"
    return done.stdout.decode("utf-8-sig")
