"""One family of refusals: a translated sentence for a person, a code for a program."""

from django.utils.functional import Promise


class Refusal(Exception):
    """An action that may not be done now. Each face shows `sentence`; nothing was changed."""

    def __init__(self, sentence: str | Promise, *, code: str, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.code = code
        self.field = field
