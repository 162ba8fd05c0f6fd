"""`python -m recordsmith.cli`: the command without its script."""

from recordsmith.cli import run

run()
