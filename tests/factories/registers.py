"""台账记录: one valid record of every register, as people would have entered it."""

from datetime import date
from decimal import Decimal

import factory

from gongkai.duties.administrative_acts.lists.models import PowerItem
from gongkai.duties.administrative_acts.models import Charge, Compulsion, Licence, Penalty
from gongkai.duties.applications.models import IncomingMail
from gongkai.duties.catalogue.models import (
    Column,
    GuideEdition,
    InformationItem,
    NormativeDocument,
    SpecialTopic,
)
from gongkai.duties.catalogue.wording.models import WordingEntry
from gongkai.duties.channels.models import ChannelAccount, Post
from gongkai.duties.inspection.models import Fault
from gongkai.duties.mailbox.models import Letter
from gongkai.duties.oversight.models import OperatorCheck, SecurityAssessment, TrainingSession
from gongkai.duties.participation.models import CallForComments, Survey
from gongkai.duties.remedies.models import LegalOfficeCase, Litigation, Reconsideration
from tests.factories.agencies import AgencyFactory


class EntryFactory(factory.django.DjangoModelFactory):
    """A register entry with its derived columns, as the actions and imports leave it."""

    class Meta:
        abstract = True

    agency = factory.SubFactory(AgencyFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        entry = model_class(*args, **kwargs)
        entry.derive()
        entry.save()
        return entry


class ColumnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Column

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"栏目{n}")


class InformationItemFactory(EntryFactory):
    class Meta:
        model = InformationItem

    title = factory.Sequence(lambda n: f"关于第{n}项工作的通知")
    published_on = date(2023, 5, 8)
    main_column = factory.SubFactory(ColumnFactory, agency=factory.SelfAttribute("..agency"))


class NormativeDocumentFactory(EntryFactory):
    class Meta:
        model = NormativeDocument

    title = factory.Sequence(lambda n: f"示例市第{n}号办法")
    document_number = factory.Sequence(lambda n: f"示规〔2023〕{n}号")
    issued_on = date(2023, 4, 3)


class SpecialTopicFactory(EntryFactory):
    class Meta:
        model = SpecialTopic

    title = factory.Sequence(lambda n: f"专题{n}")
    opened_on = date(2022, 3, 1)


class GuideEditionFactory(EntryFactory):
    class Meta:
        model = GuideEdition

    edition = "2023版"
    published_on = date(2023, 1, 10)


class WordingEntryFactory(EntryFactory):
    class Meta:
        model = WordingEntry

    wrong = factory.Sequence(lambda n: f"示列{n}")
    right = "示例"
    added_on = date(2023, 1, 10)


class DecisionFactory(EntryFactory):
    class Meta:
        abstract = True

    number = factory.Sequence(lambda n: f"示决〔2023〕{n}号")
    name = "结建防空地下室审批"
    decided_on = date(2023, 6, 1)
    counterpart = "示例置业有限公司"


class LicenceFactory(DecisionFactory):
    class Meta:
        model = Licence


class PenaltyFactory(DecisionFactory):
    class Meta:
        model = Penalty


class CompulsionFactory(DecisionFactory):
    class Meta:
        model = Compulsion


class ChargeFactory(EntryFactory):
    class Meta:
        model = Charge

    item = "易地建设费"
    voucher_number = factory.Sequence(lambda n: f"{n:08d}")
    collected_on = date(2023, 6, 1)
    amount = Decimal("161388.00")


class PowerItemFactory(EntryFactory):
    class Meta:
        model = PowerItem

    code = factory.Sequence(lambda n: f"示防权-{n:03d}")
    name = "应建防空地下室的民用建筑项目报建审批"
    kind = PowerItem.Kind.LICENCE
    basis = "示例市人民防空条例"
    since_on = date(2023, 1, 3)
    duties = "受理、审查、决定、送达"
    accountability = "不依法受理、超期办理的"


class ReconsiderationFactory(EntryFactory):
    class Meta:
        model = Reconsideration

    case_number = factory.Sequence(lambda n: f"示复〔2023〕{n}号")
    accepted_on = date(2023, 3, 1)


class LitigationFactory(EntryFactory):
    class Meta:
        model = Litigation

    case_number = factory.Sequence(lambda n: f"（2023）示行初{n}号")
    accepted_on = date(2023, 3, 1)
    kind = Litigation.Kind.DIRECT


class LegalOfficeCaseFactory(EntryFactory):
    class Meta:
        model = LegalOfficeCase

    case_number = factory.Sequence(lambda n: f"示府复〔2023〕{n}号")
    kind = LegalOfficeCase.Kind.RECONSIDERATION
    accepted_on = date(2023, 8, 7)


class IncomingMailFactory(EntryFactory):
    class Meta:
        model = IncomingMail

    number = factory.Sequence(lambda n: f"收2023-{n:04d}")
    received_on = date(2023, 5, 9)
    channel = "registered_post"
    nature = IncomingMail.Nature.APPLICATION
    handed_to = IncomingMail.Desk.DISCLOSURE


class LetterFactory(EntryFactory):
    class Meta:
        model = Letter

    number = factory.Sequence(lambda n: f"信{n}")
    title = "咨询防空地下室使用"
    received_on = date(2023, 3, 1)


class SurveyFactory(EntryFactory):
    class Meta:
        model = Survey

    title = factory.Sequence(lambda n: f"问卷{n}")
    opened_on = date(2023, 3, 1)


class CallForCommentsFactory(EntryFactory):
    class Meta:
        model = CallForComments

    title = factory.Sequence(lambda n: f"征求意见{n}")
    opened_on = date(2023, 3, 1)


class ChannelAccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChannelAccount

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"示例国动{n}")
    platform = ChannelAccount.Platform.WEIBO


class PostFactory(EntryFactory):
    class Meta:
        model = Post

    account = factory.SubFactory(ChannelAccountFactory, agency=factory.SelfAttribute("..agency"))
    text = factory.Sequence(lambda n: f"防空警报试鸣公告{n}")
    posted_on = date(2023, 9, 18)


class FaultFactory(EntryFactory):
    class Meta:
        model = Fault

    kind = Fault.Kind.DEAD_LINK
    found_on = date(2023, 4, 3)
    place = factory.Sequence(lambda n: f"通知公告第{n}页")


class SecurityAssessmentFactory(EntryFactory):
    class Meta:
        model = SecurityAssessment

    title = factory.Sequence(lambda n: f"第{n}次漏洞扫描")
    assessed_on = date(2023, 4, 3)


class OperatorCheckFactory(EntryFactory):
    class Meta:
        model = OperatorCheck

    operator = "示例科技有限公司"
    checked_on = date(2023, 4, 3)
    matter = factory.Sequence(lambda n: f"值班记录{n}")


class TrainingSessionFactory(EntryFactory):
    class Meta:
        model = TrainingSession

    title = factory.Sequence(lambda n: f"培训{n}")
    held_on = date(2023, 4, 3)
