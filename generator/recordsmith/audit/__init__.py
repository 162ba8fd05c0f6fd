"""Audit: replay the histories that records tell, by the lifecycle of their states."""

from __future__ import annotations

from recordsmith.audit.auditor import Auditor
from recordsmith.audit.machine import Machine, machine_of
from recordsmith.audit.replay import Order
from recordsmith.audit.tally import Tally

__all__ = ["Auditor", "Machine", "Order", "Tally", "machine_of"]
