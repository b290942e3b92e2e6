"""Collects garbage when nobody waits: Streamlit would do it after every click, which holds up every session."""

import gc
import time

import psutil

PAUSE = 10.0
"""Seconds between two looks."""
IDLE = 20.0
"""Percent of one core below which the server counts as idle."""
PATIENCE = 60.0
"""Seconds after which garbage is collected although the server is busy: a class never lets it rest."""


def collect_when_idle() -> None:
    """Collect garbage again and again; never returns."""
    process, collected = psutil.Process(), time.monotonic()
    while True:
        time.sleep(PAUSE)
        idle = process.cpu_percent(interval=1.0) < IDLE
        if idle or time.monotonic() - collected > PATIENCE:
            gc.collect()
            collected = time.monotonic()
