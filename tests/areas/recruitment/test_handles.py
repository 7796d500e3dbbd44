"""The name of an account, from what people type or paste, by the rules of its platform."""

import pytest

from proche.areas.recruitment.handles import platform_in, read_handle
from proche.common.errors import Refusal

READ = [
    ("instagram", "@Ciseaux.Camille", "ciseaux.camille"),
    (
        "instagram",
        "https://www.instagram.com/ciseaux.camille?igsh=MzRlODBiNWFlZA==",
        "ciseaux.camille",
    ),
    ("instagram", "instagram.com/Ciseaux_Camille/", "ciseaux_camille"),
    ("instagram", "a" * 30, "a" * 30),
    ("tiktok", "https://www.tiktok.com/@ciseaux.camille?_t=8abc&_r=1", "ciseaux.camille"),
    ("tiktok", "@ciseaux_camille", "ciseaux_camille"),
    ("facebook", "https://m.facebook.com/Ciseaux.Camille/?locale=fr_CA", "ciseaux.camille"),
    ("facebook", "https://www.facebook.com/profile.php?id=100012345678", "100012345678"),
    ("facebook", "https://www.facebook.com/people/Salon-Camille/61550000001/", "61550000001"),
    ("youtube", "https://youtube.com/@CiseauxCamille/videos", "ciseauxcamille"),
    (
        "youtube",
        "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
        "channel/UCabcdefghijklmnopqrstuv",
    ),
    ("youtube", "youtube.com/c/CiseauxCamille", "ciseauxcamille"),
    ("youtube", "@cuisine-d-élodie", "cuisine-d-élodie"),
    ("bluesky", "camille", "camille.bsky.social"),
    ("bluesky", "https://bsky.app/profile/camille.example", "camille.example"),
    ("mastodon", "@Camille@Social.example", "camille@social.example"),
    ("mastodon", "https://social.example/@camille", "camille@social.example"),
    ("mastodon", "https://social.example/users/camille", "camille@social.example"),
    ("x", "https://twitter.com/CiseauxCamille?s=20", "ciseauxcamille"),
    ("x", "x.com/ciseauxcamille", "ciseauxcamille"),
    ("linkedin", "https://ca.linkedin.com/in/camille-ouellet-12345/", "camille-ouellet-12345"),
    ("linkedin", "https://www.linkedin.com/company/salon-camille/", "company/salon-camille"),
    ("blog", "https://Ciseaux.example/Journal/", "ciseaux.example/Journal"),
    ("blog", "ciseaux.example", "ciseaux.example"),
]
REFUSED = [
    ("instagram", "a" * 31),
    ("instagram", "camille..ouellet"),
    ("instagram", ".camille"),
    ("instagram", "camille ouellet"),
    ("instagram", "élodie"),
    ("instagram", "https://www.instagram.com/p/Cabc123/"),
    ("instagram", "https://www.instagram.com/"),
    ("tiktok", "a" * 25),
    ("tiktok", "c"),
    ("tiktok", "camille."),
    ("tiktok", "https://vm.tiktok.com/ZMabc123/"),
    ("facebook", "cam"),
    ("facebook", "https://www.facebook.com/share/1abcDEF/"),
    ("youtube", "ab"),
    ("youtube", "https://youtu.be/abcdefghijk"),
    ("youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ("bluesky", "did:plc:abc"),
    ("mastodon", "camille"),
    ("mastodon", "https://social.example/"),
    ("x", "a" * 16),
    ("x", "camille.ouellet"),
    ("linkedin", "ab"),
    ("blog", "mon blogue"),
    ("blog", "blogue"),
    ("blog", "javascript:alert(1)"),
    ("instagram", ""),
]


@pytest.mark.parametrize(("platform", "typed", "handle"), READ)
def test_a_name_or_a_pasted_address_gives_the_name(platform: str, typed: str, handle: str) -> None:
    assert read_handle(platform, typed) == handle
    assert read_handle(platform, handle) == handle


@pytest.mark.parametrize(("platform", "typed"), REFUSED)
def test_what_no_account_is_called_is_refused(platform: str, typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_handle(platform, typed)
    assert (refusal.value.code, refusal.value.field) == ("no_handle", "handle")


def test_an_address_of_another_platform_names_both() -> None:
    with pytest.raises(Refusal) as refusal:
        read_handle("instagram", "https://www.tiktok.com/@camille")
    assert "TikTok" in str(refusal.value)
    assert "Instagram" in str(refusal.value)


def test_an_address_tells_its_platform() -> None:
    assert platform_in("https://m.facebook.com/camille") == "facebook"
    assert platform_in("www.tiktok.com/@camille") == "tiktok"
    assert (platform_in("@camille"), platform_in("camille.example")) == ("", "")
