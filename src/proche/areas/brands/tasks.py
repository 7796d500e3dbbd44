"""Jobs of this area; each may run twice and does its work once."""

from datetime import timedelta

from django.utils import timezone

from proche.areas.brands.models import BriefDraft, Contact

REMOVED_KEPT = timedelta(days=30)


def forget_removed() -> None:
    """Contacts and drafts removed a month ago. Of a contact who answered for a brand, the answers
    stay without a name."""
    before = timezone.now() - REMOVED_KEPT
    gone = Contact.objects.filter(removed_at__lt=before)
    gone.filter(reviews=None).delete()
    gone.update(name="", email="")
    BriefDraft.objects.filter(removed_at__lt=before).delete()
