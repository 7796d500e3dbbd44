"""The sample programme: invented, marked as such, the same on every machine, removable."""

from proche.sample.clearing import clear
from proche.sample.loading import load, sample_programme

__all__ = ["clear", "load", "sample_programme"]
