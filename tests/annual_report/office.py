"""一个小单位. A clerk, a leader and a publisher, with a few records of 2023 behind them."""

from datetime import date
from decimal import Decimal

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.annual_report import actions
from gongkai.annual_report.models import Edition
from gongkai.duties.administrative_acts import actions as acts
from gongkai.duties.applications import actions as applications
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.mailbox import actions as mailbox
from tests.factories.people import a_person, an_agency

YEAR = 2023
PROBLEMS = "解读形式以文字为主，将增加图解；各科室报送不够均衡，将按季度通报。"


class Office:
    """The people, and the records that each test starts from."""

    def __init__(self) -> None:
        self.agency: Agency = an_agency(
            name="示例市人民政府国防动员办公室",
            short_name="市国动办",
            address="示例路1号",
            telephone="0000-0000000",
        )
        keeping = (Power.KEEP_REGISTERS, Power.READ_REGISTERS)
        self.clerk: Person = a_person(
            self.agency, *keeping, Power.COMPILE_REPORT, Power.EXPLAIN_FINDINGS, name="甲示例"
        )
        self.leader: Person = a_person(self.agency, Power.APPROVE_REPORT, name="己示例")
        self.publisher: Person = a_person(self.agency, Power.RELEASE_REPORT, name="戊示例")
        column = catalogue.open_column(by=self.clerk, name="工作动态", opened_on=date(YEAR, 1, 3))
        for number in range(3):
            catalogue.register_item(
                by=self.clerk,
                title=f"示例动态{number}",
                published_on=date(YEAR, 3, 1 + number),
                main_column=column,
            )
        self.licence = acts.register_licence(
            by=self.clerk,
            number="示许〔2023〕1号",
            name="报建审批",
            decided_on=date(YEAR, 4, 3),
            counterpart="示例公司",
        )
        acts.register_charge(
            by=self.clerk,
            item="易地建设费",
            collected_on=date(YEAR, 5, 4),
            amount=Decimal("16138.80"),
            voucher_number="1",
        )
        mailbox.register_letter(
            by=self.clerk, number="1", title="咨询", received_on=date(YEAR, 6, 1), replied_on=date(YEAR, 6, 2)
        )
        self.application = applications.register_application(
            by=self.clerk,
            applicant_kind="natural_person",
            channel="registered_post",
            received_on=date(YEAR, 5, 9),
        )
        applications.reply(self.application, on=date(YEAR, 5, 26), by=self.clerk, outcome="granted")

    def draft(self) -> Edition:
        """第一稿, with the part that only the office can write."""
        edition = actions.start(year=YEAR, by=self.clerk)
        return actions.write(
            edition,
            narrative={**edition.narrative, "problems": PROBLEMS},
            version=edition.version,
            by=self.clerk,
        )

    def submitted(self) -> Edition:
        return actions.submit(self.draft(), by=self.clerk)

    def approved(self) -> Edition:
        return actions.approve(self.submitted(), by=self.leader)
