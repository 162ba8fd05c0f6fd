"""Lets the modules beside this one be imported as tests.fuzz.*"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
