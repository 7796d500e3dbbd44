"""Numbers inside sentences, in Québec French and Canadian English."""

NARROW = "\u00a0"


def whole(number: float) -> tuple[str, str]:
    english = f"{round(number):,}"
    return english.replace(",", NARROW), english


def one_decimal(number: float) -> tuple[str, str]:
    english = f"{number:.1f}".removesuffix(".0")
    return english.replace(".", ","), english


def followers(number: float) -> tuple[str, str]:
    fr, en = whole(number)
    return (
        f"{fr} abonné" if number < 2 else f"{fr} abonnés",
        f"{en} follower" if number == 1 else f"{en} followers",
    )


def posts(number: float) -> tuple[str, str]:
    fr, en = whole(number)
    return (
        f"{fr} publication" if number < 2 else f"{fr} publications",
        f"{en} post" if number == 1 else f"{en} posts",
    )
