"""Lets the modules of the other tests be imported as tests.*"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.compiled.*
