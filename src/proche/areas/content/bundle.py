"""A proof as one file to hand over: what was seen, its statement, the stamp, and how to verify."""

import io
import zipfile
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.content.proofs import Proof, TimeStamp
from proche.areas.content.proving import (
    ANSWER_FILE,
    TEXT_FILE,
    THREAD_FILE,
    answer_of,
    image_file,
    is_intact,
    statement,
    thread_of,
)
from proche.common.errors import Refusal

STATEMENT, STAMP, SUMS = "statement.json", "statement.tsr", "SHA256SUMS"
READ_ME = """PREUVE D’UNE PUBLICATION
========================

statement.json dit ce qui a été vu, quand, par qui, et nomme chaque partie par son SHA-256.
Son propre SHA-256 est le sceau, gardé par l’agence :

    {sealed}

Vérifier que rien n’a changé, dans ce dossier :

    sha256sum --check SHA256SUMS
    sha256sum statement.json

La deuxième ligne doit donner le sceau. « previous » est le sceau du constat précédent de la même
publication : ôter ou changer un constat briserait la suite.
{stamp_fr}
Un constat « not_seen » dit que la page n’a pas pu être vue; il ne dit rien d’autre.
S’il y a un fichier thread.json, il tient ce que la même personne dit plus bas dans le fil, sans
les réponses des autres.


PROOF OF A POST
===============

statement.json says what was seen, when, by whom, and names each part by its SHA-256.
Its own SHA-256 is the seal, kept by the agency:

    {sealed}

To verify that nothing was changed, in this folder:

    sha256sum --check SHA256SUMS
    sha256sum statement.json

The second line must give the seal. “previous” is the seal of the look before, at the same post:
taking away or changing a look would break the chain.
{stamp_en}
A look that is “not_seen” says that the page could not be seen; it says nothing else.
If there is a file thread.json, it holds what the same person says further down the thread, without
the replies of others.
"""
STAMP_FR = """
Horodatage (RFC 3161) du {at}, demandé à {server}. Pour vérifier qui l’a signé, prenez le
certificat racine de cette autorité (racine.pem) :

    openssl ts -verify -data statement.json -in statement.tsr -CAfile racine.pem
"""
STAMP_EN = """
Time stamp (RFC 3161) of {at}, asked of {server}. To verify who signed it, take the root
certificate of that authority (root.pem):

    openssl ts -verify -data statement.json -in statement.tsr -CAfile root.pem
"""
NO_STAMP_FR = "\nAucun horodatage n’accompagne ce constat.\n"
NO_STAMP_EN = "\nNo time stamp comes with this look.\n"


def bundle(proof: Proof) -> bytes:
    """A ZIP. Raises Refusal where what was seen is erased, or is not what was sealed."""
    if proof.erased_at:
        raise Refusal(
            _("What was seen is erased; only the seal and the verdict are kept."),
            code="proof_erased",
        )
    if not is_intact(proof):
        raise Refusal(
            _("This proof is no longer what was sealed: it was changed outside Proche."),
            code="proof_broken",
        )
    parts = _parts(proof)
    stamp: TimeStamp | None = getattr(proof, "time_stamp", None)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        told = statement(proof, list(proof.images.all()), answer_of(proof), thread_of(proof))
        sums = [f"{digest}  {name}" for name, _data, digest in parts]
        for name, content, _sum in parts:
            archive.writestr(name, content)
        archive.writestr(STATEMENT, told)
        archive.writestr(SUMS, "\n".join([*sums, f"{proof.sealed}  {STATEMENT}"]) + "\n")
        if stamp:
            archive.writestr(STAMP, bytes(stamp.reply))
        archive.writestr("README.txt", _read_me(proof, stamp))
    return out.getvalue()


def _parts(proof: Proof) -> list[tuple[str, bytes, str]]:
    """Name, bytes and SHA-256 of each; a file that is lost or altered refuses the whole."""
    found = [(TEXT_FILE, proof.text.encode(), "")] if proof.text else []
    if answer_of(proof):
        found.append((ANSWER_FILE, answer_of(proof), ""))
    if thread_of(proof):
        found.append((THREAD_FILE, thread_of(proof), ""))
    for number, image in enumerate(proof.images.all(), start=1):
        try:
            with image.stored.open("rb") as opened:
                content = opened.read()
        except FileNotFoundError:
            content = b""
        if sha256(content).hexdigest() != image.sha256:
            raise Refusal(
                _("An image of this proof is lost or was changed outside Proche."),
                code="proof_broken",
            )
        found.append((image_file(number, image), content, image.sha256))
    return [(name, data, digest or sha256(data).hexdigest()) for name, data, digest in found]


def _read_me(proof: Proof, stamp: TimeStamp | None) -> str:
    if stamp is None:
        return READ_ME.format(sealed=proof.sealed, stamp_fr=NO_STAMP_FR, stamp_en=NO_STAMP_EN)
    told = {
        "at": timezone.localtime(stamp.at).isoformat(sep=" ", timespec="seconds"),
        "server": stamp.server,
    }
    return READ_ME.format(
        sealed=proof.sealed, stamp_fr=STAMP_FR.format(**told), stamp_en=STAMP_EN.format(**told)
    )
