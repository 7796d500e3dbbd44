"""The judgement. No Django, no network, no clock: data and time come in as arguments."""
