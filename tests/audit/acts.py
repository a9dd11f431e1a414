"""审计动作一览. One row an event type: who does it, and the act as a person does it. An event type without a row fails.

A row makes what the act needs and gives back the act itself, still without the person: ``partial(action, …)``.
"""

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factory.base import FactoryMetaClass

from gongkai.agencies import second_factor, site
from gongkai.agencies.access import Refusal
from gongkai.agencies.actions import (
    calendar_addresses,
    data_keys,
    founding,
    holidays,
    one_time_links,
    passwords,
    people,
    posts,
    sign_in,
)
from gongkai.agencies.actions.site import save_site
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.agencies.powers import Power
from gongkai.annual_report import actions as reports
from gongkai.desk.register_books import REGISTERS
from gongkai.duties.administrative_acts import actions as acts
from gongkai.duties.administrative_acts.lists import actions as public_lists
from gongkai.duties.administrative_acts.public_fields import digest, public_fields
from gongkai.duties.applications import actions as applications
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue import disclosure_column
from gongkai.duties.catalogue.actions.releasing import confirm as confirm_item
from gongkai.duties.catalogue.actions.releasing import publish_scheduled
from gongkai.duties.catalogue.concerns import concerns
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.topics import actions as topics
from gongkai.duties.catalogue.topics.models import Topic, TopicVersion
from gongkai.duties.catalogue.upkeep import actions as upkeep
from gongkai.duties.catalogue.upkeep import checking
from gongkai.duties.catalogue.upkeep.models import Check
from gongkai.duties.channels import actions as channels
from gongkai.outbox import actions as outbox
from gongkai.outbox.models import OutboxItem
from gongkai.registers import actions as registers
from gongkai.registers import importing
from gongkai.registers.description import Register
from gongkai.registers.desk.sealed import sealed_names
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.sealing.fields import SealedRecord
from tests.annual_report.office import PROBLEMS, YEAR, Office
from tests.audit import (
    bundles,
    cases,
    counter,
    files,
    handed_in,
    host_clocks,
    moved_items,
    redacted,
    static_copies,
    turned_public,
    virus_checks,
)
from tests.audit import handling as handled
from tests.audit import leaders_guide_withheld as sheets
from tests.audit import letters as written_letters
from tests.audit import policy_documents as documents
from tests.audit import remedies as remedy_files
from tests.audit import rights as applicant_rights
from tests.duties.administrative_acts.publishing import Publicity
from tests.duties.applications.handling.office import Office as HandlingOffice
from tests.duties.catalogue.editorial import PDF, Editorial
from tests.duties.catalogue.test_concerns import a_letter
from tests.factories import registers as factories
from tests.factories.people import a_person, an_agency
from tests.factories.topics import Office as TopicOffice
from tests.factories.topics import a_topic, an_office, change, png
from tests.registers.workbooks import xlsx

Do = Callable[..., Any]
PASSWORD = "晴天-Tian-7391-Xing"


class House(Office):
    """The small office, with its three administrators and somebody who may do nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.keeper = a_person(
            self.agency,
            Power.KEEP_REGISTERS,
            Power.READ_REGISTERS,
            Power.EXPORT_REGISTERS,
            Power.READ_APPLICANTS,
            name="丙示例",
        )
        self.turner = a_person(self.agency, Power.KEEP_REGISTERS, Power.DRAFT_ITEMS, name="卯示例")
        self.system = a_person(self.agency, administrator="system", name="子示例")
        self.security = a_person(self.agency, administrator="security", name="丑示例")
        self.audit = a_person(self.agency, administrator="audit", name="寅示例")
        self.stranger = a_person(self.agency, name="亥示例")
        for person in (self.keeper, self.audit, self.stranger):
            person.live_session = person.public_id
            person.save(update_fields=["live_session"])
        self.post = posts.save_post(None, name="岗位甲", section=None, powers=[], by=self.security)

    @cached_property
    def letters(self) -> written_letters.Office:
        """The people of another agency who write, review and sign letters."""
        return written_letters.an_office()

    @cached_property
    def editors(self) -> Editorial:
        """The editorial office of another agency: one person for each part of the route."""
        return Editorial()

    @cached_property
    def publicity(self) -> Publicity:
        """The people of another agency who register, review, release and call back decisions."""
        return Publicity(with_site=False)

    @cached_property
    def topic_office(self) -> TopicOffice:
        """The three people of another agency who compose, review and sign topics."""
        return an_office(name="示例市民政局", short_name="市民政局")

    @cached_property
    def checker(self) -> Any:
        """Somebody of the office who reviews what was covered on a document."""
        return a_person(self.agency, Power.REVIEW_LEGALITY, name="卯示例")

    @cached_property
    def applications(self) -> HandlingOffice:
        """The people of another agency who handle applications."""
        agency = an_agency(name="示例市水务局", short_name="市水务局")
        return HandlingOffice(agency)

    def case(self, **values: Any) -> Any:
        """An application received by registered post on 1 June of the year, without its reply."""
        given = {"applicant_kind": "natural_person", "channel": "registered_post"}
        return applications.register_application(
            by=self.keeper, received_on=date(YEAR, 6, 1), **{**given, **values}
        )


@dataclass(frozen=True, slots=True)
class Act:
    """一行. ``refused`` False: nobody is refused this, such as a failed log-in being written down."""

    by: str  # the person of the house, or of its editors; "" the system itself
    make: Callable[[House], Do]
    refused: bool = True
    founded: bool = True  # False: done on an installation that has no office yet


def _inside(by: Person) -> Client:
    """A session that was there before: entering would be an act of its own."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session.update({"live": by.live_session, "began": int(time.time()), "seen": int(time.time())})
    session.save()
    return client


def _seen(house: House, address: str, *words: Any) -> Do:
    """A page that the person opens."""
    sessions = {each.pk: _inside(each) for each in (house.keeper, house.audit, house.stranger)}

    def open_it(*, by: Person) -> None:
        answer = sessions[by.pk].get(reverse(address, args=words))
        if answer.status_code != 200:
            raise Refusal(f"{answer.status_code}")
        b"".join(answer) if answer.streaming else answer.content

    return open_it


def _looked_into(house: House) -> Do:
    """泄露排查."""
    sessions = {each.pk: _inside(each) for each in (house.audit, house.stranger)}

    def look(*, by: Person) -> None:
        answer = sessions[by.pk].post(reverse("desk:breach"), {"since": "2020-01-01T00:00"})
        if answer.status_code != 200:
            raise Refusal(f"{answer.status_code}")

    return look


def _disabled(house: House) -> Person:
    person = a_person(house.agency)
    people.disable_person(person, reason="离岗", by=house.security)
    return person


def _binding(house: House) -> Do:
    enrolment = second_factor.Enrolment.new()
    code = f"{second_factor.hotp_value(enrolment.secret, int(time.time()) // 30):06d}"
    return lambda *, by: second_factor.bind(by, enrolment, code, by=by)


def _site(house: House) -> Do:
    facts = dataclasses.replace(
        site.facts_of(house.agency),
        site_name="示例市国防动员办公室",
        site_domain="gfdyb.example.gov.cn",
        site_id_code="1234567890",
        telephone="0000-0000001",
    )
    return partial(save_site, facts)


def _tenure(house: House) -> Any:
    return posts.appoint(
        house.clerk, post=house.post, from_on=date(2023, 1, 1), to_on=None, by=house.security
    )


def _delegating(house: House) -> Do:
    return partial(
        posts.delegate,
        Power.COMPILE_REPORT,
        holder=house.clerk,
        delegate=house.stranger,
        from_on=date(2023, 1, 1),
        to_on=date(2023, 12, 31),
        reason="出差",
    )


def _link(house: House) -> str:
    address = one_time_links.issue_one_time_link(
        house.clerk, purpose=OneTimeLink.Purpose.INVITATION, by=house.security
    )
    return address.rstrip("/").rpartition("/")[2]


def _shelved(house: House) -> OutboxItem:
    return OutboxItem.objects.create(kind="portal.put_site", payload={}, status=OutboxItem.Status.SHELVED)


def _without_person(act: Callable[[], Any]) -> Do:
    return lambda *, by: act()


def _unused(house: House) -> Do:
    Person.objects.filter(pk=house.stranger.pk).update(
        created_at=timezone.now() - timedelta(days=91), last_seen_at=None
    )
    return _without_person(sign_in.disable_unused)


def _founded() -> None:
    founding.found_agency(name="示例市另一办公室")


def _explained(house: House) -> Do:
    applications.reply(house.case(), on=date(YEAR, 12, 1), by=house.keeper, outcome="granted")  # late
    edition = house.draft()
    [warning] = reports._examined(edition).open
    return partial(reports.explain, edition, fingerprint=warning.fingerprint, explanation="已核实")


def _earlier(house: House) -> Do:
    from tests.report.samples import report_2021

    return partial(
        reports.enter_earlier_report, report_2021(), content=b"<p>example</p>", file_name="2022.html"
    )


def _published(house: House) -> Any:
    edition = reports.release(house.approved(), by=house.publisher)
    receipt = {"released_at": timezone.now().isoformat(), "url": "/reports/2023/"}
    reports.confirm({"edition": edition.public_id}, receipt)
    edition.refresh_from_db()
    return edition


def _confirmed(house: House) -> Do:
    edition = reports.release(house.approved(), by=house.publisher)
    receipt = {"released_at": timezone.now().isoformat(), "url": "/reports/2023/"}
    return _without_person(partial(reports.confirm, {"edition": edition.public_id}, receipt))


PEOPLE = {
    "session.started": Act("clerk", lambda h: partial(_entering, how="factor"), refused=False),
    "session.refused": Act(
        "", lambda h: _without_person(partial(sign_in.note_failure, h.clerk.username, at="password")), False
    ),
    "session.ended": Act("clerk", lambda h: lambda *, by: sign_in.leave(by), refused=False),
    "person.added": Act(
        "security",
        lambda h: partial(
            people.add_person, username="xin", name="新人", section=None, email="", administrator=""
        ),
    ),
    "person.changed": Act(
        "security", lambda h: partial(people.change_person, h.clerk, name="新名", section=None, email="")
    ),
    "person.disabled": Act("security", lambda h: partial(people.disable_person, h.clerk, reason="离岗")),
    "person.enabled": Act("security", lambda h: partial(people.enable_person, _disabled(h), reason="返岗")),
    "person.unlocked": Act(
        "security", lambda h: partial(people.unlock_person, h.clerk, reason="本人来人核实")
    ),
    "person.password_set": Act(
        "clerk", lambda h: lambda *, by: passwords.set_password(h.clerk, PASSWORD, by=by), refused=False
    ),
    "person.link_issued": Act(
        "security",
        lambda h: partial(
            one_time_links.issue_one_time_link, h.clerk, purpose=OneTimeLink.Purpose.INVITATION
        ),
    ),
    "person.link_used": Act(
        "clerk",
        lambda h: _without_person(partial(one_time_links.use_one_time_link, _link(h))),
        refused=False,
    ),
    "person.second_factor_bound": Act("clerk", _binding, refused=False),
    "section.saved": Act(
        "security", lambda h: partial(posts.save_section, None, name="一科", duties="", position=1)
    ),
    "post.saved": Act(
        "security", lambda h: partial(posts.save_post, None, name="岗位", section=None, powers=[])
    ),
    "tenure.began": Act(
        "security",
        lambda h: partial(posts.appoint, h.clerk, post=h.post, from_on=date(2023, 1, 1), to_on=None),
    ),
    "tenure.ended": Act("security", lambda h: partial(posts.end_tenure, _tenure(h), to_on=date(2023, 6, 1))),
    "delegation.made": Act("security", _delegating),
    "delegation.ended": Act(
        "security",
        lambda h: partial(posts.end_delegation, _delegating(h)(by=h.security), to_on=date(2023, 6, 1)),
    ),
}
OFFICE = {
    "agency.founded": Act("", lambda h: _without_person(_founded), refused=False, founded=False),
    "data_key.rotated": Act("", lambda h: partial(data_keys.rotate, "applicants"), refused=False),
    "site.saved": Act("system", _site),
    "holidays.entered": Act(
        "system",
        lambda h: partial(
            holidays.enter_holidays,
            2031,
            notice="示例明电〔2030〕1号",
            holidays=[{"name": "元旦", "first": date(2031, 1, 1), "last": date(2031, 1, 1), "made_up": []}],
        ),
    ),
    "audit.breach_looked_into": Act("audit", _looked_into),
    "audit.exported": Act("audit", lambda h: _seen(h, "desk:audit_export")),
    "static_copy.tampered": Act("", static_copies.telling, refused=False),
    "outbox.files_checked": Act("", files.checking, refused=False),
    "virus_checks.refused": Act("keeper", virus_checks.refusing, refused=False),
    "virus_checks.found": Act("", virus_checks.finding, refused=False),
    "host_clock.set_back": Act("", host_clocks.set_back, refused=False),
    "host_clock.jumped": Act("", host_clocks.jumping, refused=False),
    "host_clock.restored": Act("", host_clocks.restored, refused=False),
    "host_clock.confirmed": Act("system", host_clocks.confirming, refused=False),
    "outbox.tried_again": Act("system", lambda h: partial(outbox.try_again, _shelved(h)), refused=False),
    "registers.import_previewed": Act(
        "keeper", lambda h: partial(_previewing, REGISTERS[0], _row(h, REGISTERS[0]))
    ),
    "registers.import_discarded": Act(
        "keeper",
        lambda h: partial(importing.discard, _previewing(REGISTERS[0], _row(h, REGISTERS[0]), by=h.keeper)),
    ),
    "catalogue.disclosure_column.released": Act("publisher", lambda h: disclosure_column.release),
    "catalogue.column.opened": Act("keeper", lambda h: partial(catalogue.open_column, name="新栏目")),
    "channels.channelaccount.opened": Act(
        "keeper", lambda h: partial(channels.open_account, platform="weibo", name="示例号")
    ),
}
REPORT = {
    "start": Act("clerk", lambda h: partial(reports.start, year=YEAR)),
    "write": Act(
        "clerk",
        lambda h: partial(
            reports.write, edition := h.draft(), narrative={"problems": PROBLEMS}, version=edition.version
        ),
    ),
    "explain": Act("clerk", _explained),
    "submit": Act("clerk", lambda h: partial(reports.submit, h.draft())),
    "take_back": Act("clerk", lambda h: partial(reports.take_back, h.submitted())),
    "return": Act("leader", lambda h: partial(reports.send_back, h.submitted(), words="请补充")),
    "approve": Act("leader", lambda h: partial(reports.approve, h.submitted())),
    "reopen": Act("leader", lambda h: partial(reports.reopen, h.approved(), words="补录一件")),
    "release": Act("publisher", lambda h: partial(reports.release, h.approved())),
    "confirm": Act("", _confirmed, refused=False),
    "correct": Act(
        "clerk", lambda h: partial(reports.draft_correction, _published(h).report, reason="补录一件")
    ),
    "earlier_entered": Act("clerk", _earlier),
}
_REVIEWERS = {
    "section_review": "head",
    "legality_review": "lawyer",
    "confidentiality_review": "reviewer",
    "sign_off": "leader",
}


def _reviewing(stage: str, conclusion: str) -> Act:
    def make(house: House) -> Do:
        editors = house.editors
        version = editors.pass_on(catalogue.submit(editors.policy(), by=editors.clerk), until=stage)
        opinion = "" if conclusion == "passed" else "请核对"
        return partial(catalogue.review, version, stage=stage, conclusion=conclusion, opinion=opinion)

    return Act(f"editors.{_REVIEWERS[stage]}", make)


def _referred(house: House) -> Any:
    return _reviewing("confidentiality_review", "referred").make(house)(by=house.editors.reviewer)


def _detaching(house: House) -> Do:
    version = house.editors.with_file(house.editors.draft())
    return partial(catalogue.detach, version, sha256=version.attachments.get().sha256)


def _not_released(house: House) -> Do:
    """The version's title was changed in the database after the reviews: at the hour it stays where it is."""
    version = house.editors.signed()
    at = timezone.now() + timedelta(hours=1)
    version = catalogue.schedule(version, at=at, by=house.editors.clerk)
    Version.objects.filter(pk=version.pk).update(title="改过的标题")
    payload = {"version": version.public_id, "at": version.scheduled_for.isoformat()}
    return _without_person(partial(publish_scheduled, payload))


def _publication(house: House) -> tuple[Version, Do]:
    """A released version, and the public side's answer to it."""
    version = catalogue.publish(house.editors.signed(), by=house.editors.clerk)
    receipt = {"released_at": timezone.now().isoformat(), "url": "/items/1/", "withdrawn": False}
    return version, _without_person(partial(confirm_item, {"version": version.public_id}, receipt))


def _public_item(house: House) -> Any:
    version, answer = _publication(house)
    answer(by=None)
    version.item.refresh_from_db()
    return version.item


def _cleaning(house: House) -> Do:
    version = house.editors.draft()
    file = catalogue.attach(version, name="方案.docx", content=a_letter(), by=house.editors.clerk)
    return partial(catalogue.clean_attachment, version, sha256=file.sha256)


def _answering(house: House) -> Do:
    version = house.editors.draft(body="<p>身份证号11010519491231002X</p>")
    (concern,) = concerns(version)
    return partial(catalogue.answer, version, fingerprint=concern.fingerprint, reason="本人同意")


def _topic_at(house: House, stage: str) -> Any:
    """A version of a topic: submitted, passed or signed."""
    office = house.topic_office
    version = topics.submit(a_topic(office), by=office.author)
    if stage in ("passed", "signed"):
        topics.pass_review(version, by=office.reviewer)
    if stage == "signed":
        topics.sign(version, by=office.signatory)
    return TopicVersion.objects.get(pk=version.pk)


def _topic_answered(house: House) -> tuple[Any, Do]:
    """A signed topic, and the public side's answer to it."""
    version = _topic_at(house, "signed")
    payload = {"topic": version.topic.public_id, "version": version.public_id}
    receipt = {"released_at": timezone.now().isoformat(), "url": "/pages/topic/", "withdrawn": False}
    return version, _without_person(partial(topics.confirm, payload, receipt))


def _public_topic(house: House) -> Any:
    version, answer = _topic_answered(house)
    answer(by=None)
    return Topic.objects.get(pk=version.topic_id)


def _closed_topic(house: House) -> Any:
    topic = _public_topic(house)
    topics.close(topic, by=house.topic_office.signatory)
    return Topic.objects.get(pk=topic.pk)


def _voiding(house: House) -> Do:
    """A change after submission, found when the reviewer concludes."""
    version = _topic_at(house, "submitted")
    change(version.topic.page, by=house.topic_office.author, lead="换了导语。")
    return partial(topics.void_if_changed, version.topic.page)


def _uploading(house: House) -> Do:
    read = topics.read_upload("picture", png())
    return partial(topics.keep_file, read, title="一面蓝色的旗")


TOPICS = {
    "index_opened": Act("topic_office.author", lambda h: topics.open_index),
    "file_added": Act("topic_office.author", _uploading),
    "submitted": Act("topic_office.author", lambda h: partial(topics.submit, a_topic(h.topic_office))),
    "voided": Act("topic_office.author", _voiding, refused=False),
    "passed": Act("topic_office.reviewer", lambda h: partial(topics.pass_review, _topic_at(h, "submitted"))),
    "returned": Act(
        "topic_office.reviewer",
        lambda h: partial(topics.return_for_changes, _topic_at(h, "submitted"), opinion="请改"),
    ),
    "signed": Act("topic_office.signatory", lambda h: partial(topics.sign, _topic_at(h, "passed"))),
    "published": Act("", lambda h: _topic_answered(h)[1], refused=False),
    "closed": Act("topic_office.signatory", lambda h: partial(topics.close, _public_topic(h))),
    "archived": Act("topic_office.signatory", lambda h: partial(topics.archive, _closed_topic(h))),
    "withdrawn": Act(
        "topic_office.signatory", lambda h: partial(topics.withdraw, _public_topic(h), note="本专题已撤回")
    ),
}

ITEMS = {
    "version.begun": Act(
        "editors.clerk",
        lambda h: partial(
            catalogue.begin,
            title="新信息",
            kind="notice",
            main_column=h.editors.column,
            section=h.editors.section,
        ),
    ),
    "version.taken_up": Act("editors.clerk", lambda h: partial(catalogue.take_up, h.editors.draft())),
    "version.written": Act(
        "editors.clerk",
        lambda h: partial(
            catalogue.write, draft := h.editors.draft(), values={"title": "改题"}, edits=draft.edits
        ),
    ),
    "attachment.added": Act(
        "editors.clerk", lambda h: partial(catalogue.attach, h.editors.draft(), name="方案.pdf", content=PDF)
    ),
    "attachment.removed": Act("editors.clerk", _detaching),
    "attachment.cleaned": Act("editors.clerk", lambda h: _cleaning(h)),
    "concern.answered": Act("editors.clerk", lambda h: _answering(h)),
    "route.set": Act(
        "editors.keeper",
        lambda h: partial(
            catalogue.set_route, column=h.editors.column, kind="", section_review=True, legality_review=True
        ),
    ),
    "version.submitted": Act("editors.clerk", lambda h: partial(catalogue.submit, h.editors.draft())),
    "version.taken_back": Act("editors.clerk", lambda h: partial(catalogue.take_back, h.editors.signed())),
    "version.abandoned": Act("editors.clerk", lambda h: partial(catalogue.abandon, h.editors.draft())),
    **{
        f"version.{stage}.{conclusion}": _reviewing(stage, conclusion)
        for stage in _REVIEWERS
        for conclusion in ("passed", "returned")
    },
    "version.confidentiality_review.referred": _reviewing("confidentiality_review", "referred"),
    "version.secrecy.secret": Act(
        "editors.reviewer",
        lambda h: partial(catalogue.decide_secrecy, _referred(h), is_secret=True, opinion="涉密"),
    ),
    "version.secrecy.not_secret": Act(
        "editors.reviewer",
        lambda h: partial(catalogue.decide_secrecy, _referred(h), is_secret=False, opinion="不涉密"),
    ),
    "version.scheduled": Act(
        "editors.clerk",
        lambda h: partial(catalogue.schedule, h.editors.signed(), at=timezone.now() + timedelta(hours=1)),
    ),
    "version.released": Act("editors.clerk", lambda h: partial(catalogue.publish, h.editors.signed())),
    "version.not_released": Act("", _not_released, refused=False),
    "version.published": Act("", lambda h: _publication(h)[1], refused=False),
    "item.withdrawn": Act(
        "editors.leader",
        lambda h: partial(catalogue.withdraw, _public_item(h), reason="内容有误", note="本信息已撤回"),
    ),
}


def _public(house: House, *, state: str = "live") -> tuple[Any, Do]:
    """A licence of another agency at a state, and the public side's answer to its release."""
    office = house.publicity
    licence = office.licence()
    if state == "waiting":
        return licence, _without_person(lambda: None)
    licence = office.reviewed(licence)
    if state == "reviewed":
        return licence, _without_person(lambda: None)
    licence = acts.publish(licence, seen=licence.reviewed_hash, by=office.leader)
    sent = OutboxItem.objects.get(kind="administrative_acts.release")
    receipt = {"released_at": timezone.now().isoformat(), "url": "/acts/1/", "withdrawn": False}
    answer = _without_person(partial(acts.confirm, sent.payload, receipt))
    if state == "live":
        answer(by=None)
        licence.refresh_from_db()
    return licence, answer


def _kept_back(house: House) -> Any:
    return acts.keep_back(
        house.publicity.licence(), ground="minor", reason="未成年", by=house.publicity.reviewer
    )


def _expiring(house: House) -> Do:
    licence, _ = _public(house)
    type(licence).objects.filter(pk=licence.pk).update(shown_until=date(2020, 1, 1))
    return _without_person(partial(acts.take_down_expired, today=timezone.localdate()))


def _reviewing_act(house: House) -> Do:
    licence = house.publicity.licence()
    return partial(acts.review, licence, seen=digest(public_fields(licence)))


PUBLICITY = {
    "reviewed": Act("publicity.reviewer", _reviewing_act),
    "returned": Act(
        "publicity.reviewer",
        lambda h: partial(acts.send_back, _public(h, state="waiting")[0], reason="内容不全"),
    ),
    "kept_back": Act(
        "publicity.reviewer",
        lambda h: partial(acts.keep_back, _public(h, state="waiting")[0], ground="minor", reason="未成年"),
    ),
    "reconsidered": Act(
        "publicity.reviewer", lambda h: partial(acts.reconsider, _kept_back(h), reason="重新认定")
    ),
    "signed": Act(
        "publicity.leader",
        lambda h: partial(acts.publish, made := _public(h, state="reviewed")[0], seen=made.reviewed_hash),
    ),
    "published": Act("", lambda h: _public(h, state="releasing")[1], refused=False),
    "withdrawn": Act(
        "publicity.caller_back",
        lambda h: partial(acts.withdraw, _public(h)[0], cause="revoked", note="复议撤销"),
    ),
    "expired": Act("", _expiring, refused=False),
}


def _list_at(house: House, stage: str) -> Any:
    office = house.publicity
    factories.PowerItemFactory(agency=office.agency)
    edition = public_lists.submit("power-list", by=office.keeper)
    if stage in ("sign_off", "releasing", "published"):
        edition = public_lists.pass_review(edition, by=office.reviewer)
    if stage in ("releasing", "published"):
        edition = public_lists.sign(edition, by=office.leader)
    if stage == "published":
        _list_answered(edition)(by=None)
        edition.refresh_from_db()
    return edition


def _list_answered(edition: Any) -> Do:
    receipt = {"released_at": timezone.now().isoformat(), "url": "/lists/1/", "withdrawn": False}
    return _without_person(partial(public_lists.confirm, {"edition": edition.public_id}, receipt))


def _submitting_list(house: House) -> Do:
    factories.PowerItemFactory(agency=house.publicity.agency)
    return partial(public_lists.submit, "power-list")


LISTS = {
    "submitted": Act("publicity.keeper", _submitting_list),
    "taken_back": Act("publicity.keeper", lambda h: partial(public_lists.take_back, _list_at(h, "review"))),
    "passed": Act("publicity.reviewer", lambda h: partial(public_lists.pass_review, _list_at(h, "review"))),
    "returned": Act(
        "publicity.reviewer",
        lambda h: partial(public_lists.send_back, _list_at(h, "review"), opinion="缺依据"),
    ),
    "signed": Act("publicity.leader", lambda h: partial(public_lists.sign, _list_at(h, "sign_off"))),
    "published": Act("", lambda h: _list_answered(_list_at(h, "releasing")), refused=False),
    "withdrawn": Act(
        "publicity.caller_back",
        lambda h: partial(public_lists.withdraw, _list_at(h, "published"), note="编码有误"),
    ),
}
_ON = date(YEAR, 6, 5)


def _consulted(house: House) -> Any:
    return applications.consult(
        house.case(), on=_ON, by=house.keeper, key="1", consulted=Consulted.THIRD_PARTY
    )


def _asked(house: House) -> Any:
    return applications.ask_for_correction(house.case(), on=_ON, by=house.keeper)


def _noticed(house: House) -> Any:
    return applications.notice_fee(house.case(), on=_ON, by=house.keeper, amount=Decimal(100))


# The steps on an application: the action, what it needs done before, and what it is told.
STEPS: dict[str, tuple[Do, Callable[[House], Any], dict[str, Any]]] = {
    "receipt_confirmed": (applications.confirm_receipt, lambda h: h.case(channel="fax"), {}),
    "correction_asked": (applications.ask_for_correction, House.case, {}),
    "correction_delivered": (applications.deliver_correction, _asked, {}),
    "corrected": (applications.receive_correction, _asked, {}),
    "consultation_sent": (
        applications.consult,
        House.case,
        {"key": "1", "consulted": Consulted.THIRD_PARTY},
    ),
    "consultation_delivered": (applications.deliver_consultation, _consulted, {"key": "1"}),
    "consultation_answered": (applications.receive_opinion, _consulted, {"key": "1"}),
    "extended": (applications.extend_reply, House.case, {"working_days": 5}),
    "fee_noticed": (applications.notice_fee, House.case, {"amount": Decimal(100)}),
    "fee_paid": (applications.collect_fee, _noticed, {"amount": Decimal(100)}),
    "deferral_noticed": (applications.defer_reply, House.case, {"until": date(YEAR, 12, 1)}),
    "replied": (applications.reply, House.case, {"outcome": "granted"}),
    "closed": (applications.close, House.case, {"outcome": "other_remaining"}),
}


def _step(action: Do, before: Callable[[House], Any], told: dict[str, Any]) -> Act:
    return Act("keeper", lambda h: partial(action, before(h), on=date(YEAR, 6, 6), **told))


def _sample(house: House, register: Register) -> dict[str, Any]:
    """What a person types for a record of the register, by field."""
    if register.key == "applications":
        return {
            "applicant_kind": "natural_person",
            "channel": "registered_post",
            "received_on": _ON,
            "register_number": "〔2023〕900号",
            "applicant_name": "示例人",
            "applicant_contact": "示例路2号",
            "description": "示例内容",
        }
    factory = next(
        each
        for each in vars(factories).values()
        if isinstance(each, FactoryMetaClass) and each._meta.model is register.model
    )
    made = factory.build(agency=house.agency)
    for parent in ("main_column", "account"):
        if hasattr(made, f"{parent}_id"):
            getattr(made, parent).save()
    sealed = dict.fromkeys(sealed_names(register), "示例内容")
    columns = {each.name for each in made._meta.concrete_fields} - set(sealed)
    typed = {each.name: getattr(made, each.name) for each in register.fields if each.name in columns}
    return {**{name: value for name, value in typed.items() if value not in (None, "")}, **sealed}


def _row(house: House, register: Register) -> dict[str, Any]:
    """The same as a sheet writes it."""
    fields = {each.name: each for each in register.fields_for(house.agency)}
    typed = _sample(house, register)
    written = {}
    for name, value in typed.items():
        labels = {kept: label for label, kept in fields[name].choices.items()}
        written[fields[name].label] = (
            "否" if value is False else "是" if value is True else str(labels.get(value, value))
        )
    return written


def _previewing(register: Register, row: dict[str, Any], *, by: Person) -> Any:
    run, plan = importing.preview(
        register, file_name="台账.xlsx", data=xlsx(list(row), list(row.values())), by=by
    )
    assert plan.problems == ()
    return run


def _importing(house: House, register: Register) -> Do:
    run = _previewing(register, _row(house, register), by=house.keeper)
    return partial(importing.confirm, register, run)


def _entry(house: House, register: Register) -> Any:
    return register.enter(by=house.keeper, **_sample(house, register))


def _entering(*, by: Person, how: str) -> None:
    sign_in.note_entry(by, how=how)


def _of_register(register: Register) -> dict[str, Act]:
    """登记、更正、作废、导入、导出, and for sealed columns 查看: the acts that every register has."""
    acts: dict[str, Callable[[House], Do]] = {
        "entered": lambda h: partial(register.enter, **_sample(h, register)),
        "rectified": lambda h: partial(
            registers.rectify, _entry(h, register), changes={"remark": "更正"}, reason="写错"
        ),
        "voided": lambda h: partial(registers.void, _entry(h, register), reason="重复登记"),
        "imported": lambda h: _importing(h, register),
        "exported": lambda h: _seen(h, "registers:export", register.key),
    }
    if issubclass(register.model, SealedRecord):
        name = sorted(sealed_names(register))[0]
        acts["revealed"] = lambda h: partial(registers.reveal, _entry(h, register), name, reason="核对收件人")
    return {f"{register.model._meta.label_lower}.{verb}": Act("keeper", make) for verb, make in acts.items()}


def _handing_down(house: House) -> Do:
    editors = house.editors
    people = {"section": editors.section, "owner": editors.clerk, "reviewer": editors.head}
    return partial(upkeep.hand_down, "budgets", period_days=30, **people)


def _noting(house: House) -> Do:
    return partial(upkeep.note_notice, kind="inspection", noticed_on=date(YEAR, 6, 1), title="检查通知")


def _changing(house: House) -> Do:
    column = house.editors.column
    kept = ("name", "parent", "position", "column_class", "owner_section", "owner", "closed_on", "version")
    return partial(
        upkeep.change_column, column, update_days=30, **{name: getattr(column, name) for name in kept}
    )


def _checking(house: House) -> Do:
    done = Check.objects.create(agency=house.editors.agency, checked_on=date(YEAR, 6, 1))
    return _without_person(partial(checking.check, done.public_id))


def _inactive(house: House) -> None:
    """Whoever has an account may subscribe; the stranger has none that works."""
    house.stranger.is_active = False
    house.stranger.save(update_fields=["is_active"])


def _subscribing(house: House) -> Do:
    _inactive(house)
    return calendar_addresses.issue_calendar_address


def _unsubscribing(house: House) -> Do:
    calendar_addresses.issue_calendar_address(by=house.keeper)
    _inactive(house)
    return calendar_addresses.revoke_calendar_address


def _reading(house: House) -> Do:
    address = calendar_addresses.issue_calendar_address(by=house.keeper)
    token = address.rpartition("/")[2].removesuffix(".ics")
    return lambda *, by: calendar_addresses.read_calendar(token)


CALENDAR = {
    "calendar.issued": Act("keeper", _subscribing),
    "calendar.revoked": Act("keeper", _unsubscribing),
    "calendar.read": Act("keeper", _reading, refused=False),
}
HANDED_IN = {
    "received": Act("", handed_in.taking_in, refused=False),
    "particulars_opened": Act("keeper", handed_in.opening_form),
    "file_opened": Act("keeper", handed_in.opening_file),
}
UPKEEP = {
    "upkeep.duty.handed_down": Act("editors.keeper", _handing_down),
    "upkeep.duty.left_out": Act(
        "editors.keeper", lambda h: partial(upkeep.leave_out, "budgets", reason="没有这类事项")
    ),
    "upkeep.duty.taken_back": Act(
        "editors.keeper",
        lambda h: partial(upkeep.take_back, _handing_down(h)(by=h.editors.keeper), reason="科室撤并"),
    ),
    "upkeep.assignment.exported": Act("keeper", lambda h: _seen(h, "upkeep:export_duties")),
    "upkeep.notice.noted": Act("editors.keeper", _noting),
    "upkeep.notice.voided": Act(
        "editors.keeper",
        lambda h: partial(upkeep.void_notice, _noting(h)(by=h.editors.keeper), reason="登记错"),
    ),
    "upkeep.check.done": Act("", _checking, refused=False),
    "catalogue.column.changed": Act("editors.keeper", _changing),
}


def _by_editors(make: Callable[[Editorial], Do], *, by: str = "editors.clerk", refused: bool = True) -> Act:
    return Act(by, lambda h: make(h.editors), refused)


INTERPRETATION = {
    "plan.saved": _by_editors(documents.planning),
    "linked": _by_editors(documents.linking),
    "unlinked": _by_editors(documents.unlinking),
    "practice.set": Act(
        "editors.keeper",
        lambda h: h.editors and partial(interpretation.set_practice, may_follow=True, within_days=2),
    ),
}
NORMATIVE = {
    "sheet.saved": _by_editors(documents.sheet),
    "change.intended": _by_editors(documents.intending),
    "change.dropped": _by_editors(documents.dropping),
    "document.filed": _by_editors(documents.filing, by="", refused=False),
    "document.told": _by_editors(documents.telling, by="", refused=False),
    **{
        f"document.{kind}": _by_editors(partial(documents.declaring, kind=kind))
        for kind in ("amended", "repealed", "declared_lapsed")
    },
    "document.extended": _by_editors(documents.extending),
    "document.expired": _by_editors(documents.expiring, by="", refused=False),
    "entry.saved": _by_editors(documents.numbering),
    "entry.shown": _by_editors(documents.showing),
    "entry.hidden": _by_editors(documents.hiding),
    "clean_up.opened": _by_editors(documents.opening),
    "clean_up.concluded": _by_editors(documents.concluding),
    "clean_up.finished": _by_editors(documents.finishing),
    "clean_up.reopened": _by_editors(documents.reopening),
    "clean_up.published": _by_editors(documents.publishing_results, by="", refused=False),
}

MOVING_IN = {
    "previewed": _by_editors(moved_items.previewing),
    "mapped": _by_editors(moved_items.mapping),
    "discarded": _by_editors(moved_items.discarding),
    "moved_in": _by_editors(moved_items.moving_in),
    "submitted": _by_editors(moved_items.submitting),
    "reviewed": _by_editors(moved_items.reviewing, by="editors.reviewer"),
    "signed": _by_editors(moved_items.signing, by="editors.leader"),
    "sent_back": _by_editors(moved_items.sending_back, by="editors.reviewer"),
    "released": _by_editors(moved_items.releasing),
    "published": _by_editors(moved_items.publishing, by="", refused=False),
}
REDACTION = {
    "begun": Act("keeper", redacted.beginning),
    "covered": Act("keeper", redacted.covering),
    "uncovered": Act("keeper", redacted.uncovering),
    "abandoned": Act("keeper", redacted.abandoning),
    "asked_for": Act("keeper", redacted.asking),
    "made": Act("", redacted.making_it, refused=False),
    "not_made": Act("", redacted.failing, refused=False),
    "agreed": Act("checker", redacted.agreeing),
    "returned": Act("checker", redacted.returning),
    "taken_back": Act("keeper", redacted.taking_back),
    "handed_out": Act("keeper", redacted.handing_out),
}
LEADERS_GUIDE_WITHHELD = {
    "leaders.profile.saved": _by_editors(sheets.profile),
    "leaders.departure.registered": _by_editors(sheets.leaving, by="editors.leader"),
    "leaders.order.changed": _by_editors(sheets.ordering, by="editors.keeper"),
    "guide.sheet.saved": _by_editors(sheets.sheet),
    "guide.edition.filed": _by_editors(sheets.filing, by="", refused=False),
    **{
        f"guide.recheck.{outcome}": _by_editors(partial(sheets.rechecking, outcome=outcome))
        for outcome in ("unchanged", "revise")
    },
    "withheld.item.determined": _by_editors(sheets.determining, by="editors.head"),
    **{
        f"withheld.assessment.{outcome}": _by_editors(partial(sheets.assessing, outcome=outcome))
        for outcome in ("keep", "disclose")
    },
    "withheld.practice.set": _by_editors(sheets.period, by="editors.keeper"),
}

LETTERS = {
    "letter.drafted": Act("letters.clerk", written_letters.drafting),
    "letter.rewritten": Act("letters.clerk", written_letters.rewriting),
    "letter.uploaded": Act("letters.clerk", written_letters.uploading),
    "letter.composed_again": Act("letters.clerk", written_letters.composing),
    "letter.opened": Act("letters.clerk", written_letters.opening),
    "letter.submitted": Act("letters.clerk", written_letters.submitting),
    "letter.reviewed": Act("letters.reviewer", written_letters.reviewing),
    "letter.signed": Act("letters.leader", written_letters.signing),
    "letter.returned": Act("letters.reviewer", written_letters.returning),
    "letter.issued": Act("letters.clerk", written_letters.issuing),
    "letter.voided": Act("letters.clerk", written_letters.voiding),
    "delivery.begun": Act("letters.clerk", written_letters.delivering),
    "delivery.signed_for": Act("letters.clerk", written_letters.signing_for),
    "delivery.failed": Act("letters.clerk", written_letters.failing),
    "delivery.proved": Act("letters.clerk", written_letters.proving),
    "delivery.mailed": Act("", written_letters.mailed, refused=False),
    "delivery.offered": Act("", written_letters.offered, refused=False),
    "delivery.collected": Act("", written_letters.collected, refused=False),
    "template.saved": Act("letters.leader", written_letters.saving_a_template),
    "template.restored": Act("letters.leader", written_letters.restoring),
    "numbering.saved": Act("letters.leader", written_letters.numbering),
    "setting.saved": Act("letters.leader", written_letters.setting),
}
ACTS: dict[str, Act] = {
    **{f"letters.{verb}": act for verb, act in LETTERS.items()},
    **LEADERS_GUIDE_WITHHELD,
    **{f"redaction.{verb}": act for verb, act in REDACTION.items()},
    **{f"moving_in.batch.{verb}": act for verb, act in MOVING_IN.items()},
    "moving_in.entry.taken_out": _by_editors(moved_items.taking_out, by="editors.reviewer"),
    **{verb: Act("keeper", make) for verb, make in remedy_files.ROWS.items()},
    **{verb: Act(f"applications.{by}", make) for verb, (by, make) in handled.ROWS.items()},
    **CALENDAR,
    **UPKEEP,
    **PEOPLE,
    **OFFICE,
    **{f"application_intake.{verb}": act for verb, act in HANDED_IN.items()},
    **{f"catalogue.{verb}": act for verb, act in ITEMS.items()},
    **{f"topics.{verb}": act for verb, act in TOPICS.items()},
    **{f"interpretation.{verb}": act for verb, act in INTERPRETATION.items()},
    **{f"normative.{verb}": act for verb, act in NORMATIVE.items()},
    **{f"publicity.{verb}": act for verb, act in PUBLICITY.items()},
    **{f"public_lists.{verb}": act for verb, act in LISTS.items()},
    **{f"annual_report.{verb}": act for verb, act in REPORT.items()},
    **{f"applications.{verb}": Act(by, make, refused=bool(by)) for verb, (by, make) in cases.ROWS.items()},
    **{
        f"application_archive.{verb}": Act(by, make, refused=bool(by))
        for verb, (by, make) in bundles.ROWS.items()
    },
    **{
        f"application_rights.{verb}": Act(by, make, refused=bool(by))
        for verb, (by, make) in applicant_rights.ROWS.items()
    },
    **{f"application_counter.{verb}": Act(by, make) for verb, (by, make) in counter.ROWS.items()},
    **{f"turning.{verb}": Act(by, make) for verb, (by, make) in turned_public.ROWS.items()},
    "applications.application.read": Act(
        "keeper", lambda h: _seen(h, "applications:case", h.case().public_id)
    ),
    **{f"applications.application.{verb}": _step(*step) for verb, step in STEPS.items()},
    **{action: act for register in REGISTERS for action, act in _of_register(register).items()},
}
