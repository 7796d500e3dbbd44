"""What every page may show: the programme, its navigation with counts, who looks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from proche.areas.accounts.queries import open_programme, programme_of

THEMES = ("light", "dark")


def installation(request: HttpRequest) -> dict[str, Any]:
    programme = (
        getattr(request, "programme", None) or programme_of(request.user) or open_programme()
    )
    role = getattr(request, "role", None)
    return {
        "programme": programme,
        "agency_name": programme.agency_name if programme else "Proche",
        "is_sample": bool(programme and programme.is_sample),
        "nav": getattr(request, "navigation", []),
        "viewer": request.user,
        "role_label": role.get_kind_display() if role else "",
        "theme": theme if (theme := request.COOKIES.get("theme")) in THEMES else "",
        "mail_stays_here": settings.MAIL_STAYS_HERE,
    }
