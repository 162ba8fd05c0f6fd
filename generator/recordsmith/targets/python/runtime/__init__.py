"""What every generated package carries along, as it is: it needs pydantic and nothing else."""
