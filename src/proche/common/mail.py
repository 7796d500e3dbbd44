"""Where mail goes while no SMTP server is named: a folder, and the terminal of `proche run`."""

import sys

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


class FolderBackend(EmailBackend):
    """Writes each message to the mail folder and prints it, so that a first try needs no server."""

    def write_message(self, message: EmailMessage) -> None:
        super().write_message(message)
        text = f"\n── {', '.join(message.to)} · {message.subject}\n{message.body}\n"
        sys.stderr.write(text)
        sys.stderr.flush()
