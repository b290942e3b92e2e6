"""Counts how often, or how much of, something was done lately, in the memory of this server."""

import ipaddress
import threading
import time
from collections import deque
from functools import cache

from cachetools import TTLCache

REMEMBERED = 10_000
"""Most people, or addresses, that are remembered at a time; the ones seen least lately are forgotten first."""


class RateLimit:
    """At most `most` times, or so much of something, within `seconds` for each of many. Thread-safe."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._times: TTLCache[str, deque[tuple[float, int]]] = TTLCache(REMEMBERED, seconds)
        self._lock = threading.Lock()

    def take(self, who: str, amount: int = 1) -> bool:
        """Return whether somebody may do it once more now, or take so much more, and count it where they may."""
        with self._lock:
            times = self._recent(who)
            if _sum(times) + amount > self.most:
                return False
            times.append((time.monotonic(), amount))
            self._times[who] = times
            return True

    def full(self, who: str) -> bool:
        """Return whether somebody may not do it once more now."""
        with self._lock:
            return _sum(self._recent(who)) >= self.most

    def _recent(self, who: str) -> deque[tuple[float, int]]:
        times, now = self._times.get(who) or deque(), time.monotonic()
        while times and now - times[0][0] >= self.seconds:
            times.popleft()
        return times


def _sum(times: deque[tuple[float, int]]) -> int:
    return sum(amount for _, amount in times)


def counted_as(address: str) -> str:
    """Return the name under which limits count a network address.

    One machine has 2**64 addresses of IPv6 and may take another for every question, so its network of 64 bits counts;
    with it counts everybody in the same network, as behind one address of IPv4.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address) or ip.is_loopback:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip) >> 64 << 64, 64)))


@cache
def per_minute(what: str, most: int) -> RateLimit:
    """Return the limit of this server for one thing that people do, "votes" for example: at most `most` a minute."""
    return RateLimit(most, 60.0)
