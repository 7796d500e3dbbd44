"""A time stamp by a third party: what existed when, said by somebody else than the agency."""

from proche.platforms.timestamps.asking import Stamp, StampRefused, ask

__all__ = ["Stamp", "StampRefused", "ask"]
