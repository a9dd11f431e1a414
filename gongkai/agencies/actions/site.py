"""网站信息的保存和发布. Facts and the pages made of them go out together, through the outbox."""

from dataclasses import fields

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.agencies.site import SiteFacts, facts_of, faults, site_payload
from gongkai.agencies.site_pages import site_pages
from gongkai.audit.record import record
from gongkai.outbox.actions import enqueue


def save_site(facts: SiteFacts, *, by: Person) -> Agency:
    """保存网站信息; the public side shows it after the worker has carried it over."""
    require(by, Power.MANAGE_SYSTEM, by.agency, on=timezone.localdate())
    if wrong := faults(facts):
        labels = {each.name: each.verbose_name for each in Agency._meta.concrete_fields}
        raise Refusal("不能保存：" + "；".join(f"{labels[name]}{fault}" for name, fault in wrong.items()))
    with transaction.atomic():
        agency = Agency.objects.select_for_update().get(pk=by.agency_id)
        before = facts_of(agency)
        changed = [
            each.name for each in fields(SiteFacts) if getattr(facts, each.name) != getattr(before, each.name)
        ]
        for name in changed:
            setattr(agency, name, getattr(facts, name))
        agency.save(update_fields=changed)
        # Every audit entry is later than the last, so its number serves as the version of what is sent.
        version = record("site.saved", by=by, subject=agency, detail={"fields": changed}).sequence
        send_site(agency, version)
    return agency


def send_site(agency: Agency, version: int) -> None:
    """Put the site's facts and foot pages on their way, in the caller's transaction."""
    enqueue("portal.put_site", site_payload(agency, version).as_json())
    for page in site_pages(agency, version):
        enqueue("portal.put_page", page.as_json())
